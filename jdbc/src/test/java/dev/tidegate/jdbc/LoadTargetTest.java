package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.TableName;
import dev.tidegate.jdbc.sql.PlainInsert;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What catalogs say that the embedded server does not have: one thing about a table or a column is enough to leave it to calls. */
class LoadTargetTest {
    private static final PlainInsert INSERT =
            PlainInsert.of("INSERT INTO t (a, b) VALUES (?, ?)").orElseThrow();

    private final Map<String, Object> state = new HashMap<>(Map.of("columns", 3, "defaults", 1, "checks", 1));
    private final Map<String, Object> table = new HashMap<>(Map.of("name", "t", "temporal_type", (short) 0));
    private final List<Map<String, Object>> columns = List.of(column(1, "a"), column(2, "b"), column(3, "c"));
    private final Map<String, Object> defaultValue =
            new HashMap<>(Map.of("parent_column_id", 3, "definition", "((7))"));
    private final Map<String, Object> check = new HashMap<>(Map.of("definition", "([a]>(0))"));

    private static Map<String, Object> column(int id, String name) {
        return new HashMap<>(Map.of(
                "column_id",
                id,
                "name",
                name,
                "system_type_id",
                (short) 56,
                "user_type_id",
                56,
                "is_identity",
                false,
                "default_object_id",
                id == 3 ? 99 : 0));
    }

    private static Lookup lookup(List<Map<String, Object>> rows) {
        List<String> names = new ArrayList<>(
                rows.stream().flatMap(row -> row.keySet().stream()).distinct().toList());
        return new Lookup(
                names.stream()
                        .map(name -> new Column(name, TypeInfo.integer(), 0))
                        .toList(),
                rows.stream().map(row -> names.stream().map(row::get).toArray()).toList(),
                null);
    }

    private LoadTarget target(PlainInsert insert) {
        Lookup states = lookup(List.of(state));
        return LoadTarget.of(
                insert,
                new CatalogRow(states, states.rows().get(0)),
                List.of(
                        lookup(List.of(table)),
                        lookup(columns),
                        lookup(List.of(defaultValue)),
                        lookup(List.of(check))));
    }

    @Test
    void anOrdinaryTableIsLoadedInTheOrderOfTheStatement() {
        assertThat(target(INSERT)).isEqualTo(new LoadTarget(BatchWay.LOADED, List.of("a", "b")));
        PlainInsert turned = new PlainInsert(new TableName(List.of("t")), List.of("C", "a"), 2);
        assertThat(target(turned)).isEqualTo(new LoadTarget(BatchWay.LOADED, List.of("c", "a")));
    }

