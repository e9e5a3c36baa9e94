package dev.tidegate.arrow.adbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.adbc.core.AdbcStatusCode;
import org.apache.arrow.adbc.core.StandardSchemas;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many rows there are, as far as somebody asked. */
// The interface lets close() throw every exception, InterruptedException included.
@SuppressWarnings("try")
class StatisticsTest extends OnAdbcConnection {
    @BeforeEach
    void fill() throws Exception {
        update("CREATE TABLE dbo.[it's] (id int NOT NULL PRIMARY KEY, n int NULL, [odd ]] name] nvarchar(20) NULL)");
        update("INSERT INTO dbo.[it's] VALUES (1, 5, N'a'), (2, NULL, NULL), (3, NULL, N'c')");
        update("CREATE TABLE dbo.other (x nvarchar(max) NULL)");
        update("CREATE VIEW dbo.seen AS SELECT id FROM dbo.[it's]");
    }

    /** Schema, table, column, key, value and whether it is approximate, of the schemas that have any. */
    private List<String> statistics(String catalog, String schema, String table, boolean approximate) throws Exception {
        List<String> all = new ArrayList<>();
        try (ArrowReader reader = connection().getStatistics(catalog, schema, table, approximate)) {
            assertThat(reader.getVectorSchemaRoot().getSchema()).isEqualTo(StandardSchemas.GET_STATISTICS_SCHEMA);
            while (reader.loadNextBatch()) {
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    for (Object each :
                            (List<?>) reader.getVectorSchemaRoot().getVector(1).getObject(row)) {
                        Map<?, ?> found = (Map<?, ?>) each;
                        for (Object one : (List<?>) found.get("db_schema_statistics")) {
                            Map<?, ?> s = (Map<?, ?>) one;
                            all.add(reader.getVectorSchemaRoot().getVector(0).getObject(row) + "."
                                    + found.get("db_schema_name") + "." + s.get("table_name") + " "
                                    + s.get("column_name")
                                    + " " + s.get("statistic_key") + " " + s.get("statistic_value") + " "
                                    + s.get("statistic_is_approximate"));
                        }
                    }
                }
            }
        }
        return all;
    }

    @Test
    void theCatalogKnowsTheRows() throws Exception {
        assertThat(statistics("demo", null, null, true))
                .containsExactlyInAnyOrder("demo.dbo.it's null 6 3 true", "demo.dbo.other null 6 0 true");
        assertThat(statistics(null, "dbo", "it%", true)).contains("demo.dbo.it's null 6 3 true");
    }

    @Test
    void exactOnesAreCounted() throws Exception {
        assertThat(statistics("demo", "dbo", "it's", false))
                .containsExactlyInAnyOrder(
                        "demo.dbo.it's null 6 3 false",
                        "demo.dbo.it's id 5 0 false",
                        "demo.dbo.it's n 5 2 false",
                        "demo.dbo.it's odd ] name 5 1 false");
        assertThat(statistics("demo", "dbo", "seen", false)).as("a view").isEmpty();
        assertThat(statistics("nowhere", null, null, false)).isEmpty();
    }

    @Test
    void thereAreNoNamesBesideTheStandard() throws Exception {
        try (ArrowReader names = connection().getStatisticNames()) {
            assertThat(names.getVectorSchemaRoot().getSchema()).isEqualTo(StandardSchemas.GET_STATISTIC_NAMES_SCHEMA);
            assertThat(values(names)).isEmpty();
        }
    }

    @Test
    void theSchemaOfTheUserIsTold() throws Exception {
        assertThat(connection().getCurrentDbSchema()).isEqualTo("dbo");
        connection().setCurrentDbSchema("dbo");
        fails(AdbcStatusCode.NOT_IMPLEMENTED, () -> connection().setCurrentDbSchema("x"));
    }
}
