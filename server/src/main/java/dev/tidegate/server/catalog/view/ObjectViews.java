package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.CatalogInstaller;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import dev.tidegate.server.catalog.SystemViews;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.ConstraintEntry;
import dev.tidegate.server.catalog.model.SchemaEntry;
import dev.tidegate.server.catalog.model.SequenceEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.catalog.model.TypeFacts;
import java.util.List;

/** {@code sys.schemas}, {@code sys.objects} and those that list one kind of object. */
public final class ObjectViews {
    private static final String OBJECT = "name sysname, object_id int, principal_id int null, schema_id int,"
            + " parent_object_id int, type char(2), type_desc nvarchar(60) null, create_date datetime, modify_date"
            + " datetime, is_ms_shipped bit, is_published bit, is_schema_published bit";

    private ObjectViews() {}

    public static List<SystemView> all() {
        return List.of(
                SystemView.sys("schemas", "name sysname, schema_id int, principal_id int null", (catalog, out) -> {
                    for (SchemaEntry schema : catalog.snapshot().schemas()) {
                        out.add(schema.name(), schema.id(), Math.min(schema.id(), 4) == schema.id() ? schema.id() : 1);
                    }
                }),
                SystemView.sys("objects", OBJECT, ObjectViews::objects),
                SystemView.sys("all_objects", OBJECT, (catalog, out) -> {
                    objects(catalog, out);
                    systemObjects()
                            .forEach(object ->
                                    object(out, object.name(), object.id(), object.schemaId(), 0, "V", "VIEW", true));
                }),
                SystemView.sysOfTables(
                        "tables",
                        OBJECT + ", lob_data_space_id int, filestream_data_space_id int null, max_column_id_used int,"
                                + " lock_on_bulk_load bit, uses_ansi_nulls bit null, is_replicated bit null,"
                                + " has_replication_filter bit null, is_merge_published bit null,"
                                + " is_sync_tran_subscribed bit null, has_unchecked_assembly_data bit,"
                                + " text_in_row_limit int null, large_value_types_out_of_row bit null,"
                                + " is_tracked_by_cdc bit null, lock_escalation tinyint null, lock_escalation_desc"
                                + " nvarchar(60) null, is_filetable bit null, is_memory_optimized bit null, durability"
                                + " tinyint null, durability_desc nvarchar(60) null, temporal_type tinyint null,"
                                + " temporal_type_desc nvarchar(60) null, history_table_id int null,"
                                + " is_remote_data_archive_enabled bit null, is_external bit, history_retention_period"
                                + " int null, history_retention_period_unit int null,"
                                + " history_retention_period_unit_desc nvarchar(10) null, is_node bit null, is_edge bit"
                                + " null, ledger_type tinyint null, ledger_type_desc nvarchar(60) null,"
                                + " is_dropped_ledger_table bit null",
                        ObjectViews::tables),
                SystemView.sysOfTables(
                        "views",
                        OBJECT + ", is_replicated bit null, has_replication_filter bit null, has_opaque_metadata bit,"
                                + " has_unchecked_assembly_data bit, with_check_option bit, is_date_correlation_view"
                                + " bit, is_tracked_by_cdc bit null, has_snapshot bit null",
                        ObjectViews::views),
                SystemView.sys(
                        "sequences",
                        OBJECT + ", start_value bigint, increment bigint, minimum_value bigint null, maximum_value"
                                + " bigint null, is_cycling bit null, is_cached bit null, cache_size int null,"
                                + " system_type_id tinyint, user_type_id int, precision tinyint, scale tinyint null,"
                                + " current_value bigint, is_exhausted bit, last_used_value bigint null",
                        ObjectViews::sequences));
    }

