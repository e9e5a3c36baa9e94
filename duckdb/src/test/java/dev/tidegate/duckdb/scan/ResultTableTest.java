package dev.tidegate.duckdb.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.UnstorableValueException;
import dev.tidegate.duckdb.scan.FakeBatches.Value;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ResultTableTest {
    private static final long NOON = 12 * 3600 * 10_000_000L;

    private Connection duckdb;
    private ResultTables tables;

    @BeforeEach
    void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        tables = new ResultTables(duckdb);
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
        duckdb.close();
    }

    static Stream<Arguments> types() {
        return Stream.of(
                type(TypeInfo.bit(), longValue(1), "BOOLEAN", "true"),
                type(TypeInfo.tinyint(), longValue(255), "UTINYINT", "255"),
                type(TypeInfo.smallint(), longValue(-32768), "SMALLINT", "-32768"),
                type(TypeInfo.integer(), longValue(-2147483648L), "INTEGER", "-2147483648"),
                type(TypeInfo.bigint(), longValue(Long.MIN_VALUE), "BIGINT", "-9223372036854775808"),
                type(TypeInfo.real(), (s, r) -> s.setDouble(r, 0.1f), "FLOAT", "0.1"),
                type(TypeInfo.float8(), (s, r) -> s.setDouble(r, 0.1), "DOUBLE", "0.1"),
                type(TypeInfo.decimal(9, 2), decimal("-1234567"), "DECIMAL(9,2)", "-12345.67"),
                type(TypeInfo.decimal(4, 4), decimal("1234"), "DECIMAL(4,4)", ".1234"),
                type(TypeInfo.decimal(1, 1), decimal("-9"), "DECIMAL(1,1)", "-.9"),
                type(TypeInfo.decimal(5, 0), decimal("-99999"), "DECIMAL(5,0)", "-99999"),
                type(TypeInfo.decimal(18, 0), decimal("999999999999999999"), "DECIMAL(18,0)", "999999999999999999"),
                type(TypeInfo.decimal(18, 4), decimal("-999999999999999999"), "DECIMAL(18,4)", "-99999999999999.9999"),
                type(
                        TypeInfo.decimal(18, 18),
                        decimal("-999999999999999999"),
                        "DECIMAL(18,18)",
                        "-.999999999999999999"),
                type(TypeInfo.decimal(19, 4), decimal("9999999999999999999"), "DECIMAL(19,4)", "999999999999999.9999"),
                type(
                        TypeInfo.decimal(38, 10),
                        decimal("-99999999999999999999999999999999999999"),
                        "DECIMAL(38,10)",
                        "-9999999999999999999999999999.9999999999"),
                type(TypeInfo.money(), decimal("-9223372036854775808"), "DECIMAL(19,4)", "-922337203685477.5808"),
                type(TypeInfo.smallmoney(), decimal("2147483647"), "DECIMAL(10,4)", "214748.3647"),
                type(TypeInfo.date(), (s, r) -> s.setDate(r, day("0001-01-01")), "DATE", "0001-01-01"),
                type(TypeInfo.date(), (s, r) -> s.setDate(r, day("9999-12-31")), "DATE", "9999-12-31"),
                type(TypeInfo.time(6), (s, r) -> s.setTime(r, 863_999_999_990L), "TIME", "23:59:59.999999"),
                type(TypeInfo.time(7), (s, r) -> s.setTime(r, 863_999_999_999L), "TIME_NS", "23:59:59.9999999"),
                type(TypeInfo.smalldatetime(), at("2079-06-06", NOON), "TIMESTAMP", "2079-06-06 12:00:00"),
                type(TypeInfo.datetime(), at("1753-01-01", 33_333), "TIMESTAMP", "1753-01-01 00:00:00.003"),
                type(TypeInfo.datetime(), at("1999-12-31", 863_999_966_667L), "TIMESTAMP", "1999-12-31 23:59:59.997"),
                type(TypeInfo.datetime2(6), at("0001-01-01", 10), "TIMESTAMP", "0001-01-01 00:00:00.000001"),
                type(TypeInfo.datetime2(3), at("9999-12-31", NOON), "TIMESTAMP", "9999-12-31 12:00:00"),
                type(TypeInfo.datetime2(7), at("1969-12-31", 1), "TIMESTAMP_NS", "1969-12-31 00:00:00.0000001"),
                type(TypeInfo.datetime2(7), at("1677-09-22", 1), "TIMESTAMP_NS", "1677-09-22 00:00:00.0000001"),
                type(
                        TypeInfo.datetimeoffset(6),
                        (s, r) -> s.setTimestampOffset(r, day("2020-02-29"), NOON, 0),
                        "TIMESTAMP WITH TIME ZONE",
                        "2020-02-29 12:00:00+00"),
                type(
                        TypeInfo.uniqueidentifier(),
                        (s, r) -> s.setUuid(r, uuid().getMostSignificantBits(), uuid().getLeastSignificantBits()),
                        "UUID",
                        uuid().toString()),
                type(TypeInfo.nvarchar(20, null), utf16("Grüße 🌊"), "VARCHAR", "Grüße 🌊"),
                type(TypeInfo.nvarchar(20, null), utf16("plain"), "VARCHAR", "plain"),
                type(TypeInfo.nvarchar(20, null), utf16(""), "VARCHAR", ""),
                type(TypeInfo.xml(), utf16("<a/>"), "VARCHAR", "<a/>"),
                type(TypeInfo.json(), utf16("{\"a\":1}"), "JSON", "{\"a\":1}"),
                type(TypeInfo.varchar(20, null), text("naïve", StandardCharsets.ISO_8859_1), "VARCHAR", "naïve"),
                type(TypeInfo.varchar(20, null), text("naïve", StandardCharsets.UTF_8), "VARCHAR", "naïve"),
                type(TypeInfo.varbinary(20), bytes(0, 1, 255), "BLOB", "\\x00\\x01\\xFF"),
                type(TypeInfo.varbinary(20), bytes(), "BLOB", ""),
                type(TypeInfo.sqlVariant(), longValue(7), "VARCHAR", "7"),
                type(TypeInfo.sqlVariant(), utf16("Grüße"), "VARCHAR", "Grüße"),
                type(
                        new TypeInfo(DataType.VECTOR, 16, 0, 0, null, null),
                        vector(1.5f, -0.1f),
                        "FLOAT[2]",
                        "[1.5, -0.1]"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void givesEachTypeItsDuckDbTypeAndValue(TypeInfo type, Value value, String duckType, String shown)
            throws SQLException {
        ResultTable table = tables.open(
                new FakeBatches().column("x", type).row(value).row(FakeBatches.NULL), EnumSet.noneOf(Loss.class));
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("CREATE TABLE t AS " + table.sql());
        }
        assertThat(strings("SELECT typeof(x) FROM t LIMIT 1")).containsExactly(duckType);
        assertThat(strings("SELECT x::VARCHAR FROM t")).containsExactly(shown, null);
        assertThat(table.rows()).isEqualTo(2);
    }

    @Test
    void readsManyChunksAndOnlyTheColumnsThatAreUsed() throws SQLException {
        FakeBatches batches = new FakeBatches()
                .column("a", TypeInfo.integer())
                .column("never", TypeInfo.integer())
                .column("b", TypeInfo.nvarchar(30, null));
        for (int i = 0; i < 10_000; i++) {
            batches.row(
                    longValue(i),
                    (s, r) -> {
                        throw new AssertionError("read");
                    },
                    utf16("row " + i));
        }
        ResultTable table = tables.open(batches, Set.of());
        assertThat(strings("SELECT sum(a) || ' ' || count(b) || ' ' || max(length(b)) FROM (" + table.sql() + ")"))
                .containsExactly("49995000 10000 8");
        assertThat(table.rows()).isEqualTo(10_000);
    }

    @Test
    void makesNamesUnique() throws SQLException {
        ResultTable table = tables.open(
                new FakeBatches()
                        .column("", TypeInfo.integer())
                        .column("A", TypeInfo.integer())
                        .column("a", TypeInfo.integer())
                        .column("q\"q", TypeInfo.integer()),
                Set.of());
        assertThat(table.columnNames()).containsExactly("column1", "A", "a_1", "q\"q");
        assertThat(strings(table.sql())).isEmpty();
    }

    @Test
    void isReadOnce() throws SQLException {
        ResultTable table =
                tables.open(new FakeBatches().column("a", TypeInfo.integer()).row(longValue(1)), Set.of());
        assertThat(strings(table.sql())).containsExactly("1");
        assertThatThrownBy(() -> strings(table.sql())).hasMessageContaining("already read");
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, 100000, 100000",
        "5, 2, -100000, -100000",
        "18, 18, 1000000000000000000, 1000000000000000000",
        "9, 2, 99999999999999999999, it has more digits"
    })
    void aDecimalOfMoreDigitsThanItsTypeIsRefused(int precision, int scale, String unscaled, String told)
            throws SQLException {
        ResultTable table = tables.open(rowsOf(TypeInfo.decimal(precision, scale), decimal(unscaled)), Set.of());
        assertThatThrownBy(() -> run(table, "CREATE TABLE t AS " + table.sql()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(told);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of(TypeInfo.datetime2(7), at("1600-01-01", 1), "1600-01-01T00:00:00.000000100", Loss.TIME),
                Arguments.of(
                        TypeInfo.datetimeoffset(7),
                        (Value) (s, r) -> s.setTimestampOffset(r, 0, 1, 0),
                        "1970-01-01T00:00:00.000000100Z",
                        Loss.TIME),
                Arguments.of(
                        TypeInfo.datetimeoffset(0),
                        (Value) (s, r) -> s.setTimestampOffset(r, 0, NOON, 330),
                        "1970-01-01T17:30+05:30",
                        Loss.OFFSET),
                Arguments.of(
                        TypeInfo.nvarchar(5, null),
                        (Value) (s, r) -> s.setUtf16(r, new byte[] {'a', 0, 0x00, (byte) 0xD8}, 0, 4),
                        "'a",
                        Loss.TEXT),
                Arguments.of(
                        TypeInfo.sqlVariant(),
                        (Value) (s, r) -> s.setUtf16(r, new byte[] {'a', 0, 0x00, (byte) 0xD8}, 0, 4),
                        "'a",
                        Loss.TEXT),
                Arguments.of(
                        TypeInfo.varchar(5, null),
                        (Value) (s, r) -> s.setText(r, new byte[] {(byte) 0xFF}, 0, 1, StandardCharsets.UTF_8),
                        "'",
                        Loss.TEXT));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void refusesWhatDuckDbCannotHoldUnlessTheLossIsAllowed(TypeInfo type, Value value, String shown, Loss loss)
            throws SQLException {
        ResultTable strict = tables.open(rowsOf(type, value), Set.of());
        assertThatThrownBy(() -> run(strict, "CREATE TABLE t AS " + strict.sql()))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageStartingWith("column \"x\", row 3, value " + shown)
                .hasMessageContaining("--lossy " + loss.name().toLowerCase(Locale.ROOT));
        ResultTable lossy = tables.open(rowsOf(type, value), Set.of(loss));
        run(lossy, "CREATE TABLE t AS " + lossy.sql());
        assertThat(strings("SELECT count(x) FROM t")).containsExactly("1");
    }

    @Test
    void ofBrokenTextNothingButTheHalfOfAPairIsLost() throws SQLException {
        byte[] broken = {'a', 0, 0x00, (byte) 0xD8, 'b', 0, (byte) 0xFC, 0};
        Value value = (sink, row) -> sink.setUtf16(row, broken, 0, broken.length);
        ResultTable lossy = tables.open(rowsOf(TypeInfo.nvarchar(5, null), value), Set.of(Loss.TEXT));
        run(lossy, "CREATE TABLE t AS " + lossy.sql());
        assertThat(strings("SELECT x FROM t WHERE x IS NOT NULL")).containsExactly("a\uFFFDbü");
    }

    @Test
    void passesOnTheErrorThatEndedTheResult() throws SQLException {
        SQLException lost = new SQLException("connection lost", "08S01");
        FakeBatches batches = new FakeBatches().column("x", TypeInfo.integer());
        for (int i = 0; i < 5000; i++) {
            batches.row(longValue(i));
        }
        ResultTable table = tables.open(batches.failAt(4000, lost), Set.of());
        assertThatThrownBy(() -> run(table, "CREATE TABLE t AS " + table.sql())).isSameAs(lost);
        table.close();
        assertThat(batches.isClosed()).isTrue();
    }

    private static FakeBatches rowsOf(TypeInfo type, Value value) {
        return new FakeBatches()
                .column("x", type)
                .row(FakeBatches.NULL)
                .row(FakeBatches.NULL)
                .row(value);
    }

    private void run(ResultTable table, String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw table.explain(e);
        }
    }

    private List<String> strings(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static Arguments type(TypeInfo type, Value value, String duckType, String shown) {
        return Arguments.of(type, value, duckType, shown);
    }

    private static Value longValue(long value) {
        return (sink, row) -> sink.setLong(row, value);
    }

    private static Value decimal(String unscaled) {
        BigInteger value = new BigInteger(unscaled);
        return (sink, row) -> sink.setDecimal(row, value.shiftRight(64).longValue(), value.longValue());
    }

    private static Value at(String date, long ticks) {
        return (sink, row) -> sink.setTimestamp(row, day(date), ticks);
    }

    private static Value utf16(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
        return (sink, row) -> sink.setUtf16(row, bytes, 0, bytes.length);
    }

    private static Value text(String text, Charset charset) {
        byte[] bytes = text.getBytes(charset);
        return (sink, row) -> sink.setText(row, bytes, 0, bytes.length, charset);
    }

    private static Value bytes(int... values) {
        byte[] bytes = new byte[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            bytes[i + 1] = (byte) values[i];
        }
        return (sink, row) -> sink.setBytes(row, bytes, 1, values.length);
    }

    private static Value vector(float... elements) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(8);
        for (float element : elements) {
            bytes.putFloat(element);
        }
        return (sink, row) -> sink.setBytes(row, bytes.array(), 0, bytes.capacity());
    }

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    private static UUID uuid() {
        return UUID.fromString("ff11a2b3-1234-4321-8765-00000000000f");
    }
}
