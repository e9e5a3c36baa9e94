package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Assignments;
import dev.tidegate.duckdb.push.translate.Predicates;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** UPDATE and DELETE of one table, whose rows and values are those that DuckDB would find. */
public final class WriteTranslator {
    private final RemoteTable table;
    private final Tsql alias;
    private final Source source;
    private final Predicates predicates;

    /** @param name by which the statement knows the table */
    public WriteTranslator(QueryTranslator queries, RemoteTable table, String name) {
        this.table = table;
        this.alias = Tsql.name(queries.nextAlias());
        this.source = new Source(
                name,
                table.columns().stream()
                        .map(column -> new Source.Column(
                                column.duckdbName(),
                                Scalar.column(Tsql.of("{}.{}", alias, Tsql.name(column.name())), column),
                                false))
                        .toList());
        this.predicates = queries.predicates(new Scope(List.of(source), null, Set.of()), CommonTables.NONE);
    }

    /** @param where null for all rows */
    public Tsql delete(Node where) throws Untranslatable {
        return Tsql.of("DELETE {} FROM " + table.sqlName() + " AS {}{}", alias, alias, condition(where));
    }

    /**
     * @param values by the names of their columns
     * @param where null for all rows
     */
    public Tsql update(Map<String, Node> values, Node where) throws Untranslatable {
        List<Tsql> assignments = new ArrayList<>();
        for (Map.Entry<String, Node> value : values.entrySet()) {
            Scalar column = new Scope(List.of(source), null, Set.of()).resolve(List.of(value.getKey()));
            String name = table.columns().stream()
                    .filter(each -> each.duckdbName().equalsIgnoreCase(value.getKey()))
                    .map(RemoteColumn::name)
                    .findFirst()
                    .orElseThrow(() -> new Untranslatable("a column that the table does not have"));
            Tsql assigned = Assignments.value(column, predicates.scalars().operand(value.getValue()));
            assignments.add(Tsql.of("{} = {}", Tsql.name(name), assigned));
        }
        return Tsql.of(
                "UPDATE {} SET {} FROM " + table.sqlName() + " AS {}{}",
                alias,
                Tsql.join(", ", assignments),
                alias,
                condition(where));
    }

    private Tsql condition(Node where) throws Untranslatable {
        return where == null ? Tsql.text("") : Tsql.of(" WHERE {}", predicates.whereTrue(where));
    }
}
