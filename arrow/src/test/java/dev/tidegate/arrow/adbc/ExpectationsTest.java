package dev.tidegate.arrow.adbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.adbc.core.AdbcConnection;
import org.apache.arrow.adbc.core.AdbcConnection.GetObjectsDepth;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.core.AdbcStatusCode;
import org.apache.arrow.adbc.core.BulkIngestMode;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** What a driver is expected to do by whoever knows ADBC from others: with batches that are stored, bound and read back. */
// The interface lets close() throw every exception, InterruptedException included.
@SuppressWarnings("try")
class ExpectationsTest extends OnAdbcConnection {
    private static final Field INTS = Field.nullable("ints", new ArrowType.Int(32, true));
    private static final Field STRS = Field.nullable("strs", ArrowType.Utf8.INSTANCE);
    private static final Schema SCHEMA = new Schema(List.of(INTS, STRS));

    private VectorSchemaRoot fourRows() {
        VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
        IntVector ints = (IntVector) root.getVector(0);
        VarCharVector strs = (VarCharVector) root.getVector(1);
        for (int i = 0; i < 3; i++) {
            ints.setSafe(i, i);
        }
        strs.setSafe(1, "foo".getBytes(StandardCharsets.UTF_8));
        strs.setSafe(2, new byte[0]);
        strs.setSafe(3, "asdf".getBytes(StandardCharsets.UTF_8));
        root.setRowCount(4);
        return root;
    }

