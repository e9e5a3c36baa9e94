package dev.tidegate.server.tsql.ast;

import java.util.List;

/** What stands in a FROM clause. */
public sealed interface TableSource {
    /**
     * @param alias null if not given
     * @param held whether nobody may write to the table until the transaction ends: TABLOCK with HOLDLOCK
     */
    record Named(ObjectName name, String alias, boolean held) implements TableSource {}

    /** @param columns empty if not given */
    record Derived(Query query, String alias, List<String> columns) implements TableSource {}

    record Values(List<List<Expression>> rows, String alias, List<String> columns) implements TableSource {}

    /** @param columns empty if not given */
    record Function(ObjectName name, List<Expression> arguments, String alias, List<String> columns)
            implements TableSource {}

    /** @param variable with its at sign */
    record TableVariable(String variable, String alias) implements TableSource {}

    /** @param condition null for a cross join */
    record Join(JoinKind kind, TableSource left, TableSource right, Expression condition) implements TableSource {}

    /** The right side may use columns of the left one. */
    record Apply(boolean outer, TableSource left, TableSource right) implements TableSource {}

    /** {@code source PIVOT (aggregate FOR column IN (values)) alias}. */
    record Pivot(TableSource source, Expression.Call aggregate, String column, List<String> values, String alias)
            implements TableSource {}

    /** {@code source UNPIVOT (value FOR name IN (columns)) alias}. */
    record Unpivot(TableSource source, String value, String name, List<String> columns, String alias)
            implements TableSource {}

    /** How two sources are joined. */
    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        CROSS
    }
}
