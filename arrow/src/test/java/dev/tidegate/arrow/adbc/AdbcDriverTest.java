package dev.tidegate.arrow.adbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcInfoCode;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.core.AdbcStatusCode;
import org.apache.arrow.adbc.core.BulkIngestMode;
import org.apache.arrow.adbc.core.IsolationLevel;
import org.apache.arrow.adbc.core.StandardSchemas;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** The driver against the embedded server. */
// The interface lets close() throw every exception, InterruptedException included.
@SuppressWarnings("try")
class AdbcDriverTest extends OnAdbcConnection {
    private static final Schema IDS_AND_NAMES = new Schema(List.of(
            new Field("id", FieldType.notNullable(new ArrowType.Int(32, true)), List.of()),
            new Field("name", FieldType.nullable(ArrowType.Utf8.INSTANCE), List.of())));

    private VectorSchemaRoot batch(Schema schema, int first, String... names) {
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
        for (int i = 0; i < names.length; i++) {
            ((IntVector) root.getVector(0)).setSafe(i, first + i);
            if (names[i] != null) {
                ((VarCharVector) root.getVector(1)).setSafe(i, names[i].getBytes(StandardCharsets.UTF_8));
            }
        }
        root.setRowCount(names.length);
        return root;
    }

    private long ingest(BulkIngestMode mode, VectorSchemaRoot batch) throws Exception {
        try (batch;
                AdbcStatement statement = connection().bulkIngest("dbo.items", mode)) {
            statement.bind(batch);
            return statement.executeUpdate().getAffectedRows();
        }
    }

    @Test
    void whatCannotBeOpenedIsRefused() {
        TidegateAdbcDriver driver = new TidegateAdbcDriver(allocator);
        fails(AdbcStatusCode.INVALID_ARGUMENT, () -> driver.open(Map.of()));
        fails(AdbcStatusCode.INVALID_ARGUMENT, () -> driver.open(Map.of("uri", "postgresql://somewhere")));
        fails(
                AdbcStatusCode.INVALID_ARGUMENT,
                () -> driver.open(Map.of("uri", "mssql://localhost/demo", "noSuchProperty", "1")));
        assertThatThrownBy(() -> driver.open(parameters("wrong")).connect())
                .isInstanceOfSatisfying(AdbcException.class, e -> {
                    assertThat(e.getStatus()).isEqualTo(AdbcStatusCode.UNAUTHENTICATED);
                    assertThat(e.getSqlState()).isEqualTo("28000");
                    assertThat(e.getVendorCode()).isEqualTo(18456);
                    assertThat(e.getMessage()).doesNotContain("wrong");
                });
    }

    @Test
    void statementsRunAndCount() throws Exception {
        assertThat(update("CREATE TABLE items (id INT PRIMARY KEY, name NVARCHAR(20))"))
                .isEqualTo(-1);
        assertThat(update("INSERT INTO items VALUES (1, N'one'), (2, NULL)")).isEqualTo(2);
        assertThat(query("SELECT * FROM items ORDER BY id")).containsExactly("1 one", "2 null");
        fails(AdbcStatusCode.INTEGRITY, () -> update("INSERT INTO items VALUES (1, N'again')"));
        fails(AdbcStatusCode.NOT_FOUND, () -> query("SELECT * FROM nowhere"));
        fails(AdbcStatusCode.ALREADY_EXISTS, () -> update("CREATE TABLE items (id INT)"));
        fails(AdbcStatusCode.INVALID_ARGUMENT, () -> query("DELETE FROM items"));
        try (AdbcStatement statement = connection().createStatement()) {
            fails(AdbcStatusCode.INVALID_STATE, statement::executeQuery);
            fails(AdbcStatusCode.INVALID_STATE, statement::prepare);
            fails(AdbcStatusCode.INVALID_STATE, statement::executePartitioned);
            fails(AdbcStatusCode.INVALID_STATE, statement::executeSchema);
            fails(AdbcStatusCode.INVALID_STATE, statement::getParameterSchema);
        }
    }