    private static void objects(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            int schema = table.schema().id();
            object(
                    out,
                    table.name(),
                    table.objectId(),
                    schema,
                    0,
                    table.isView() ? "V" : "U",
                    table.isView() ? "VIEW" : "USER_TABLE",
                    false);
            for (ConstraintEntry constraint : catalog.snapshot().constraints(table)) {
                object(
                        out,
                        constraint.name(),
                        constraint.objectId(),
                        schema,
                        table.objectId(),
                        type(constraint),
                        typeName(constraint),
                        false);
            }
            for (ColumnEntry column : table.columns()) {
                ColumnEntry.Default value = column.defaultValue();
                if (value != null) {
                    object(
                            out,
                            value.name(),
                            value.objectId(),
                            schema,
                            table.objectId(),
                            "D",
                            "DEFAULT_CONSTRAINT",
                            false);
                }
            }
        }
        for (SequenceEntry sequence : catalog.snapshot().sequences()) {
            object(
                    out,
                    sequence.name(),
                    sequence.objectId(),
                    sequence.schema().id(),
                    0,
                    "SO",
                    "SEQUENCE_OBJECT",
                    false);
        }
    }

    /** The type of a constraint as an object: PK, UQ, C or F. */
    public static String type(ConstraintEntry constraint) {
        return switch (constraint) {
            case ConstraintEntry.Key key -> key.index().primaryKey() ? "PK" : "UQ";
            case ConstraintEntry.Check _ -> "C";
            case ConstraintEntry.ForeignKey _ -> "F";
        };
    }

    static String typeName(ConstraintEntry constraint) {
        return switch (constraint) {
            case ConstraintEntry.Key key -> key.index().primaryKey() ? "PRIMARY_KEY_CONSTRAINT" : "UNIQUE_CONSTRAINT";
            case ConstraintEntry.Check _ -> "CHECK_CONSTRAINT";
            case ConstraintEntry.ForeignKey _ -> "FOREIGN_KEY_CONSTRAINT";
        };
    }

    private static void object(
            RowSink out, String name, int id, int schema, int parent, String type, String typeName, boolean shipped) {
        out.add(
                name,
                id,
                null,
                schema,
                parent,
                type,
                typeName,
                Catalog.CREATED,
                Catalog.CREATED,
                shipped,
                false,
                false);
    }

    private static void tables(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            if (!table.isView()) {
                out.add(
                        table.name(),
                        table.objectId(),
                        null,
                        table.schema().id(),
                        0,
                        "U",
                        "USER_TABLE",
                        Catalog.CREATED,
                        Catalog.CREATED,
                        false,
                        false,
                        false,
                        0,
                        null,
                        table.columns().size(),
                        false,
                        true,
                        false,
                        false,
                        false,
                        false,
                        false,
                        0,
                        false,
                        false,
                        0,
                        "TABLE",
                        false,
                        false,
                        0,
                        "SCHEMA_AND_DATA",
                        0,
                        "NON_TEMPORAL_TABLE",
                        null,
                        false,
                        false,
                        null,
                        null,
                        null,
                        false,
                        false,
                        0,
                        "NON_LEDGER_TABLE",
                        false);
            }
        }
    }

    private static void views(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            if (table.isView()) {
                out.add(
                        table.name(),
                        table.objectId(),
                        null,
                        table.schema().id(),
                        0,
                        "V",
                        "VIEW",
                        Catalog.CREATED,
                        Catalog.CREATED,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false);
            }
        }
    }

    private static void sequences(Catalog catalog, RowSink out) {
        for (SequenceEntry sequence : catalog.snapshot().sequences()) {
            out.add(
                    sequence.name(),
                    sequence.objectId(),
                    null,
                    sequence.schema().id(),
                    0,
                    "SO",
                    "SEQUENCE_OBJECT",
                    Catalog.CREATED,
                    Catalog.CREATED,
                    false,
                    false,
                    false,
                    sequence.start(),
                    sequence.increment(),
                    sequence.minimum(),
                    sequence.maximum(),
                    sequence.cycles(),
                    sequence.cache() > 1,
                    (int) sequence.cache(),
                    TypeFacts.systemTypeId(sequence.type().kind()),
                    TypeFacts.systemTypeId(sequence.type().kind()),
                    TypeFacts.precision(sequence.type()),
                    0,
                    sequence.current(),
                    false,
                    null);
        }
    }

    /** A view of the catalog as an object. */
    public record SystemObject(int id, int schemaId, SystemView view) {
        String name() {
            return view.name();
        }
    }

    /** The catalog's own views; their ids are negative, as SQL Server's are. */
    public static List<SystemObject> systemObjects() {
        int[] id = {-100};
        return SystemViews.all().stream()
                .map(view -> new SystemObject(
                        id[0]--,
                        view.schema().equals(CatalogInstaller.SYS_SCHEMA)
                                ? SchemaEntry.SYS
                                : SchemaEntry.INFORMATION_SCHEMA,
                        view))
                .toList();
    }
}
