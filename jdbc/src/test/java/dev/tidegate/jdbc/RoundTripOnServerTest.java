package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The driver and the embedded server, end to end. */
class RoundTripOnServerTest extends OnEmbeddedServer {
    @Test
    void valuesOfEveryTypeGoThereAndBack() throws SQLException {
        run("CREATE TABLE v (id int NOT NULL PRIMARY KEY, b bit, ti tinyint, si smallint, bi bigint, r real, f float,"
                + " d decimal(20,4), m money, dt date, t time(7), dt2 datetime2(7), dto datetimeoffset(7),"
                + " vc varchar(50), nvm nvarchar(max), vb varbinary(max), u uniqueidentifier)");
        UUID uuid = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        LocalDateTime time = LocalDateTime.parse("2024-02-29T23:59:59.1234567");
        OffsetDateTime moment = OffsetDateTime.parse("2024-02-29T23:59:59.1234567+05:30");
        String text = "ünï\uD83D\uDE00".repeat(3000);
        try (PreparedStatement insert =
                connection().prepareStatement("INSERT INTO v VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            insert.setInt(1, 1);
            insert.setBoolean(2, true);
            insert.setShort(3, (short) 200);
            insert.setShort(4, (short) -5);
            insert.setLong(5, Long.MIN_VALUE);
            insert.setFloat(6, 1.5f);
            insert.setDouble(7, Math.PI);
            insert.setBigDecimal(8, new BigDecimal("-1234567890.1234"));
            insert.setBigDecimal(9, new BigDecimal("922337203685477.5807"));
            insert.setObject(10, LocalDate.of(1, 1, 1));
            insert.setObject(11, LocalTime.parse("12:34:56.7654321"));
            insert.setObject(12, time);
            insert.setObject(13, moment);
            insert.setString(14, "text");
            insert.setString(15, text);
            insert.setBytes(16, new byte[100_000]);
            insert.setObject(17, uuid);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 2);
            int[] types = {
                Types.BIT,
                Types.TINYINT,
                Types.SMALLINT,
                Types.BIGINT,
                Types.REAL,
                Types.DOUBLE,
                Types.DECIMAL,
                Types.DECIMAL,
                Types.DATE,
                Types.TIME,
                Types.TIMESTAMP,
                Types.TIMESTAMP_WITH_TIMEZONE,
                Types.VARCHAR,
                Types.NVARCHAR,
                Types.VARBINARY,
                Types.CHAR
            };
            for (int i = 0; i < types.length; i++) {
                insert.setNull(i + 2, types[i]);
            }
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM v ORDER BY id")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getBoolean("b")).isTrue();
            assertThat(result.getInt("ti")).isEqualTo(200);
            assertThatThrownBy(() -> result.getByte("ti")).hasMessageContaining("200");
            assertThat(result.getShort("si")).isEqualTo((short) -5);
            assertThat(result.getLong("bi")).isEqualTo(Long.MIN_VALUE);
            assertThatThrownBy(() -> result.getInt("bi")).hasMessageContaining("does not fit int");
            assertThat(result.getFloat("r")).isEqualTo(1.5f);
            assertThat(result.getDouble("f")).isEqualTo(Math.PI);
            assertThat(result.getBigDecimal("d")).isEqualByComparingTo("-1234567890.1234");
            assertThat(result.getBigDecimal("m")).isEqualByComparingTo("922337203685477.5807");
            assertThat(result.getObject("dt", LocalDate.class)).isEqualTo(LocalDate.of(1, 1, 1));
            assertThat(result.getObject("t", LocalTime.class)).isEqualTo(LocalTime.parse("12:34:56.7654321"));
            assertThat(result.getObject("dt2", LocalDateTime.class)).isEqualTo(time);
            assertThat(result.getTimestamp("dt2")).isEqualTo(Timestamp.valueOf(time));
            assertThat(result.getObject("dto", OffsetDateTime.class)).isEqualTo(moment);
            assertThat(result.getString("vc")).isEqualTo("text");
            assertThat(result.getString("nvm")).isEqualTo(text);
            assertThat(result.getBytes("vb")).hasSize(100_000);
            assertThat(result.getObject("u", UUID.class)).isEqualTo(uuid);
            assertThat(result.next()).isTrue();
            for (int i = 2; i <= 17; i++) {
                assertThat(result.getObject(i)).isNull();
                assertThat(result.wasNull()).isTrue();
            }
            ResultSetMetaData columns = result.getMetaData();
            assertThat(columns.getColumnTypeName(8)).isEqualTo("decimal");
            assertThat(columns.getPrecision(8)).isEqualTo(20);
            assertThat(columns.getScale(8)).isEqualTo(4);
            assertThat(columns.getColumnType(13)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }

    @Test
    void aSqlVariantIsReadAsTheTypeOfEachValue() throws SQLException {
        run(
                "CREATE TABLE variants (id int PRIMARY KEY, v sql_variant)",
                "INSERT INTO variants VALUES (1, 7), (2, 1.50), (3, N'text'), (4, NULL), (5, CAST('2024-02-29' AS date)),"
                        + " (6, CAST('01234567-89ab-cdef-0123-456789abcdef' AS uniqueidentifier)), (7, 0x0102)");
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT v FROM variants ORDER BY id")) {
            List<Object> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getObject(1));
            }
            assertThat(values)
                    .containsExactly(
                            7,
                            new BigDecimal("1.50"),
                            "text",
                            null,
                            java.sql.Date.valueOf("2024-02-29"),
                            "01234567-89AB-CDEF-0123-456789ABCDEF",
                            new byte[] {1, 2});
            assertThat(result.getMetaData().getColumnTypeName(1)).isEqualTo("sql_variant");
        }
        try (PreparedStatement select = connection()
                .prepareStatement("SELECT CAST(SQL_VARIANT_PROPERTY(v, 'BaseType') AS sysname), CAST(v AS nvarchar(20))"
                        + " FROM variants WHERE v = ?")) {
            select.setBigDecimal(1, new BigDecimal("7.0"));
            try (ResultSet result = select.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString(1)).isEqualTo("int");
                assertThat(result.getString(2)).isEqualTo("7");
                assertThat(result.next()).isFalse();
            }
        }
    }

    @Test
    void jsonAndVectorsTravelAsTheirTypes() throws SQLException {
        run("CREATE TABLE documents (id int PRIMARY KEY, j json, v vector(2))");
        int json = -159;
        int vector = -160;
        try (PreparedStatement insert = connection().prepareStatement("INSERT INTO documents VALUES (?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setString(2, "{\"a\": \"日本\"}");
            insert.setObject(3, new float[] {1.5f, -0.1f});
            insert.executeUpdate();
            insert.setInt(1, 2);
            insert.setObject(2, "[]", json);
            insert.setObject(3, "[1,2]", vector);
            insert.executeUpdate();
            insert.setInt(1, 3);
            insert.setNull(2, json);
            insert.setNull(3, vector);
            insert.executeUpdate();
            insert.setInt(1, 4);
            insert.setString(2, "{");
            assertThatThrownBy(insert::executeUpdate)
                    .extracting(e -> ((SQLException) e).getErrorCode())
                    .isEqualTo(13609);
        }
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT j, v FROM documents ORDER BY id")) {
            assertThat(result.getMetaData().getColumnTypeName(1)).isEqualTo("json");
            assertThat(result.getMetaData().getColumnTypeName(2)).startsWith("vector");
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("{\"a\": \"日本\"}");
            assertThat(result.getObject(1)).isEqualTo("{\"a\": \"日本\"}");
            assertThat(result.getObject(2, float[].class)).containsExactly(1.5f, -0.1f);
            assertThat(result.getObject(2)).isEqualTo(new float[] {1.5f, -0.1f});
            assertThat(result.getString(2)).isEqualTo("[1.5, -0.1]");
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("[]");
            assertThat(result.getObject(2, float[].class)).containsExactly(1, 2);
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isNull();
            assertThat(result.getObject(2)).isNull();
            assertThat(result.next()).isFalse();
        }
    }

    @Test
    void transactionsAreSeenByOthersAfterTheirCommitOnly() throws SQLException {
        run("CREATE TABLE t (id int NOT NULL PRIMARY KEY)");
        connection().setAutoCommit(false);
        run("INSERT INTO t VALUES (1)");
        Savepoint savepoint = connection().setSavepoint("here");
        run("INSERT INTO t VALUES (2)");
        connection().rollback(savepoint);
        connection().commit();
        run("INSERT INTO t VALUES (3)");
        connection().rollback();
        try (Connection other = connect("");
                Statement statement = other.createStatement();
                ResultSet result = statement.executeQuery("SELECT id FROM t")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(1);
            assertThat(result.next()).isFalse();
        }
    }

    @Test
    void aConnectionThatClosesRollsBack() throws SQLException {
        run("CREATE TABLE t (id int NOT NULL PRIMARY KEY)");
        try (Connection other = connect("")) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.executeUpdate("INSERT INTO t VALUES (1)");
            }
        }
        assertThat(count("t")).isZero();
    }

    private long count(String table) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    @Test
    void batchesInsertManyRowsAndBringTheirKeys() throws SQLException {
        run("CREATE TABLE t (id int IDENTITY(10,1) PRIMARY KEY, name nvarchar(20) NOT NULL UNIQUE)");
        try (PreparedStatement insert =
                connection().prepareStatement("INSERT INTO t (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 5; i++) {
                insert.setString(1, "name " + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1);
            List<Long> keys = new ArrayList<>();
            try (ResultSet result = insert.getGeneratedKeys()) {
                while (result.next()) {
                    keys.add(result.getLong(1));
                }
            }
            assertThat(keys).containsExactly(10L, 11L, 12L, 13L, 14L);
            insert.setString(1, "name 3");
            assertThatThrownBy(insert::executeUpdate)
                    .extracting(e -> ((SQLException) e).getErrorCode())
                    .isIn(2627, 2601);
        }
        assertThat(count("t")).isEqualTo(5);
    }

    @Test
    void aLargeResultStreams() throws SQLException {
        run("CREATE TABLE t (id int NOT NULL, name nvarchar(100))");
        try (PreparedStatement insert = connection().prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int i = 0; i < 3_000; i++) {
                insert.setInt(1, i);
                insert.setString(2, "name " + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (Statement statement = connection().createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT a.id, b.name FROM t a CROSS JOIN t b WHERE a.id < 30")) {
            long rows = 0;
            while (result.next()) {
                assertThat(result.getInt(1)).isBetween(0, 29);
                rows++;
            }
            assertThat(rows).isEqualTo(90_000);
        }
        try (Statement statement = connection().createStatement()) {
            for (int i = 0; i < 3; i++) {
                ResultSet half = statement.executeQuery("SELECT a.id FROM t a CROSS JOIN t b");
                assertThat(half.next()).isTrue();
                half.close();
            }
        }
        assertThat(count("t")).isEqualTo(3_000);
    }

    @Test
    void metaDataDescribesTables() throws SQLException {
        run(
                "CREATE TABLE p (id int IDENTITY PRIMARY KEY, name nvarchar(50) NOT NULL)",
                "CREATE TABLE c (id int PRIMARY KEY, p int NULL REFERENCES p (id))");
        DatabaseMetaData metaData = connection().getMetaData();
        assertThat(strings(metaData.getTables(null, "dbo", "_", new String[] {"TABLE"}), "TABLE_NAME"))
                .containsExactly("c", "p");
        try (ResultSet columns = metaData.getColumns(null, null, "p", null)) {
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
            assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.INTEGER);
            assertThat(columns.getString("IS_AUTOINCREMENT")).isEqualTo("YES");
            assertThat(columns.next()).isTrue();
            assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.NVARCHAR);
            assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(50);
            assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
        }
        assertThat(strings(metaData.getPrimaryKeys(null, null, "p"), "COLUMN_NAME"))
                .containsExactly("id");
        assertThat(strings(metaData.getImportedKeys(null, null, "c"), "PKTABLE_NAME"))
                .containsExactly("p");
        assertThat(strings(metaData.getExportedKeys(null, null, "p"), "FKTABLE_NAME"))
                .containsExactly("c");
        assertThat(strings(metaData.getCatalogs(), "TABLE_CAT")).contains("demo", "other");
        assertThat(strings(metaData.getSchemas(), "TABLE_SCHEM")).contains("dbo");
        assertThat(metaData.getDatabaseProductName()).contains("SQL Server");
    }

    private static List<String> strings(ResultSet result, String column) throws SQLException {
        List<String> values = new ArrayList<>();
        try (result) {
            while (result.next()) {
                values.add(result.getString(column));
            }
        }
        return values;
    }
}
