package dev.tidegate.duckdb.engine.write;

import dev.tidegate.client.Response;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.UniqueNames;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.engine.scan.ScanFunction;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.ParameterLiterals;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.scan.ResultTable;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import dev.tidegate.duckdb.write.ChangedRows;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * RETURNING: the rows that the server has changed wait in a temporary table, over which DuckDB computes what is asked for. The table is
 * there until the connection's next statement, because a result may be read from it until then.
 */
public final class Returning implements Translated.Step, ChangedRows {
    /** What a MERGE has done to a row; no column of the table, so that a star does not give it. */
    private static final String MERGE_ACTION = "merge_action";

    private final EngineSession session;
    private final Target target;
    private final String expressions;
    private final String name;
    private final boolean isMerge;
    /** Quoted. */
    private final String table;

    private Write work;

    /**
     * @param expressions those of RETURNING
     * @param name by which they know the table
     */
    Returning(EngineSession session, Target target, String expressions, String name, boolean isMerge) {
        this.session = session;
        this.target = target;
        this.expressions = expressions;
        this.name = name;
        this.isMerge = isMerge;
        this.table = "temp.main." + Identifiers.duckdb("tidegate_returned_" + session.id());
    }

    /** @param what gives its rows to this */
    Returning of(Write what) {
        work = what;
        return this;
    }

    /** As {@link Write#request}. */
    public Optional<PushDown> request() throws SQLException {
        return work.request();
    }

    /** What DuckDB runs once the rows are there. */
    String sql() throws SQLException {
        String alias = Identifiers.duckdb(name);
        if (!isMerge) {
            return "SELECT " + expressions + "\nFROM " + table + " AS " + alias;
        }
        UniqueNames unique = new UniqueNames();
        String columns = session.columns(target).stream()
                .map(column -> "r." + Identifiers.duckdb(unique.next(column.name())))
                .collect(Collectors.joining(", "));
        return "SELECT tidegate_answer.* FROM " + table + " AS r, LATERAL (SELECT " + expressions + "\nFROM (SELECT "
                + columns + ") AS " + alias + ") AS tidegate_answer";
    }

    /**
     * As {@link #sql}, with the parameters of the statement.
     *
     * @param parameters a query that has them all
     * @throws SQLException 0A000 if one stands in the expressions themselves
     */
    private String prepared(String parameters) throws SQLException {
        if (SqlStatement.split("SELECT " + expressions).get(0).tokens().stream()
                .anyMatch(token -> token.kind() == Token.Kind.PARAMETER)) {
            throw new SQLFeatureNotSupportedException(
                    "a parameter in the expressions of RETURNING is not supported; compute with what they give",
                    "0A000");
        }
        return "WITH tidegate_given AS (" + parameters + ") " + sql() + " WHERE EXISTS (FROM tidegate_given)";
    }

    /** The statement that this is of. */
    Translated translated(
            ParameterLiterals parameters, List<ScanFunction> functions, Map<RemoteName, SQLException> undescribed)
            throws SQLException {
        String sql = parameters.isEmpty() ? sql() : prepared(parameters.texts());
        return new Translated(sql, this, null, null, functions, undescribed);
    }

    /** Makes the table, without rows. */
    public void shape() throws SQLException {
        session.dropLater(table);
        String rows = "SELECT " + (isMerge ? "'' AS " + MERGE_ACTION + ", " : "") + "* FROM "
                + Identifiers.duckdb(target.database().alias()) + "."
                + Identifiers.duckdb(target.name().schema()) + "."
                + Identifiers.duckdb(target.name().table()) + " LIMIT 0";
        SqlStatement statement = SqlStatement.split(rows).get(0);
        session.makeViews(statement);
        session.execute("CREATE OR REPLACE TEMP TABLE " + table + " AS "
                + session.asSeen(statement).text());
        // What is wrong with the expressions shows before anything is changed.
        try (PreparedStatement bound = session.duckdb().prepareStatement(sql())) {
            bound.getMetaData();
        }
    }

    @Override
    public void run() throws SQLException {
        run(Binding.NONE);
    }

    @Override
    public void run(Binding parameters) throws SQLException {
        shape();
        work.run(parameters);
    }

    @Override
    public long take(Action action, Response answer) throws SQLException {
        try (ResultTable rows = session.engine().results().open(ResponseBatches.of(answer), Set.of());
                Statement statement = session.duckdb().createStatement()) {
            try {
                return statement.executeUpdate("INSERT INTO " + table + " "
                        + (isMerge ? "SELECT '" + action + "', * FROM (" + rows.sql() + ")" : rows.sql()));
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
