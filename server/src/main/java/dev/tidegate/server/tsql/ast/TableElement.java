package dev.tidegate.server.tsql.ast;

import dev.tidegate.server.tsql.type.SqlType;
import java.util.List;

/** What a table is declared to have. Names of constraints are null where the server has to find one. */
public sealed interface TableElement {
    /**
     * @param type null for a computed column
     * @param nullable null if not said
     * @param identity null if it is not an identity column
     * @param defaultValue null if there is none
     * @param computed null if it is a plain column
     */
    record Column(
            String name,
            SqlType type,
            Boolean nullable,
            Identity identity,
            Default defaultValue,
            Computed computed,
            List<TableElement> constraints)
            implements TableElement {}

    record Identity(long seed, long increment) {}

    record Computed(Expression expression, String text, boolean persisted) {}

    record Key(String name, boolean primary, List<String> columns) implements TableElement {}

    record Check(String name, Expression condition, String text) implements TableElement {}

    /** @param referencedColumns empty for those of the primary key */
    record ForeignKey(
            String name,
            List<String> columns,
            ObjectName referenced,
            List<String> referencedColumns,
            String onDelete,
            String onUpdate)
            implements TableElement {}

    /** @param column null inside the column's own declaration */
    record Default(String name, Expression value, String text, String column) implements TableElement {}

    record Index(String name, boolean unique, List<Statement.IndexColumn> columns) implements TableElement {}
}
