package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.ConstraintEntry;
import dev.tidegate.server.catalog.model.IndexEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import java.util.List;
import java.util.function.BiConsumer;

/** INFORMATION_SCHEMA's views of constraints and what they use. */
public final class InformationSchemaConstraints {
    private static final String CONSTRAINT =
            "CONSTRAINT_CATALOG nvarchar(128) null, CONSTRAINT_SCHEMA nvarchar(128) null, " + "CONSTRAINT_NAME sysname";

    private static final String TABLE =
            "TABLE_CATALOG nvarchar(128) null, TABLE_SCHEMA nvarchar(128) null, TABLE_NAME sysname";

    private InformationSchemaConstraints() {}

    public static List<SystemView> all() {
        return List.of(
                SystemView.information(
                        "TABLE_CONSTRAINTS",
                        CONSTRAINT + ", " + TABLE
                                + ", CONSTRAINT_TYPE varchar(11) null, IS_DEFERRABLE varchar(2), INITIALLY_DEFERRED"
                                + " varchar(2)",
                        (catalog, out) -> each(catalog, (table, constraint) -> {
                            String database = catalog.facts().database();
                            String schema = table.schema().name();
                            out.add(
                                    database,
                                    schema,
                                    constraint.name(),
                                    database,
                                    schema,
                                    table.name(),
                                    type(constraint),
                                    "NO",
                                    "NO");
                        })),
                SystemView.information(
                        "KEY_COLUMN_USAGE",
                        CONSTRAINT + ", " + TABLE + ", COLUMN_NAME sysname null, ORDINAL_POSITION int",
                        (catalog, out) -> each(catalog, (table, constraint) -> {
                            int ordinal = 0;
                            for (ColumnEntry column : keyColumns(constraint)) {
                                out.add(columnRow(catalog, table, constraint, true, column.name(), ++ordinal));
                            }
                        })),
                SystemView.information(
                        "CONSTRAINT_COLUMN_USAGE",
                        TABLE + ", COLUMN_NAME sysname null, " + CONSTRAINT,
                        (catalog, out) -> each(catalog, (table, constraint) -> {
                            for (ColumnEntry column : usedColumns(constraint)) {
                                out.add(columnRow(catalog, table, constraint, false, column.name(), 0));
                            }
                        })),
                SystemView.information(
                        "CONSTRAINT_TABLE_USAGE",
                        TABLE + ", " + CONSTRAINT,
                        (catalog, out) -> each(catalog, (table, constraint) -> {
                            String database = catalog.facts().database();
                            String schema = table.schema().name();
                            out.add(database, schema, table.name(), database, schema, constraint.name());
                        })),
                SystemView.information(
                        "REFERENTIAL_CONSTRAINTS",
                        CONSTRAINT + ", UNIQUE_CONSTRAINT_CATALOG nvarchar(128) null, UNIQUE_CONSTRAINT_SCHEMA"
                                + " nvarchar(128) null, UNIQUE_CONSTRAINT_NAME sysname null, MATCH_OPTION"
                                + " varchar(7) null, UPDATE_RULE varchar(11) null, DELETE_RULE varchar(11) null",
                        InformationSchemaConstraints::references),
                SystemView.information(
                        "CHECK_CONSTRAINTS",
                        CONSTRAINT + ", CHECK_CLAUSE nvarchar(4000) null",
                        (catalog, out) -> each(catalog, (table, constraint) -> {
                            if (constraint instanceof ConstraintEntry.Check check) {
                                out.add(
                                        catalog.facts().database(),
                                        table.schema().name(),
                                        check.name(),
                                        check.text());
                            }
                        })));
    }

    private static void each(Catalog catalog, BiConsumer<TableEntry, ConstraintEntry> row) {
        for (TableEntry table : catalog.snapshot().tables()) {
            catalog.snapshot().constraints(table).forEach(constraint -> row.accept(table, constraint));
        }
    }

    private static String type(ConstraintEntry constraint) {
        return switch (constraint) {
            case ConstraintEntry.Key key -> key.index().primaryKey() ? "PRIMARY KEY" : "UNIQUE";
            case ConstraintEntry.Check _ -> "CHECK";
            case ConstraintEntry.ForeignKey _ -> "FOREIGN KEY";
        };
    }

    private static List<ColumnEntry> keyColumns(ConstraintEntry constraint) {
        return constraint instanceof ConstraintEntry.Check ? List.of() : usedColumns(constraint);
    }

    private static List<ColumnEntry> usedColumns(ConstraintEntry constraint) {
        return switch (constraint) {
            case ConstraintEntry.Key key ->
                key.index().parts().stream().map(IndexEntry.Part::column).toList();
            case ConstraintEntry.Check check -> check.columns();
            case ConstraintEntry.ForeignKey key -> key.columns();
        };
    }

    private static Object[] columnRow(
            Catalog catalog,
            TableEntry table,
            ConstraintEntry constraint,
            boolean constraintFirst,
            String column,
            int ordinal) {
        String database = catalog.facts().database();
        String schema = table.schema().name();
        return constraintFirst
                ? new Object[] {database, schema, constraint.name(), database, schema, table.name(), column, ordinal}
                : new Object[] {database, schema, table.name(), column, database, schema, constraint.name()};
    }

    private static void references(Catalog catalog, RowSink out) {
        each(catalog, (table, constraint) -> {
            if (constraint instanceof ConstraintEntry.ForeignKey key) {
                String database = catalog.facts().database();
                out.add(
                        database,
                        table.schema().name(),
                        key.name(),
                        database,
                        key.referencedTable().schema().name(),
                        key.keyName(),
                        "SIMPLE",
                        key.onUpdate().words(),
                        key.onDelete().words());
            }
        });
    }
}
