package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Predicates;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
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
        this.source = source(table, name, alias);
        this.predicates = queries.predicates(new Scope(List.of(source), null, Set.of()), CommonTables.NONE);
    }

    /** A table that is changed, as the statement and T-SQL know it. */
    static Source source(RemoteTable table, String name, Tsql alias) {
        return new Source(
                name,
                table.columns().stream()
                        .map(column -> new Source.Column(
                                column.duckdbName(),
                                Scalar.column(Tsql.of("{}.{}", alias, Tsql.name(column.name())), column),
                                false))
                        .toList());
    }

    /**
     * @param where null for all rows
     * @param output the OUTPUT clause, with a space before it; empty for none
     */
    public Tsql delete(Node where, String output) throws Untranslatable {
        return Tsql.of("DELETE {}" + output + " FROM " + table.sqlName() + " AS {}{}", alias, alias, condition(where));
    }

    /**
     * @param values by the names of their columns; null for DEFAULT
     * @param where null for all rows
     * @param output as for {@link #delete}
     */
    public Tsql update(Map<String, Node> values, Node where, String output) throws Untranslatable {
        return Tsql.of(
                "UPDATE {} SET {}" + output + " FROM " + table.sqlName() + " AS {}{}",
                alias,
                new SetClause(table, source, predicates).of(values),
                alias,
                condition(where));
    }

    private Tsql condition(Node where) throws Untranslatable {
        return where == null ? Tsql.text("") : Tsql.of(" WHERE {}", predicates.whereTrue(where));
    }
}
