package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.query.QueryTranslator;
import dev.tidegate.duckdb.push.query.WriteTranslator;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * UPDATE and DELETE that the server runs as a whole. Nobody looks at the rows again, so that the conditions and values have to be
 * exactly DuckDB's; with {@link Mode#ON} text is compared by the server's collation. Used by the connection's thread.
 */
public final class WritePushDown {
    private final Connection duckdb;
    private final Expressions expressions;
    private final RemoteTable table;
    private final String name;
    private final QueryTranslator queries;
    private final Mode mode;

    /**
     * @param name by which the statement knows the table: its alias, or its name
     * @param tables as for {@link QueryPushDown#of}, for sub-queries
     */
    public WritePushDown(
            Connection duckdb,
            RemoteTable table,
            String name,
            Function<List<String>, Optional<RemoteTable>> tables,
            Mode mode)
            throws SQLException {
        this.duckdb = duckdb;
        this.expressions = new Expressions(duckdb);
        this.table = table;
        this.name = name;
        this.mode = mode;
        this.queries = QueryPushDown.translator(duckdb, mode, table.database(), tables);
    }

    /**
     * @param where the text behind WHERE; null for all rows
     * @param output the OUTPUT clause, with a space before it; empty for none
     */
    public PushDown delete(String where, String output) throws SQLException {
        return push(Map.of(), where, false, output);
    }

    /**
     * @param values the texts behind the equals signs of SET, by the names of their columns; null for DEFAULT
     * @param where the text behind WHERE; null for all rows
     * @param output as for {@link #delete}
     */
    public PushDown update(Map<String, String> values, String where, String output) throws SQLException {
        return push(values, where, true, output);
    }

    private PushDown push(Map<String, String> values, String where, boolean update, String output) throws SQLException {
        if (mode == Mode.OFF) {
            return new NotPushed("push-down of whole statements is off");
        }
        return WholeChange.of(duckdb, table, queries, () -> {
            Map<String, Node> nodes = expressions.orNull(values);
            Node condition = expressions.orNull(where);
            WriteTranslator writes = new WriteTranslator(queries, table, name);
            return WholeChange.checkSize(
                    update ? writes.update(nodes, condition, output) : writes.delete(condition, output));
        });
    }
}
