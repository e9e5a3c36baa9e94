package dev.tidegate.duckdb.sql;

import java.util.List;
import java.util.Map;

/**
 * A statement that defines something. Whether that is in an attached database only its name tells. Types, expressions and queries are as
 * they were written.
 */
public sealed interface Definition {
    /** What can be dropped or changed. */
    enum Kind {
        TABLE,
        VIEW,
        SCHEMA,
        INDEX
    }

    /** What it is about; of an index that is made: its table. */
    QualifiedName target();

    /** @param options of the WITH clause, in lower case, each with its values */
    record CreateTable(
            QualifiedName target,
            boolean orReplace,
            boolean ifNotExists,
            List<ColumnDefinition> columns,
            List<TableConstraint> constraints,
            Map<String, List<String>> options)
            implements Definition {
        public CreateTable {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
            options = Map.copyOf(options);
        }
    }

    /** @param columns empty: those of the query */
    record CreateView(QualifiedName target, boolean orReplace, boolean ifNotExists, List<String> columns, String query)
            implements Definition {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    record CreateSchema(QualifiedName target, boolean ifNotExists) implements Definition {}

    /** @param columns in the order of the index */
    record CreateIndex(
            QualifiedName target, String index, boolean unique, boolean ifNotExists, List<IndexColumn> columns)
            implements Definition {
        public CreateIndex {
            columns = List.copyOf(columns);
        }
    }

    record IndexColumn(String name, boolean descending) {}

    record Drop(QualifiedName target, Kind kind, boolean ifExists) implements Definition {}

    /** @param kind TABLE or VIEW */
    record Alter(QualifiedName target, Kind kind, boolean ifExists, Alteration alteration) implements Definition {}

    record Truncate(QualifiedName target) implements Definition {}

    /** What SQL Server may have, but this dialect has no way of saying so: a sequence, a macro, a type. */
    record Unsupported(QualifiedName target, String what) implements Definition {}

    /** What ALTER does. */
    sealed interface Alteration {
        record AddColumn(ColumnDefinition column, boolean ifNotExists) implements Alteration {}

        record DropColumn(String column, boolean ifExists) implements Alteration {}

        record RenameTo(String name) implements Alteration {}

        record RenameColumn(String column, String name) implements Alteration {}

        record SetType(String column, String type, String collation) implements Alteration {}

        record SetNotNull(String column, boolean notNull) implements Alteration {}

        /** @param value null: without a default from now on */
        record SetDefault(String column, String value) implements Alteration {}

        record AddConstraint(TableConstraint constraint) implements Alteration {}

        record DropConstraint(String constraint, boolean ifExists) implements Alteration {}
    }
}