    private VectorSchemaRoot ints(Integer... values) {
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(INTS)), allocator);
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                ((IntVector) root.getVector(0)).setNull(i);
            } else {
                ((IntVector) root.getVector(0)).setSafe(i, values[i]);
            }
        }
        root.setRowCount(values.length);
        return root;
    }

    private void ingest(BulkIngestMode mode, VectorSchemaRoot batch) throws Exception {
        try (batch;
                AdbcStatement statement = connection().bulkIngest("bulktable", mode)) {
            statement.bind(batch);
            assertThat(statement.executeUpdate().getAffectedRows()).isEqualTo(batch.getRowCount());
        }
    }

    private static List<String> types(Schema schema) {
        return schema.getFields().stream()
                .map(field -> field.getName() + " " + field.getType())
                .toList();
    }

    @Test
    void aBatchComesBackAsItWasAndAgainBehindItself() throws Exception {
        ingest(BulkIngestMode.CREATE, fourRows());
        assertThat(query("SELECT * FROM bulktable")).containsExactly("0 null", "1 foo", "2 ", "null asdf");
        assertThat(types(connection().getTableSchema(null, null, "bulktable"))).isEqualTo(types(SCHEMA));
        ingest(BulkIngestMode.APPEND, fourRows());
        assertThat(query("SELECT * FROM bulktable"))
                .hasSize(8)
                .containsSubsequence("0 null", "1 foo", "2 ", "null asdf", "0 null", "1 foo", "2 ", "null asdf");
    }

    @Test
    void aBatchOfOtherTypesIsRefusedAndNothingOfItStays() throws Exception {
        ingest(BulkIngestMode.CREATE, ints(1));
        Schema other = new Schema(List.of(Field.nullable("ints", ArrowType.Utf8.INSTANCE)));
        try (VectorSchemaRoot root = VectorSchemaRoot.create(other, allocator);
                AdbcStatement statement = connection().bulkIngest("bulktable", BulkIngestMode.APPEND)) {
            ((VarCharVector) root.getVector(0)).setSafe(0, "2".getBytes(StandardCharsets.UTF_8));
            root.setRowCount(1);
            statement.bind(root);
            assertThatThrownBy(statement::executeUpdate)
                    .isInstanceOf(AdbcException.class)
                    .hasMessageContaining("ints");
        }
        assertThat(query("SELECT * FROM bulktable")).containsExactly("1");
    }

    @Test
    void aTableThatIsThereIsNotMadeAgainByABatchWithoutRows() throws Exception {
        ingest(BulkIngestMode.CREATE, ints(1));
        fails(AdbcStatusCode.ALREADY_EXISTS, () -> ingest(BulkIngestMode.CREATE, ints()));
        ingest(BulkIngestMode.APPEND, ints());
        assertThat(query("SELECT * FROM bulktable")).containsExactly("1");
    }

    @Test
    void aTableThatIsMadeBelongsToTheTransaction() throws Exception {
        connection().setAutoCommit(false);
        ingest(BulkIngestMode.CREATE, ints(1, 2));
        assertThat(query("SELECT * FROM bulktable")).containsExactly("1", "2");
        connection().rollback();
        fails(AdbcStatusCode.NOT_FOUND, () -> query("SELECT * FROM bulktable"));
        connection().rollback();
        ingest(BulkIngestMode.CREATE, ints(3));
        connection().commit();
        ingest(BulkIngestMode.APPEND, ints(4));
        connection().setAutoCommit(true);
        try (AdbcConnection another = database().connect();
                AdbcStatement statement = another.createStatement()) {
            statement.setSqlQuery("SELECT * FROM bulktable");
            assertThat(values(statement)).containsExactly("3", "4");
        }
    }

    @Test
    void autoCommitIsWhatItWasSetTo() throws Exception {
        for (boolean value : new boolean[] {true, false, true}) {
            connection().setAutoCommit(value);
            assertThat(connection().getAutoCommit()).isEqualTo(value);
        }
    }

    @Test
    void theSessionsOwnCatalogCanBeSet() throws Exception {
        connection().setCurrentCatalog("demo");
        assertThat(connection().getCurrentCatalog()).isEqualTo("demo");
    }

    @Test
    void aPreparedQueryHasTheSchemaThatItsRowsHave() throws Exception {
        ingest(BulkIngestMode.CREATE, fourRows());
        try (AdbcStatement statement = connection().createStatement()) {
            statement.setSqlQuery("SELECT strs FROM bulktable WHERE ints = @p1");
            statement.prepare();
            assertThat(types(statement.getParameterSchema())).containsExactly("@p1 Int(32, true)");
            Schema described = statement.executeSchema();
            assertThat(types(described)).containsExactly("strs Utf8");
            try (VectorSchemaRoot one = ints(1)) {
                statement.bind(one);
                assertThat(statement.executeSchema()).isEqualTo(described);
                try (AdbcStatement.QueryResult result = statement.executeQuery()) {
                    assertThat(result.getReader().getVectorSchemaRoot().getSchema())
                            .isEqualTo(described);
                }
            }
        }
    }

    @Test
    void aQueryRunsWithEachRowThatIsBound() throws Exception {
        ingest(BulkIngestMode.CREATE, fourRows());
        try (AdbcStatement statement = connection().createStatement();
                VectorSchemaRoot parameters = ints(1, 7, 2, null)) {
            statement.setSqlQuery("SELECT * FROM bulktable WHERE ints = @p1");
            statement.prepare();
            statement.bind(parameters);
            try (AdbcStatement.QueryResult result = statement.executeQuery()) {
                ArrowReader reader = result.getReader();
                VectorSchemaRoot root = reader.getVectorSchemaRoot();
                // The values were taken; others do not change what runs.
                ((IntVector) parameters.getVector(0)).setSafe(2, 1);
                assertThat(reader.loadNextBatch()).isTrue();
                assertThat(root.contentToTSVString()).isEqualTo("ints\tstrs\n1\tfoo\n");
                assertThat(reader.loadNextBatch()).isTrue();
                assertThat(root.contentToTSVString()).isEqualTo("ints\tstrs\n2\t\n");
                assertThat(reader.loadNextBatch()).isFalse();
                assertThat(reader.loadNextBatch()).isFalse();
            }
            assertThat(query("SELECT 1 AS a")).containsExactly("1");
            try (VectorSchemaRoot others = ints(0)) {
                statement.bind(others);
                assertThat(values(statement)).containsExactly("0 null");
            }
            try (VectorSchemaRoot none = ints()) {
                statement.bind(none);
                fails(AdbcStatusCode.INVALID_ARGUMENT, statement::executeQuery);
            }
        }
    }

    @Test
    void whatIsNotReadIsGivenUp() throws Exception {
        ingest(BulkIngestMode.CREATE, fourRows());
        try (AdbcStatement statement = connection().createStatement();
                VectorSchemaRoot parameters = ints(1, 2)) {
            statement.setSqlQuery("SELECT a.* FROM bulktable a, bulktable b, bulktable c WHERE a.ints = @p1");
            statement.bind(parameters);
            statement.executeQuery().close();
            assertThat(query("SELECT 1 AS a")).containsExactly("1");
            AdbcStatement.QueryResult half = statement.executeQuery();
            assertThat(half.getReader().loadNextBatch()).isTrue();
        }
        assertThat(query("SELECT 1 AS a")).containsExactly("1");
    }

    @Test
    void anErrorOfALaterRowIsToldWhenItsTurnComes() throws Exception {
        try (AdbcStatement statement = connection().createStatement();
                VectorSchemaRoot parameters = ints(5, 0)) {
            statement.setSqlQuery("SELECT 10 / @p1 AS q");
            statement.bind(parameters);
            try (AdbcStatement.QueryResult result = statement.executeQuery()) {
                assertThat(result.getReader().loadNextBatch()).isTrue();
                assertThatThrownBy(() -> {
                            while (result.getReader().loadNextBatch()) {
                                // until its turn comes
                            }
                        })
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("zero");
            }
            assertThat(query("SELECT 1 AS a")).containsExactly("1");
        }
    }

    @Test
    void aQueryWhoseColumnsDependOnTheRowIsRefused() throws Exception {
        try (AdbcStatement statement = connection().createStatement();
                VectorSchemaRoot parameters = ints(0, 1)) {
            statement.setSqlQuery("IF @p1 = 0 SELECT 1 AS a ELSE SELECT N'x' AS b");
            statement.bind(parameters);
            try (AdbcStatement.QueryResult result = statement.executeQuery()) {
                assertThat(result.getReader().loadNextBatch()).isTrue();
                assertThatThrownBy(() -> result.getReader().loadNextBatch())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("other columns");
            }
        }
    }

    @Test
    void aPatternChoosesCatalogsAtTheirDepthToo() throws Exception {
        try (ArrowReader reader = connection().getObjects(GetObjectsDepth.CATALOGS, "demo", null, null, null, null)) {
            assertThat(values(reader)).containsExactly("demo null");
        }
    }

    @Test
    void keysOfSeveralColumnsAreTold() throws Exception {
        run(
                "CREATE TABLE dbo.foo (ints int NOT NULL, strs nvarchar(9) NOT NULL, more int NULL, CONSTRAINT table_pk PRIMARY"
                        + " KEY (ints, strs), CONSTRAINT table_un UNIQUE (strs, more))");
        try (ArrowReader reader =
                connection().getObjects(GetObjectsDepth.ALL, "demo", "dbo", "foo", new String[] {"TABLE"}, null)) {
            assertThat(reader.loadNextBatch()).isTrue();
            List<?> schemas =
                    (List<?>) reader.getVectorSchemaRoot().getVector(1).getObject(0);
            List<?> tables = (List<?>) ((Map<?, ?>) schemas.get(0)).get("db_schema_tables");
            List<?> constraints = (List<?>) ((Map<?, ?>) tables.get(0)).get("table_constraints");
            assertThat(constraints)
                    .extracting(each -> ((Map<?, ?>) each).get("constraint_name") + " "
                            + ((Map<?, ?>) each).get("constraint_type") + " "
                            + ((Map<?, ?>) each).get("constraint_column_names"))
                    .containsExactly("table_pk PRIMARY KEY [\"ints\",\"strs\"]", "table_un UNIQUE [\"strs\",\"more\"]");
        }
    }
}
