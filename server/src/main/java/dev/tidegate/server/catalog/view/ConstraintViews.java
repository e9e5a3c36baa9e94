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

/** The lists of keys, foreign keys, checks and defaults. */
public final class ConstraintViews {
    private static final String OBJECT = "name sysname, object_id int, principal_id int null, schema_id int,"
            + " parent_object_id int, type char(2), type_desc nvarchar(60) null, create_date datetime, modify_date"
            + " datetime, is_ms_shipped bit, is_published bit, is_schema_published bit";

    private ConstraintViews() {}

    public static List<SystemView> all() {
        return List.of(
                SystemView.sys(
                        "key_constraints",
                        OBJECT + ", unique_index_id int null, is_system_named bit, is_enforced bit null",
                        (catalog, out) -> each(
                                catalog,
                                ConstraintEntry.Key.class,
                                (table, key) -> out.add(
                                        key.name(),
                                        key.objectId(),
                                        null,
                                        table.schema().id(),
                                        table.objectId(),
                                        ObjectViews.type(key),
                                        ObjectViews.typeName(key),
                                        Catalog.CREATED,
                                        Catalog.CREATED,
                                        false,
                                        false,
                                        false,
                                        key.index().id(),
                                        isSystemNamed(key.name()),
                                        true))),
                SystemView.sys(
                        "foreign_keys",
                        OBJECT + ", referenced_object_id int null, key_index_id int null, is_disabled bit,"
                                + " is_not_for_replication bit, is_not_trusted bit, delete_referential_action tinyint"
                                + " null, delete_referential_action_desc nvarchar(60) null, update_referential_action"
                                + " tinyint null, update_referential_action_desc nvarchar(60) null, is_system_named"
                                + " bit",
                        (catalog, out) -> each(
                                catalog,
                                ConstraintEntry.ForeignKey.class,
                                (table, key) -> out.add(
                                        key.name(),
                                        key.objectId(),
                                        null,
                                        table.schema().id(),
                                        table.objectId(),
                                        ObjectViews.type(key),
                                        ObjectViews.typeName(key),
                                        Catalog.CREATED,
                                        Catalog.CREATED,
                                        false,
                                        false,
                                        false,
                                        key.referencedTable().objectId(),
                                        keyIndex(catalog, key),
                                        false,
                                        false,
                                        false,
                                        key.onDelete().ordinal(),
                                        key.onDelete().name(),
                                        key.onUpdate().ordinal(),
                                        key.onUpdate().name(),
                                        isSystemNamed(key.name())))),
                SystemView.sys(
                        "foreign_key_columns",
                        "constraint_object_id int, constraint_column_id int, parent_object_id int, parent_column_id"
                                + " int, referenced_object_id int, referenced_column_id int",
                        (catalog, out) -> each(
                                catalog, ConstraintEntry.ForeignKey.class, (table, key) -> columns(out, table, key))),
                SystemView.sys(
                        "check_constraints",
                        OBJECT
                                + ", is_disabled bit, is_not_for_replication bit, is_not_trusted bit, parent_column_id"
                                + " int, definition nvarchar(max) null, uses_database_collation bit null,"
                                + " is_system_named bit",
                        (catalog, out) -> each(
                                catalog,
                                ConstraintEntry.Check.class,
                                (table, check) -> out.add(
                                        check.name(),
                                        check.objectId(),
                                        null,
                                        table.schema().id(),
                                        table.objectId(),
                                        ObjectViews.type(check),
                                        ObjectViews.typeName(check),
                                        Catalog.CREATED,
                                        Catalog.CREATED,
                                        false,
                                        false,
                                        false,
                                        false,
                                        false,
                                        false,
                                        check.columns().size() == 1
                                                ? check.columns().getFirst().id()
                                                : 0,
                                        check.text(),
                                        true,
                                        isSystemNamed(check.name())))),
                SystemView.sys(
                        "default_constraints",
                        OBJECT + ", parent_column_id int, definition nvarchar(max) null, is_system_named bit",
                        ConstraintViews::defaults));
    }

    private static <C extends ConstraintEntry> void each(
            Catalog catalog, Class<C> kind, BiConsumer<TableEntry, C> row) {
        for (TableEntry table : catalog.snapshot().tables()) {
            catalog.snapshot().constraints(table, kind).forEach(constraint -> row.accept(table, constraint));
        }
    }

    private static Integer keyIndex(Catalog catalog, ConstraintEntry.ForeignKey key) {
        return catalog.snapshot().indexes(key.referencedTable()).stream()
                .filter(index -> index.name() != null && index.name().equals(key.keyName()))
                .map(IndexEntry::id)
                .findFirst()
                .orElse(null);
    }

    private static void columns(RowSink out, TableEntry table, ConstraintEntry.ForeignKey key) {
        for (int i = 0; i < key.columns().size(); i++) {
            out.add(
                    key.objectId(),
                    i + 1,
                    table.objectId(),
                    key.columns().get(i).id(),
                    key.referencedTable().objectId(),
                    key.referenced().get(i).id());
        }
    }

    private static void defaults(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            for (ColumnEntry column : table.columns()) {
                ColumnEntry.Default value = column.defaultValue();
                if (value != null) {
                    out.add(
                            value.name(),
                            value.objectId(),
                            null,
                            table.schema().id(),
                            table.objectId(),
                            "D",
                            "DEFAULT_CONSTRAINT",
                            Catalog.CREATED,
                            Catalog.CREATED,
                            false,
                            false,
                            false,
                            column.id(),
                            value.text(),
                            isSystemNamed(value.name()));
                }
            }
        }
    }

    /** SQL Server's own names have the form {@code PK__table__0123ABCD}. */
    private static boolean isSystemNamed(String name) {
        return name.matches("(?i)(PK|UQ|FK|CK|DF)__.*__[0-9A-F]+") || name.matches("(?i)CONSTRAINT_[0-9A-F]+");
    }
}
