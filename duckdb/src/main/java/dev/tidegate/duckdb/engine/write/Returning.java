package dev.tidegate.duckdb.engine.write;

import dev.tidegate.client.Response;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.scan.ResultTable;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.write.InsertedRows;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * RETURNING: the rows that the server has inserted wait in a temporary table, over which DuckDB computes what is asked for. The table is
 * there until the connection's next statement, because a result may be read from it until then.
 */
public final class Returning implements Translated.Step, InsertedRows {
    private final EngineSession session;
    private final Target target;
    private final String expressions;
    /** Quoted. */
    private final String table;

    private Insertion insertion;

    Returning(EngineSession session, Target target, String expressions) {
        this.session = session;
        this.target = target;
        this.expressions = expressions;
        this.table = "temp.main." + Identifiers.duckdb("tidegate_returned_" + session.id());
    }

    Returning of(Insertion what) {
        insertion = what;
        return this;
    }

    /** What DuckDB runs once the rows are there. */
    String sql() {
        return "SELECT " + expressions + " FROM " + table + " AS "
                + Identifiers.duckdb(target.name().table());
    }

    @Override
    public void run() throws SQLException {
        session.dropLater(table);
        String rows = "SELECT * FROM " + Identifiers.duckdb(target.database().alias()) + "."
                + Identifiers.duckdb(target.name().schema()) + "."
                + Identifiers.duckdb(target.name().table()) + " LIMIT 0";
        session.execute("CREATE OR REPLACE TEMP TABLE " + table + " AS "
                + session.asSeen(SqlStatement.split(rows).get(0)).text());
        // What is wrong with the expressions shows before anything is inserted.
        try (PreparedStatement bound = session.duckdb().prepareStatement(sql())) {
            bound.getMetaData();
        }
        insertion.run(Binding.NONE);
    }

    @Override
    public long take(Response answer) throws SQLException {
        try (ResultTable rows = session.engine().results().open(ResponseBatches.of(answer), Set.of());
                Statement statement = session.duckdb().createStatement()) {
            try {
                return statement.executeUpdate("INSERT INTO " + table + " " + rows.sql());
            } catch (SQLException e) {
                throw rows.explain(e);
            }
        }
    }

    /** What fails for one of the rows fails here, before they are committed. */
    @Override
    public void finish() throws SQLException {
        session.execute(sql());
    }
}
