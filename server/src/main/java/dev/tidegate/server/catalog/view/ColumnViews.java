package dev.tidegate.server.catalog.view;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.CatalogColumn;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** {@code sys.columns} and the lists of identity and computed columns. */
public final class ColumnViews {
    private static final String BASE = "object_id int, name sysname null, column_id int, system_type_id tinyint, "
            + "user_type_id int, max_length smallint, precision tinyint, scale tinyint, collation_name sysname null, "
            + "is_nullable bit null, is_ansi_padded bit, is_rowguidcol bit, is_identity bit";

    private static final String REST = "is_filestream bit, is_replicated bit null, is_non_sql_subscribed bit null, "
            + "is_merge_published bit null, is_dts_replicated bit null, is_xml_document bit, xml_collection_id int, "
            + "default_object_id int, rule_object_id int";

    private static final String TAIL = "is_sparse bit null, is_column_set bit null";

    private static final String ENCRYPTION = "generated_always_type tinyint null, generated_always_type_desc"
        + " nvarchar(60) null, encryption_type int null, encryption_type_desc nvarchar(64) null,"
        + " encryption_algorithm_name sysname null, column_encryption_key_id int null,"
        + " column_encryption_key_database_name sysname null, is_hidden bit null, is_masked bit null, graph_type int"
        + " null, graph_type_desc nvarchar(60) null, is_data_deletion_filter_column bit null, ledger_view_column_type"
        + " int null, ledger_view_column_type_desc nvarchar(60) null, is_dropped_ledger_column bit null";

    private static final String COLUMNS = BASE + ", is_computed bit, " + REST + ", " + TAIL + ", " + ENCRYPTION;

    private ColumnViews() {}

    public static List<SystemView> all() {
        return List.of(
                SystemView.sysOfTables("columns", COLUMNS, ColumnViews::columns),
                SystemView.sys("all_columns", COLUMNS, (catalog, out) -> {
                    columns(catalog, out);
                    systemColumns(out);
                }),
                SystemView.sysOfTables(
                        "identity_columns",
                        BASE + ", " + REST + ", seed_value sql_variant null, increment_value sql_variant null, "
                                + "last_value sql_variant null, is_not_for_replication bit null, is_computed bit, "
                                + TAIL,
                        ColumnViews::identityColumns),
                SystemView.sysOfTables(
                        "computed_columns",
                        BASE + ", " + REST + ", definition nvarchar(max) null, uses_database_collation bit, "
                                + "is_persisted bit, is_computed bit, " + TAIL,
                        ColumnViews::computedColumns));
    }

    private static void columns(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            for (ColumnEntry column : table.columns()) {
                List<Object> row = base(table.objectId(), column);
                row.add(column.computedText() != null);
                row.addAll(rest(column));
                row.addAll(tail());
                out.add(encryption(row).toArray());
            }
        }
    }

    private static void systemColumns(RowSink out) {
        for (ObjectViews.SystemObject object : ObjectViews.systemObjects()) {
            int id = 0;
            for (CatalogColumn declared : object.view().columns()) {
                ColumnEntry column =
                        new ColumnEntry(++id, declared.name(), declared.type(), declared.nullable(), null, null, null);
                List<Object> row = base(object.id(), column);
                row.add(false);
                row.addAll(rest(column));
                row.addAll(tail());
                out.add(encryption(row).toArray());
            }
        }
    }

    /** A number as the identity column itself would have it. */
    private static Object variant(Long number, SqlType type) {
        try {
            Object value = Conversion.convert(number, SqlType.BIGINT, type, 0);
            return Conversion.convert(value, type, SqlType.SQL_VARIANT, 0);
        } catch (SqlServerException e) {
            throw new IllegalStateException("an identity column's number is beyond its type", e);
        }
    }

    private static void identityColumns(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            for (ColumnEntry column : table.columns()) {
                ColumnEntry.Identity identity = column.identity();
                if (identity != null) {
                    List<Object> row = base(table.objectId(), column);
                    row.addAll(rest(column));
                    row.add(variant(identity.seed(), column.type()));
                    row.add(variant(identity.increment(), column.type()));
                    row.add(variant(identity.last(), column.type()));
                    row.add(false);
                    row.add(false);
                    row.addAll(tail());
                    out.add(row.toArray());
                }
            }
        }
    }

    private static void computedColumns(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            for (ColumnEntry column : table.columns()) {
                if (column.computedText() != null) {
                    List<Object> row = base(table.objectId(), column);
                    row.addAll(rest(column));
                    row.add(column.computedText());
                    row.add(true);
                    row.add(true);
                    row.add(true);
                    row.addAll(tail());
                    out.add(row.toArray());
                }
            }
        }
    }

    private static List<Object> base(int objectId, ColumnEntry column) {
        SqlType type = column.type();
        int typeId = TypeFacts.systemTypeId(type.kind());
        List<Object> row = new ArrayList<>();
        row.add(objectId);
        row.add(column.name());
        row.add(column.id());
        row.add(typeId);
        row.add(typeId);
        row.add(TypeFacts.maxLength(type));
        row.add(TypeFacts.precision(type));
        row.add(TypeFacts.scale(type));
        row.add(TypeFacts.collation(type));
        row.add(column.nullable());
        row.add(type.isCharacter() || type.kind().isBinary() || type.kind() == TypeKind.SQL_VARIANT);
        row.add(false);
        row.add(column.identity() != null);
        return row;
    }

    private static List<Object> rest(ColumnEntry column) {
        int defaultId =
                column.defaultValue() == null ? 0 : column.defaultValue().objectId();
        return List.of(false, false, false, false, false, false, 0, defaultId, 0);
    }

    private static List<Object> tail() {
        return List.of(false, false);
    }

    private static List<Object> encryption(List<Object> row) {
        row.add(0);
        row.add("NOT_APPLICABLE");
        for (int i = 0; i < 5; i++) {
            row.add(null);
        }
        row.add(false);
        row.add(false);
        row.add(null);
        row.add(null);
        row.add(false);
        row.add(null);
        row.add(null);
        row.add(false);
        return row;
    }
}
