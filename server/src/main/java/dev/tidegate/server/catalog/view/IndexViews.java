package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import dev.tidegate.server.catalog.model.IndexEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import java.util.List;

/** {@code sys.indexes}, their columns, and the partitions and pages that tell how many rows a table has. */
public final class IndexViews {
    /** A page holds 8 KB; H2 keeps no pages, so sizes are those of rows of a hundred bytes. */
    private static final int ROWS_A_PAGE = 80;

    private IndexViews() {}

    /** What an index row is made of. */
    @FunctionalInterface
    private interface IndexRow {
        void add(TableEntry table, IndexEntry index);
    }

    public static List<SystemView> all() {
        return List.of(
                SystemView.sysOfTables(
                        "indexes",
                        "object_id int, name sysname null, index_id int, type tinyint, type_desc nvarchar(60) null,"
                            + " is_unique bit null, data_space_id int null, ignore_dup_key bit null, is_primary_key"
                            + " bit null, is_unique_constraint bit null, fill_factor tinyint, is_padded bit null,"
                            + " is_disabled bit null, is_hypothetical bit null, is_ignored_in_optimization bit null,"
                            + " allow_row_locks bit null, allow_page_locks bit null, has_filter bit null,"
                            + " filter_definition nvarchar(max) null, compression_delay int null,"
                            + " suppress_dup_key_messages bit null, auto_created bit null, optimize_for_sequential_key"
                            + " bit null",
                        (catalog, out) -> each(
                                catalog,
                                (table, index) -> out.add(
                                        table.objectId(),
                                        index.name(),
                                        index.id(),
                                        index.type(),
                                        index.typeName(),
                                        index.unique(),
                                        1,
                                        false,
                                        index.primaryKey(),
                                        index.uniqueConstraint(),
                                        0,
                                        false,
                                        false,
                                        false,
                                        false,
                                        true,
                                        true,
                                        false,
                                        null,
                                        null,
                                        false,
                                        false,
                                        false))),
                SystemView.sysOfTables(
                        "index_columns",
                        "object_id int, index_id int, index_column_id int, column_id int, key_ordinal tinyint, "
                                + "partition_ordinal tinyint, is_descending_key bit null, is_included_column bit null, "
                                + "column_store_order_ordinal tinyint",
                        IndexViews::indexColumns),
                SystemView.sysOfTables(
                        "partitions",
                        "partition_id bigint, object_id int, index_id int, partition_number int, hobt_id bigint, "
                                + "rows bigint null, filestream_filegroup_id smallint, data_compression tinyint, "
                                + "data_compression_desc nvarchar(60) null, xml_compression bit null, "
                                + "xml_compression_desc varchar(3) null",
                        (catalog, out) -> each(catalog, (table, index) -> {
                            long id = partitionId(table, index);
                            out.add(
                                    id,
                                    table.objectId(),
                                    index.id(),
                                    1,
                                    id,
                                    table.rowCount(catalog.session()),
                                    0,
                                    0,
                                    "NONE",
                                    false,
                                    "OFF");
                        })),
                SystemView.sysOfTables(
                        "dm_db_partition_stats",
                        "partition_id bigint null, object_id int, index_id int, partition_number int, "
                                + "in_row_data_page_count bigint null, in_row_used_page_count bigint null, "
                                + "in_row_reserved_page_count bigint null, lob_used_page_count bigint null, "
                                + "lob_reserved_page_count bigint null, row_overflow_used_page_count bigint null, "
                                + "row_overflow_reserved_page_count bigint null, used_page_count bigint null, "
                                + "reserved_page_count bigint null, row_count bigint null",
                        (catalog, out) -> each(catalog, (table, index) -> {
                            long rows = table.rowCount(catalog.session());
                            long pages = pages(rows);
                            out.add(
                                    partitionId(table, index),
                                    table.objectId(),
                                    index.id(),
                                    1,
                                    pages,
                                    pages,
                                    pages,
                                    0L,
                                    0L,
                                    0L,
                                    0L,
                                    pages,
                                    pages,
                                    rows);
                        })),
                SystemView.sys(
                        "allocation_units",
                        "allocation_unit_id bigint, type tinyint, type_desc nvarchar(60) null, container_id bigint, "
                                + "data_space_id int null, total_pages bigint, used_pages bigint, data_pages bigint",
                        (catalog, out) -> each(catalog, (table, index) -> {
                            long id = partitionId(table, index);
                            long pages = pages(table.rowCount(catalog.session()));
                            out.add(id, 1, "IN_ROW_DATA", id, 1, pages, pages, pages);
                        })),
                SystemView.empty(
                        "stats",
                        "object_id int, name sysname null, stats_id int, auto_created bit null, user_created bit null, "
                                + "no_recompute bit null, has_filter bit null, filter_definition nvarchar(max) null"));
    }

    private static void each(Catalog catalog, IndexRow row) {
        for (TableEntry table : catalog.snapshot().tables()) {
            for (IndexEntry index : catalog.snapshot().indexes(table)) {
                row.add(table, index);
            }
        }
    }

    private static void indexColumns(Catalog catalog, RowSink out) {
        each(catalog, (table, index) -> {
            int ordinal = 0;
            for (IndexEntry.Part part : index.parts()) {
                ordinal++;
                out.add(
                        table.objectId(),
                        index.id(),
                        ordinal,
                        part.column().id(),
                        ordinal,
                        0,
                        part.descending(),
                        false,
                        0);
            }
        });
    }

    private static long partitionId(TableEntry table, IndexEntry index) {
        return ((long) table.objectId() << 16) | index.id();
    }

    private static long pages(long rows) {
        return (rows + ROWS_A_PAGE - 1) / ROWS_A_PAGE;
    }
}
