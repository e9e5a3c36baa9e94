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

/**
 * What columns of a table are set to.
 *
 * @param target the table as the statement knows it
 * @param predicates where the values stand
 */
record SetClause(RemoteTable table, Source target, Predicates predicates) {
    /**
     * @param values by the names of their columns; null for DEFAULT
     * @return assignments, with commas between them
     */
    Tsql of(Map<String, Node> values) throws Untranslatable {
        List<Tsql> assignments = new ArrayList<>();
        for (Map.Entry<String, Node> value : values.entrySet()) {
            assignments.add(Tsql.of("{} = {}", name(value.getKey()), value(value.getKey(), value.getValue())));
        }
        return Tsql.join(", ", assignments);
    }

    /** A column's name on the server. */
    Tsql name(String column) throws Untranslatable {
        return Tsql.name(table.columns().stream()
                .filter(each -> each.duckdbName().equalsIgnoreCase(column))
                .map(RemoteColumn::name)
                .findFirst()
                .orElseThrow(() -> new Untranslatable("a column that the table does not have")));
    }

    /** @param value null for DEFAULT */
    Tsql value(String column, Node value) throws Untranslatable {
        Scalar scalar = new Scope(List.of(target), null, Set.of()).resolve(List.of(column));
        return value == null
                ? Tsql.text("DEFAULT")
                : Assignments.value(scalar, predicates.scalars().operand(value));
    }
}
