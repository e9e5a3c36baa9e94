package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Predicates;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What ON CONFLICT DO UPDATE sets a row to, from its own values and those of the row that was to be inserted ({@code excluded}). */
public final class UpsertTranslator {
    private static final String EXCLUDED = "excluded";

    private final RemoteTable table;
    private final Source target;
    private final Predicates predicates;

    /**
     * @param name by which the statement knows the table
     * @param columns those of the new rows
     * @param here how T-SQL knows the table
     * @param there how it knows the new rows
     */
    public UpsertTranslator(
            QueryTranslator queries,
            RemoteTable table,
            String name,
            List<RemoteColumn> columns,
            String here,
            String there) {
        this.table = table;
        this.target = source(name, table.columns(), here, false);
        // Without a table's name, a column is the table's.
        Source excluded = source(EXCLUDED, columns, there, true);
        this.predicates = queries.predicates(new Scope(List.of(target, excluded), null, Set.of()), CommonTables.NONE);
    }

    private static Source source(String name, List<RemoteColumn> columns, String alias, boolean hidden) {
        return new Source(
                name,
                columns.stream()
                        .map(column -> new Source.Column(
                                column.duckdbName(),
                                Scalar.column(Tsql.of("{}.{}", Tsql.name(alias), Tsql.name(column.name())), column),
                                hidden))
                        .toList());
    }

    /**
     * @param values null for DEFAULT
     * @return assignments, with commas between them
     */
    public Tsql assignments(Map<String, Node> values) throws Untranslatable {
        return new SetClause(table, target, predicates).of(values);
    }

    public Tsql condition(Node where) throws Untranslatable {
        return predicates.whereTrue(where);
    }
}