    @ParameterizedTest
    @CsvSource({
        "is_memory_optimized, 1",
        "temporal_type, 2",
        "is_external, 1",
        "ledger_type, 2",
        "is_filetable, 1",
        "is_node, 1",
        "is_edge, 1",
        "is_remote_data_archive_enabled, 1",
        "is_ms_shipped, 1",
        "is_dropped_ledger_table, 1"
    })
    void anUnusualTableIsNot(String name, int value) {
        table.put(name, value);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.TABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "is_identity, 1", "is_computed, 1", "is_sparse, 1", "is_filestream, 1", "rule_object_id, 5",
                "generated_always_type, 1",
        "encryption_type, 2", "is_hidden, 1", "is_masked, 1", "user_type_id, 257", "system_type_id, 189",
                "system_type_id, 167",
        "graph_type, 1", "is_xml_document, 1", "is_dropped_ledger_column, 1"
    })
    void anUnusualColumnIsNot(String name, int value) {
        if (name.equals("system_type_id")) {
            columns.get(1).put("user_type_id", value);
        }
        columns.get(1).put(name, value);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.COLUMN);
    }

    /** What such a value ends with depends on how its column was made. */
    @ParameterizedTest
    @ValueSource(ints = {165, 167, 173, 175})
    void aTypeThatWasOnceKeptUnpaddedIsLoadedIfItIsPadded(int type) {
        columns.get(1).put("system_type_id", type);
        columns.get(1).put("user_type_id", type);
        columns.get(1).put("is_ansi_padded", true);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.LOADED);
        columns.get(1).put("is_ansi_padded", false);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.COLUMN);
    }

    /** As a database that tells cases apart can have them. */
    @Test
    void aNameThatTwoColumnsHaveButForItsCaseIsNotCertain() {
        columns.get(1).put("name", "cD");
        columns.get(2).put("name", "Cd");
        PlainInsert insert = new PlainInsert(new TableName(List.of("t")), List.of("a", "cd"), 2);
        assertThat(target(insert).way()).isEqualTo(BatchWay.COLUMN);
        PlainInsert exact = new PlainInsert(new TableName(List.of("t")), List.of("a", "cD"), 2);
        assertThat(target(exact).way()).isEqualTo(BatchWay.LOADED);
    }

    @Test
    void aColumnSetAnywhereIsTooMuch() {
        columns.get(2).put("is_column_set", true);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.COLUMN);
    }

    @Test
    void columnsThatAreNotCertainAreNot() {
        for (List<String> names : List.of(List.of("a", "d"), List.of("a", "A"), List.of("a"))) {
            PlainInsert insert = new PlainInsert(new TableName(List.of("t")), names, 2);
            assertThat(target(insert).way()).as("%s", names).isEqualTo(BatchWay.COLUMN);
        }
    }

    @Test
    void whatDependsOnOtherRowsIsNot() {
        check.put("definition", "([dbo].[fits]([a])=(1))");
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.CONSTRAINT);
        check.put("definition", "([a]>(0))");
        defaultValue.put("definition", "([dbo].[next]())");
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.CONSTRAINT);
        defaultValue.put("definition", "((1))");
        state.put("self_references", 1);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.CONSTRAINT);
        state.put("self_references", 0);
        state.put("ignoring_indexes", 1);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.CONSTRAINT);
        state.put("ignoring_indexes", 0);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.LOADED);
    }

    /** A default that was bound as an object of its own has its text elsewhere. */
    @Test
    void aDefaultWithoutATextIsNot() {
        defaultValue.put("parent_column_id", 2);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.CONSTRAINT);
        defaultValue.put("parent_column_id", 3);
        defaultValue.put("definition", null);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.CONSTRAINT);
    }

    /** A column that gets a value from the statement, and a rowversion, have no use for one. */
    @Test
    void aDefaultThatIsNotUsedDoesNotMatter() {
        columns.get(0).put("default_object_id", 99);
        defaultValue.putAll(Map.of("parent_column_id", 1, "definition", "([dbo].[next]())"));
        columns.get(2).put("default_object_id", 0);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.LOADED);
        columns.get(2).putAll(Map.of("default_object_id", 98, "system_type_id", 189, "user_type_id", 189));
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.LOADED);
    }

    /** As with SET ROWCOUNT. */
    @ParameterizedTest
    @CsvSource({"columns, 4", "defaults, 2", "checks, 2"})
    void answersThatAreNotWholeSayNothing(String name, int more) {
        state.put(name, more);
        assertThat(target(INSERT).way()).isEqualTo(BatchWay.SERVER);
    }

    @ParameterizedTest
    @CsvSource({
        "abc.DataWarehouse.fabric.microsoft.com, true",
        "abc.datawarehouse.pbidedicated.windows.net, true",
        "x-ondemand.sql.azuresynapse.net, true",
        "x.SQL.azuresynapse.usgovcloudapi.net, true",
        "x.sql.azuresynapse.azure.cn, true",
        "x.database.fabric.microsoft.com, false",
        "x.database.windows.net, false",
        "datawarehouse.fabric.microsoft.com.example.org, false",
        ", false"
    })
    void warehousesAreKnownByTheirNames(String host, boolean expected) {
        assertThat(Warehouses.isOne(host)).isEqualTo(expected);
    }

    @Test
    void temporaryTablesAreLookedForWhereTheyLive() {
        CatalogNames names = CatalogNames.of(new TableName(List.of("#t]")));
        assertThat(names.objectName()).isEqualTo("tempdb..[#t]]]");
        assertThat(names.stateQuery())
                .contains("FROM tempdb.sys.tables")
                .doesNotContain("HAS_PERMS_BY_NAME")
                .doesNotContain(" sys.");
        assertThat(names.tableQuery()).doesNotContain(" sys.");
        assertThat(CatalogNames.of(new TableName(List.of("a", "b"))).objectName())
                .isEqualTo("[a].[b]");
    }
}
