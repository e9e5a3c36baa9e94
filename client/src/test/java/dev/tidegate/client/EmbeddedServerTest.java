package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Tls;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a whole server: what the scripted peers cannot show. */
@Timeout(120)
class EmbeddedServerTest {
    @TempDir
    static Path folder;

    private static EmbeddedSqlServer server;
    private static TestCertificate certificate;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.make(folder, "CN=tidegate", List.of("dns:localhost", "ip:127.0.0.1"));
        server = EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .login("sa", "Secret-1")
                .tls(Tls.certificate(certificate.pem(), certificate.keyPem()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "strict"})
    void connectsInEveryManner(String encrypt) throws Exception {
        ConnectionSettings.Builder settings = settings(encrypt);
        if (encrypt.equals("strict")) {
            settings.set(ConnectionProperty.TRUST_SERVER_CERTIFICATE, "false")
                    .set(
                            ConnectionProperty.SERVER_CERTIFICATE,
                            certificate.pem().toString());
        }
        try (TdsConnection connection = TdsConnection.open(settings.build())) {
            assertThat(connection.serverInfo().encrypted()).isEqualTo(!encrypt.equals("false"));
            assertThat(connection.database()).isEqualTo("demo");
            assertThat(query(connection, "SELECT 1 AS one, N'zwei' AS two")).containsExactly(List.of(1, "zwei"));
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() ->
                        TdsConnection.open(settings("true").login("sa", "wrong").build()))
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class);
    }

    @Test
    void aSelfSignedCertificateIsRefusedUnlessItIsNamed() throws Exception {
        ConnectionSettings.Builder settings =
                settings("true").set(ConnectionProperty.TRUST_SERVER_CERTIFICATE, "false");
        assertThatThrownBy(() -> TdsConnection.open(settings.build()))
                .hasMessageContaining("is not trusted")
                .hasMessageContaining("trustStore");
        settings.set(ConnectionProperty.TRUST_STORE, certificate.pem().toString())
                .set(ConnectionProperty.TRUST_STORE_TYPE, "PEM");
        TdsConnection.open(settings.build()).close();
        settings.set(ConnectionProperty.HOST_NAME_IN_CERTIFICATE, "other.example.com");
        assertThatThrownBy(() -> TdsConnection.open(settings.build()))
                .hasMessageContaining("not for 'other.example.com'");
    }

    @Test
    void runsStatementsParametersAndErrors() throws Exception {
        try (TdsConnection connection = TdsConnection.open(settings("false").build())) {
            run(connection, "CREATE TABLE dbo.items (id INT PRIMARY KEY, name NVARCHAR(20), price DECIMAL(10,2))");
            ProcedureCall insert = ProcedureCall.byId(
                    ProcedureCall.SP_EXECUTESQL,
                    List.of(
                            Parameter.in(nvarchar(), "INSERT INTO dbo.items VALUES (@id, @name, @price)"),
                            Parameter.in(nvarchar(), "@id int, @name nvarchar(20), @price decimal(10,2)"),
                            Parameter.in("@id", TypeInfo.integer(), 1),
                            Parameter.in("@name", TypeInfo.nvarchar(20, Collation.DEFAULT), "näme"),
                            Parameter.in("@price", TypeInfo.decimal(10, 2), new BigDecimal("9.99"))));
            try (Response response = connection.call(insert, RequestOptions.DEFAULTS)) {
                assertThat(response.next()).isEqualTo(new Item.UpdateCount(1));
                response.finish();
            }
            assertThat(query(connection, "SELECT id, name, price FROM dbo.items"))
                    .containsExactly(List.of(1, "näme", new BigDecimal("9.99")));
            try (Response response = connection.call(insert, RequestOptions.DEFAULTS)) {
                assertThatThrownBy(response::finish)
                        .isInstanceOf(SQLIntegrityConstraintViolationException.class)
                        .satisfies(e -> assertThat(DatabaseError.of(e)
                                        .orElseThrow()
                                        .serverMessage()
                                        .number())
                                .isEqualTo(2627));
            }
            assertThatThrownBy(() -> run(connection, "SELECT * FROM dbo.nothing"))
                    .satisfies(
                            e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(208));
        }
    }

    @Test
    void transactionsAndSavepoints() throws Exception {
        try (TdsConnection connection = TdsConnection.open(settings("false").build())) {
            run(connection, "CREATE TABLE dbo.tx (id INT)");
            connection.begin(IsolationLevel.READ_COMMITTED);
            assertThat(connection.inTransaction()).isTrue();
            run(connection, "INSERT INTO dbo.tx VALUES (1)");
            connection.save("a");
            run(connection, "INSERT INTO dbo.tx VALUES (2)");
            connection.rollbackTo("a");
            assertThat(connection.inTransaction()).isTrue();
            connection.commit();
            assertThat(connection.inTransaction()).isFalse();
            connection.begin(IsolationLevel.CURRENT);
            run(connection, "INSERT INTO dbo.tx VALUES (3)");
            connection.rollback();
            assertThat(query(connection, "SELECT id FROM dbo.tx")).containsExactly(List.of(1));
        }
    }

    @Test
    void bulkLoadsThroughTheWireAndReadsColumnsBack() throws Exception {
        try (TdsConnection connection = TdsConnection.open(settings("true").build())) {
            run(
                    connection,
                    "CREATE TABLE dbo.loaded (id INT NOT NULL PRIMARY KEY, name NVARCHAR(10), amount DECIMAL(9,2))");
            try (BulkLoad load = connection.bulkLoad("dbo.loaded", BulkLoadOptions.DEFAULTS)) {
                for (int i = 0; i < 5_000; i++) {
                    load.writeRow(i, i % 10 == 0 ? null : "name " + i % 7, BigDecimal.valueOf(i, 2));
                }
                assertThat(load.finish()).isEqualTo(5_000);
            }
            assertThat(connection.inTransaction()).isFalse();
            RecordingSink ids = new RecordingSink();
            RecordingSink names = new RecordingSink();
            try (Response response = connection.execute("SELECT id, name, amount FROM dbo.loaded ORDER BY id")) {
                assertThat(response.next()).isInstanceOf(Item.Rows.class);
                int total = 0;
                for (int rows = -1; rows != 0; total += rows) {
                    rows = response.readColumns(new ColumnSink[] {ids, names, null}, 2_048);
                }
                assertThat(total).isEqualTo(5_000);
                assertThat(response.next()).isNull();
            }
            assertThat(ids.values()).hasSize(5_000).startsWith("0", "1").endsWith("4999");
            assertThat(names.values()).startsWith(null, "name 1");

            try (BulkLoad load = connection.bulkLoad("dbo.loaded", BulkLoadOptions.DEFAULTS)) {
                load.writeRow(50_000, "x", null);
                load.writeRow(1, "duplicate", null);
                assertThatThrownBy(load::finish).isInstanceOf(SQLIntegrityConstraintViolationException.class);
            }
            try (BulkLoad load = connection.bulkLoad("dbo.loaded", BulkLoadOptions.DEFAULTS)) {
                load.writeRow(60_000, "x", null);
                assertThatThrownBy(() -> load.writeRow(60_001, "much too long a name", null))
                        .hasMessageContaining("row 2, column [name]");
            }
            try (BulkLoad load = connection.bulkLoad("dbo.loaded", BulkLoadOptions.DEFAULTS)) {
                load.writeRow(70_000, "x", null);
            }
            assertThat(query(connection, "SELECT COUNT(*) FROM dbo.loaded")).containsExactly(List.of(5_000));
        }
    }

    @Test
    void aLoadRunsInItsCallersTransaction() throws Exception {
        try (TdsConnection connection = TdsConnection.open(settings("false").build())) {
            run(connection, "CREATE TABLE dbo.joined (id INT)");
            connection.begin(IsolationLevel.CURRENT);
            try (BulkLoad load = connection.bulkLoad("dbo.joined", BulkLoadOptions.DEFAULTS)) {
                load.writeRow(1);
                assertThat(load.finish()).isEqualTo(1);
            }
            assertThat(query(connection, "SELECT COUNT(*) FROM dbo.joined")).containsExactly(List.of(1));
            connection.rollback();
            assertThat(query(connection, "SELECT COUNT(*) FROM dbo.joined")).containsExactly(List.of(0));
        }
    }

    @Test
    void aTimeoutStopsARunningQueryAndTheConnectionGoesOn() throws Exception {
        String slow = "WITH d AS (SELECT n FROM (VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)) v(n))"
                + " SELECT COUNT(*) FROM d a, d b, d c, d e, d f, d g, d h, d i, d j, d k, d l";
        try (TdsConnection connection = TdsConnection.open(settings("false").build())) {
            try (Response response = connection.execute(slow, new RequestOptions(Duration.ofMillis(300)))) {
                assertThatThrownBy(response::finish).isInstanceOf(SQLTimeoutException.class);
            }
            assertThat(connection.isValid(Duration.ofSeconds(30))).isTrue();
        }
    }

    @Test
    void aClosedHalfReadResultLeavesTheConnectionReady() throws Exception {
        try (TdsConnection connection = TdsConnection.open(settings("false").build())) {
            String many = "WITH d AS (SELECT n FROM (VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)) v(n))"
                    + " SELECT a.n, N'some text to fill the packets' FROM d a, d b, d c, d e, d f";
            for (int i = 0; i < 5; i++) {
                Response response = connection.execute(many);
                response.next();
                assertThat(response.nextRow()).isTrue();
                response.close();
                assertThat(query(connection, "SELECT " + i)).containsExactly(List.of(i));
            }
        }
    }

    private static TypeInfo nvarchar() {
        return TypeInfo.nvarchar(4_000, Collation.DEFAULT);
    }

    private static ConnectionSettings.Builder settings(String encrypt) {
        ConnectionSettings.Builder settings = ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(server.port())
                .database("demo")
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, encrypt);
        return encrypt.equals("true") ? settings.set(ConnectionProperty.TRUST_SERVER_CERTIFICATE, "true") : settings;
    }

    private static void run(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            response.finish();
        }
    }

    @Test
    void loadsJsonAndVectorsAsTheirTypes() throws Exception {
        try (TdsConnection connection = TdsConnection.open(settings("true").build())) {
            run(connection, "CREATE TABLE dbo.documents (id INT NOT NULL, j JSON, v VECTOR(3))");
            float[] vector = {1.5f, -0.1f, 1e30f};
            String json = "{\"a\": \"日本\", \"b\": [" + "1, ".repeat(10_000) + "2]}";
            try (BulkLoad load = connection.bulkLoad("dbo.documents", BulkLoadOptions.DEFAULTS)) {
                load.writeRow(1, json, vector);
                load.writeRow(2, null, null);
                assertThat(load.finish()).isEqualTo(2);
            }
            List<List<Object>> rows = query(connection, "SELECT j, v FROM dbo.documents ORDER BY id");
            assertThat(rows.get(0).get(0)).isEqualTo(json);
            assertThat((float[]) rows.get(0).get(1)).containsExactly(vector);
            assertThat(rows.get(1)).containsExactly(null, null);
            try (BulkLoad load = connection.bulkLoad("dbo.documents", BulkLoadOptions.DEFAULTS)) {
                load.writeRow(3, "{", null);
                assertThatThrownBy(load::finish)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(13609));
            }
        }
    }

    @Test
    void loadsVariantsWithTheirTypes() throws Exception {
        List<SqlVariant> variants = List.of(
                SqlVariant.of(7),
                new SqlVariant(TypeInfo.tinyint(), (short) 200),
                new SqlVariant(TypeInfo.decimal(9, 3), new BigDecimal("1.500")),
                new SqlVariant(TypeInfo.varchar(30, Collation.DEFAULT), "Größe"),
                new SqlVariant(TypeInfo.datetimeoffset(3), OffsetDateTime.parse("2024-02-29T01:02:03.123+05:30")),
                new SqlVariant(TypeInfo.smallmoney(), new BigDecimal("-1.2500")),
                SqlVariant.of(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef")),
                SqlVariant.of(new byte[] {1, 0}));
        try (TdsConnection connection = TdsConnection.open(settings("true").build())) {
            run(connection, "CREATE TABLE dbo.variants (id INT NOT NULL, v SQL_VARIANT)");
            try (BulkLoad load = connection.bulkLoad("dbo.variants", BulkLoadOptions.DEFAULTS)) {
                for (int i = 0; i < variants.size(); i++) {
                    load.writeRow(i, variants.get(i));
                }
                load.writeRow(variants.size(), null);
                assertThat(load.finish()).isEqualTo(variants.size() + 1);
            }
            List<List<Object>> rows = query(connection, "SELECT v FROM dbo.variants WHERE v IS NOT NULL ORDER BY id");
            // by their text: the same type has another token in a variant than in a column
            assertThat(rows)
                    .extracting(row -> row.get(0).toString())
                    .containsExactlyElementsOf(
                            variants.stream().map(SqlVariant::toString).toList());
        }
    }

    private static List<List<Object>> query(TdsConnection connection, String sql) throws Exception {
        List<List<Object>> rows = new ArrayList<>();
        try (Response response = connection.execute(sql)) {
            Item.Rows described = (Item.Rows) response.next();
            List<Column> columns = described.columns();
            while (response.nextRow()) {
                Object[] row = new Object[columns.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = response.row().getObject(i);
                }
                rows.add(Arrays.asList(row));
            }
            response.finish();
        }
        return rows;
    }
}