    @Test
    void oneQueryRunsAtATimeAndClosingItFreesTheConnection() throws Exception {
        try (AdbcStatement statement = connection().createStatement()) {
            statement.setSqlQuery("SELECT 1 AS a");
            statement.executeQuery();
            fails(AdbcStatusCode.INVALID_STATE, () -> query("SELECT 2 AS b"));
        }
        assertThat(query("SELECT 2 AS b")).containsExactly("2");
    }

    @Test
    void parametersGoByPlaceOrByName() throws Exception {
        update("CREATE TABLE items (id INT PRIMARY KEY, name NVARCHAR(20))");
        try (AdbcStatement statement = connection().createStatement();
                VectorSchemaRoot rows = batch(IDS_AND_NAMES, 1, "one", null, "drei")) {
            statement.setSqlQuery("INSERT INTO items VALUES (@p1, @p2)");
            statement.prepare();
            statement.bind(rows);
            assertThat(statement.executeUpdate().getAffectedRows()).isEqualTo(3);
            // All together or none: the first row of these is new, the last is not.
            try (VectorSchemaRoot other = batch(IDS_AND_NAMES, 0, "zero", "again")) {
                statement.bind(other);
                fails(AdbcStatusCode.INTEGRITY, statement::executeUpdate);
            }
        }
        assertThat(query("SELECT * FROM items ORDER BY id")).containsExactly("1 one", "2 null", "3 drei");
        Schema named =
                new Schema(List.of(new Field("@least", FieldType.nullable(new ArrowType.Int(32, true)), List.of())));
        try (AdbcStatement statement = connection().createStatement();
                VectorSchemaRoot one = VectorSchemaRoot.create(named, allocator)) {
            ((IntVector) one.getVector(0)).setSafe(0, 3);
            one.setRowCount(1);
            statement.setSqlQuery("SELECT name FROM items WHERE id >= @least");
            statement.bind(one);
            assertThat(values(statement)).containsExactly("drei");
        }
    }

    @Test
    void aBatchIsIngestedInEachMode() throws Exception {
        fails(AdbcStatusCode.NOT_FOUND, () -> ingest(BulkIngestMode.APPEND, batch(IDS_AND_NAMES, 1, "a")));
        assertThat(ingest(BulkIngestMode.CREATE, batch(IDS_AND_NAMES, 1, "a", null)))
                .isEqualTo(2);
        fails(AdbcStatusCode.ALREADY_EXISTS, () -> ingest(BulkIngestMode.CREATE, batch(IDS_AND_NAMES, 9, "x")));
        assertThat(ingest(BulkIngestMode.APPEND, batch(IDS_AND_NAMES, 3, "c"))).isEqualTo(1);
        assertThat(ingest(BulkIngestMode.CREATE_APPEND, batch(IDS_AND_NAMES, 4, "d")))
                .isEqualTo(1);
        assertThat(query("SELECT * FROM items ORDER BY id")).containsExactly("1 a", "2 null", "3 c", "4 d");
        assertThat(ingest(BulkIngestMode.REPLACE, batch(IDS_AND_NAMES, 7, "g"))).isEqualTo(1);
        assertThat(query("SELECT * FROM items")).containsExactly("7 g");
        try (AdbcStatement statement = connection().bulkIngest("dbo.items", BulkIngestMode.APPEND)) {
            fails(AdbcStatusCode.INVALID_STATE, statement::executeUpdate);
            fails(AdbcStatusCode.INVALID_STATE, statement::executeQuery);
        }
        try (AdbcStatement statement = connection().bulkIngest("a.b.c.d", BulkIngestMode.APPEND);
                VectorSchemaRoot batch = batch(IDS_AND_NAMES, 1, "a")) {
            statement.bind(batch);
            fails(AdbcStatusCode.INVALID_ARGUMENT, statement::executeUpdate);
        }
    }

    @Test
    void transactionsAreTheCallers() throws Exception {
        update("CREATE TABLE items (id INT PRIMARY KEY, name NVARCHAR(20))");
        fails(AdbcStatusCode.INVALID_STATE, connection()::commit);
        fails(AdbcStatusCode.INVALID_STATE, connection()::rollback);
        assertThat(connection().getAutoCommit()).isTrue();
        connection().setAutoCommit(false);
        connection().commit();
        update("INSERT INTO items VALUES (1, N'one')");
        connection().rollback();
        assertThat(query("SELECT * FROM items")).isEmpty();
        update("INSERT INTO items VALUES (1, N'one')");
        ingest(BulkIngestMode.APPEND, batch(IDS_AND_NAMES, 2, "two"));
        connection().commit();
        ingest(BulkIngestMode.APPEND, batch(IDS_AND_NAMES, 3, "three"));
        connection().rollback();
        update("INSERT INTO items VALUES (4, N'four')");
        connection().setAutoCommit(true);
        assertThat(query("SELECT id FROM items ORDER BY id")).containsExactly("1", "2", "4");
    }

