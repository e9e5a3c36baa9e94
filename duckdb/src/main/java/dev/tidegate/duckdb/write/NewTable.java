package dev.tidegate.duckdb.write;

import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.ddl.TableKind;
import dev.tidegate.duckdb.load.TableDefinition;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A table that is made for the rows of a query, in its caller's transaction. One that takes the place of another is filled under a name of
 * its own first, so that others can read the old one until the end.
 */
public final class NewTable {
    private static final int LONGEST_NAME = 128;

    private final RemoteName name;
    private final TableDefinition definition;
    private final TableKind kind;
    private final TdsConnection connection;
    private final Run run;

    public NewTable(RemoteName name, TableDefinition definition, TableKind kind, TdsConnection connection, Run run) {
        this.name = name;
        this.definition = definition;
        this.kind = kind;
        this.connection = connection;
        this.run = run;
    }

    /**
     * A table that is there.
     *
     * @param rows that the server has confirmed
     */
    public record Filled(long rows, List<Column> columns) {}

    /**
     * @param replaces whether a table of this name goes for it
     * @param source its columns are those of the definition
     */
    public Filled fill(boolean replaces, RowSource source) throws SQLException {
        boolean exists = replaces && existsAsTable();
        RemoteName made = exists ? beside() : name;
        List<String> columns = definition.columns();
        run.finish(
                connection, "CREATE TABLE " + made.sql() + " (" + String.join(", ", kind.definitions(columns)) + ")");
        Optional<String> index = kind.index(made.sql(), columns);
        if (index.isPresent()) {
            run.finish(connection, index.get());
        }
        Filled filled = load(made, source);
        if (exists) {
            run.finish(connection, "DROP TABLE " + name.sql());
            run.finish(
                    connection,
                    "EXEC sp_rename " + TableName.literal(made.sql()) + ", " + TableName.literal(name.table()));
        }
        return filled;
    }

    private Filled load(RemoteName made, RowSource source) throws SQLException {
        List<Column> columns = columns(made);
        try (InsertTarget target = InsertTarget.ofNew(connection, run, made, columns)) {
            source.send(target, source.sql());
            target.finish();
            return new Filled(target.sent(), columns);
        }
    }

    /** @throws SQLException 42809 if something else than a table has the name */
    private boolean existsAsTable() throws SQLException {
        List<Object[]> found = run.rows(
                connection,
                "SELECT o.type FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id WHERE s.name = "
                        + TableName.literal(name.schema()) + " AND o.name = " + TableName.literal(name.table()),
                List.of());
        if (!found.isEmpty() && !((String) found.get(0)[0]).strip().equals("U")) {
            throw new SQLException(name + " is no table and cannot be replaced by one; drop it first", "42809");
        }
        return !found.isEmpty();
    }

    private RemoteName beside() {
        String mark = "__tidegate_" + UUID.randomUUID().toString().substring(0, 8);
        String table = name.table();
        return new RemoteName(
                name.schema(), table.substring(0, Math.min(table.length(), LONGEST_NAME - mark.length())) + mark);
    }

    private List<Column> columns(RemoteName table) throws SQLException {
        try (Response response = run.execute(connection, "SELECT TOP (0) * FROM " + table.sql())) {
            List<Column> columns = response.next() instanceof Item.Rows rows ? rows.columns() : List.of();
            response.finish();
            return columns;
        } finally {
            run.left(connection);
        }
    }
}
