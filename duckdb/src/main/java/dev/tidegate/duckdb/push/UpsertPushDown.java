package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.query.QueryTranslator;
import dev.tidegate.duckdb.push.query.UpsertTranslator;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What ON CONFLICT DO UPDATE does to a row that is there: part of a T-SQL UPDATE. Used by the connection's thread. */
public final class UpsertPushDown {
    private final Connection duckdb;
    private final RemoteTable table;
    private final String name;
    private final List<RemoteColumn> columns;

    /**
     * @param name by which the statement knows the table: its alias, or its name
     * @param columns those of the new rows
     */
    public UpsertPushDown(Connection duckdb, RemoteTable table, String name, List<RemoteColumn> columns) {
        this.duckdb = duckdb;
        this.table = table;
        this.name = name;
        this.columns = List.copyOf(columns);
    }

    /**
     * An UPDATE of the rows that are there already.
     *
     * @param values the texts behind the equals signs of SET, by the names of their columns; null for DEFAULT
     * @param where the text behind WHERE; null for all rows
     * @param here how T-SQL knows the table
     * @param there how it knows the new rows
     * @param joined the new rows under that name, and by what they are joined
     * @param output the OUTPUT clause, with a space before it; empty for none
     */
    public PushDown update(
            Map<String, String> values, String where, String here, String there, Tsql joined, String output)
            throws SQLException {
        QueryTranslator queries =
                new QueryTranslator(Mode.AUTO.rules(), QueryPushDown.nullOrder(duckdb), path -> Optional.empty());
        UpsertTranslator translator = new UpsertTranslator(queries, table, name, columns, here, there);
        return WholeChange.of(duckdb, table, queries, () -> {
            Expressions expressions = new Expressions(duckdb);
            Tsql set = translator.assignments(expressions.orNull(values));
            Tsql condition = where == null ? Tsql.text("1 = 1") : translator.condition(expressions.of(where));
            return Tsql.of(
                    "UPDATE {} SET {}" + output + " FROM " + table.sqlName()
                            + " AS {} WITH (UPDLOCK, HOLDLOCK) JOIN {} WHERE {}",
                    Tsql.name(here),
                    set,
                    Tsql.name(here),
                    joined,
                    condition);
        });
    }
}