    @Test
    void theSessionTellsAndTakesItsSettings() throws Exception {
        assertThat(connection().getCurrentCatalog()).isEqualTo("demo");
        assertThat(connection().getIsolationLevel()).isEqualTo(IsolationLevel.DEFAULT);
        connection().setIsolationLevel(IsolationLevel.SERIALIZABLE);
        assertThat(connection().getIsolationLevel()).isEqualTo(IsolationLevel.SERIALIZABLE);
        fails(AdbcStatusCode.NOT_IMPLEMENTED, () -> connection().setIsolationLevel(IsolationLevel.LINEARIZABLE));
        assertThat(connection().getReadOnly()).isFalse();
        connection().setReadOnly(false);
        fails(AdbcStatusCode.NOT_IMPLEMENTED, () -> connection().setReadOnly(true));
        fails(AdbcStatusCode.NOT_FOUND, () -> connection().setCurrentCatalog("no]where"));
    }

    @Test
    void driverAndServerSayWhoTheyAre() throws Exception {
        try (ArrowReader info = connection().getInfo()) {
            assertThat(info.getVectorSchemaRoot().getSchema()).isEqualTo(StandardSchemas.GET_INFO_SCHEMA);
            assertThat(values(info))
                    .hasSize(8)
                    .contains("0 Microsoft SQL Server", "3 true", "4 false", "100 Tidegate ADBC driver", "103 1001000");
        }
        try (ArrowReader info = connection()
                .getInfo(new AdbcInfoCode[] {AdbcInfoCode.DRIVER_NAME, AdbcInfoCode.VENDOR_SUBSTRAIT_MIN_VERSION})) {
            assertThat(values(info)).containsExactly("100 Tidegate ADBC driver");
        }
        try (ArrowReader types = connection().getTableTypes()) {
            assertThat(types.getVectorSchemaRoot().getSchema()).isEqualTo(StandardSchemas.TABLE_TYPES_SCHEMA);
            assertThat(values(types)).containsExactly("TABLE", "VIEW");
        }
    }

    @Test
    void aTableHasTheSchemaThatAQueryOfItWouldHave() throws Exception {
        update("CREATE TABLE dbo.[odd]]name] (id INT NOT NULL, price DECIMAL(9,2) NULL)");
        for (String[] place : new String[][] {{null, null}, {null, "dbo"}, {"demo", "dbo"}, {"demo", null}}) {
            Schema schema = connection().getTableSchema(place[0], place[1], "odd]name");
            assertThat(schema.getFields()).extracting(Field::getName).containsExactly("id", "price");
            assertThat(schema.getFields().get(1).getType()).isEqualTo(new ArrowType.Decimal(9, 2, 128));
            assertThat(schema.getFields().get(0).isNullable()).isFalse();
        }
        fails(AdbcStatusCode.NOT_FOUND, () -> connection().getTableSchema(null, null, "nowhere"));
    }

    @Test
    void aStatementIsCancelledFromAnotherThread() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Long> waiting = other.submit(() -> update("WAITFOR DELAY '00:10:00'"));
            while (!waiting.isDone()) {
                // Until it has begun there is nothing to cancel.
                connection().cancel();
                Thread.sleep(10);
            }
            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            AdbcException.class, e -> assertThat(e.getStatus()).isEqualTo(AdbcStatusCode.CANCELLED));
            assertThat(query("SELECT 1 AS a")).containsExactly("1");
        } finally {
            other.shutdown();
        }
    }

    @Test
    void aConnectionThatIsCutIsAnErrorOfTheLine() throws Exception {
        server().close();
        fails(AdbcStatusCode.IO, () -> query("SELECT 1 AS a"));
    }
}
