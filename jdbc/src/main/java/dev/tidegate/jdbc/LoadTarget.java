package dev.tidegate.jdbc;

import dev.tidegate.jdbc.sql.Definition;
import dev.tidegate.jdbc.sql.PlainInsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the catalog says of an INSERT as a load.
 *
 * @param way {@link BatchWay#LOADED}, or what stands in the way
 * @param columns that get the values, in their order
 */
record LoadTarget(BatchWay way, List<String> columns) {
    /** Of {@code sys.tables}; each is 0 or missing where the table is an ordinary one. */
    private static final List<String> UNUSUAL_TABLE = List.of(
            "is_ms_shipped",
            "is_filetable",
            "is_memory_optimized",
            "temporal_type",
            "is_external",
            "is_remote_data_archive_enabled",
            "is_node",
            "is_edge",
            "ledger_type",
            "is_dropped_ledger_table");

    /** Of {@code sys.columns}, as above. */
    private static final List<String> UNUSUAL_COLUMN = List.of(
            "is_identity",
            "is_computed",
            "is_filestream",
            "is_sparse",
            "is_column_set",
            "is_xml_document",
            "rule_object_id",
            "generated_always_type",
            "encryption_type",
            "is_hidden",
            "is_masked",
            "is_dropped_ledger_column");

    private static final int ROWVERSION = 189;

    /** Types of {@code sys.types} whose values were once kept without what they end with. */
    private static final Set<Long> PADDED_TYPES = Set.of(165L, 167L, 173L, 175L);

    static LoadTarget not(BatchWay way) {
        return new LoadTarget(way, List.of());
    }

    /**
     * @param state what the answers must agree with: a session can be told to give only the first rows of each
     * @param answers to {@link CatalogNames#tableQuery}
     */
    static LoadTarget of(PlainInsert insert, CatalogRow state, List<Lookup> answers) {
        boolean whole = answers.size() == 4
                && answers.get(0).rows().size() == 1
                && answers.get(1).rows().size() == state.number("columns")
                && answers.get(2).rows().size() == state.number("defaults")
                && answers.get(3).rows().size() == state.number("checks");
        if (!whole) {
            return not(BatchWay.SERVER);
        }
        CatalogRow table = rows(answers.get(0)).get(0);
        if (UNUSUAL_TABLE.stream().anyMatch(each -> table.number(each) != 0)) {
            return not(BatchWay.TABLE);
        }
        List<CatalogRow> columns = rows(answers.get(1));
        List<CatalogRow> named = named(insert, columns);
        if (named == null || !named.stream().allMatch(LoadTarget::isOrdinary)) {
            return not(BatchWay.COLUMN);
        }
        boolean oneByOne = state.number("self_references") != 0
                || state.number("ignoring_indexes") != 0
                || !rows(answers.get(3)).stream().allMatch(LoadTarget::isOfItsRow)
                || !columns.stream().allMatch(c -> named.contains(c) || isFilledAlone(c, rows(answers.get(2))));
        return oneByOne
                ? not(BatchWay.CONSTRAINT)
                : new LoadTarget(
                        BatchWay.LOADED, named.stream().map(c -> c.text("name")).toList());
    }

    private static List<CatalogRow> rows(Lookup answer) {
        return answer.rows().stream().map(row -> new CatalogRow(answer, row)).toList();
    }

    /** The columns that get a value, in the order of the values; null if that is not certain. */
    private static List<CatalogRow> named(PlainInsert insert, List<CatalogRow> all) {
        List<CatalogRow> found = new ArrayList<>();
        if (insert.columns().isEmpty()) {
            all.stream()
                    .filter(c -> c.number("is_identity") == 0 && c.number("is_computed") == 0)
                    .forEach(found::add);
        }
        for (String name : insert.columns()) {
            List<CatalogRow> exact =
                    all.stream().filter(c -> name.equals(c.text("name"))).toList();
            List<CatalogRow> same = exact.isEmpty()
                    ? all.stream()
                            .filter(c -> name.equalsIgnoreCase(c.text("name")))
                            .toList()
                    : exact;
            if (same.size() != 1 || found.contains(same.get(0))) {
                return null;
            }
            found.add(same.get(0));
        }
        boolean columnSet = all.stream().anyMatch(c -> c.number("is_column_set") != 0);
        return columnSet || found.size() != insert.values() ? null : found;
    }

    private static boolean isOrdinary(CatalogRow column) {
        long type = column.number("system_type_id");
        return UNUSUAL_COLUMN.stream().allMatch(each -> column.number(each) == 0)
                && column.isNull("graph_type")
                && type != ROWVERSION
                && type == column.number("user_type_id")
                && (!PADDED_TYPES.contains(type) || column.number("is_ansi_padded") == 1);
    }

    /** Whether what a column gets that is not named depends on no other row. */
    private static boolean isFilledAlone(CatalogRow column, List<CatalogRow> defaults) {
        if (column.number("default_object_id") == 0 || column.number("system_type_id") == ROWVERSION) {
            return true;
        }
        List<CatalogRow> own = defaults.stream()
                .filter(each -> each.number("parent_column_id") == column.number("column_id"))
                .toList();
        return own.size() == 1 && isOfItsRow(own.get(0));
    }

    private static boolean isOfItsRow(CatalogRow constraint) {
        String definition = constraint.text("definition");
        return definition != null && Definition.dependsOnNoOtherRow(definition);
    }
}
