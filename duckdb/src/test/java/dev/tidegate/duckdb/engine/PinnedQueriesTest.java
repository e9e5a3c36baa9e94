package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.duckdb.attach.AttachOptions;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several queries of a transaction are read at the same time over its one connection. */
class PinnedQueriesTest extends OnAttachedServer {
    private static final String EVERY_TYPE =
            "SELECT id, name, code, day, at, far, tod, price, cash, x, raw, g, ok, v FROM dbo.every" + " ORDER BY id";

    private final Run run = new Run(Duration.ZERO);
    private final RemoteWork remote = new RemoteWork();
    private AttachedDatabase database;

    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.every (id int NOT NULL, name nvarchar(max), code varchar(20), day date, at datetime2(7),"
                        + " far datetimeoffset(3), tod time(7), price decimal(38, 4), cash money, x float, raw varbinary(max),"
                        + " g uniqueidentifier, ok bit, v sql_variant)");
        for (int from = 0; from < 3000; from += 500) {
            onServer("INSERT INTO dbo.every VALUES "
                    + IntStream.range(from, from + 500)
                            .mapToObj(PinnedQueriesTest::row)
                            .collect(Collectors.joining(", ")));
        }
        Map<String, String> options = Map.of("maximum_pool_size", "1", "transaction_buffer", "8");
        database = AttachedDatabase.open("ms", AttachOptions.of(url(), options, name -> null), run);
    }

    private static String row(int id) {
        if (id % 7 == 3) {
            return "(" + id + ", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)";
        }
        String text = id == 11 ? "x".repeat(200_000) : "größe " + id;
        return "(" + id + ", N'" + text + "', 'c" + id + "', '2024-02-29', '2024-02-29T01:02:03.1234567',"
                + " '2024-02-29T01:02:03.456+05:30', '23:59:59.9999999', -" + id + ".1234, " + id + ".5, -0.5, 0x00FF"
                + (id % 10)
                + "0, '6F9619FF-8B86-D011-B42D-00C04FC964FF', " + id % 2 + ", "
                + (id % 2 == 0 ? "CAST(" + id + " AS bigint)" : "N'variant'") + ")";
    }

    @AfterEach
    void end() {
        remote.close();
        database.close();
    }

    @Test
    @Guarantee(value = "G32", surface = Surface.E)
    void whatIsKeptIsWhatTheServerHasSent() throws SQLException {
        List<String> expected;
        try (RowBatches rows = remote.query(database, run, EVERY_TYPE)) {
            expected = all(rows);
        }
        assertThat(expected).hasSize(3000);
        remote.begun(false, run);
        try (RowBatches first = remote.query(database, run, EVERY_TYPE)) {
            List<String> told = new ArrayList<>(some(first, 100));
            try (RowBatches second = remote.query(database, run, EVERY_TYPE)) {
                told.addAll(some(first, 3));
                assertThat(some(second, 50)).isEqualTo(expected.subList(0, 50));
                assertThat(remote.<Integer>read(database, run, (connection, here) -> number(connection)))
                        .isEqualTo(1);
                told.addAll(all(first));
                assertThat(told).isEqualTo(expected);
                assertThat(all(second)).isEqualTo(expected.subList(50, 3000));
            }
        }
        assertThat(database.statistics().created()).isEqualTo(1);
    }

    @Test
    void whatIsNotWantedIsKeptAndSkipped() throws SQLException {
        remote.begun(false, run);
        try (RowBatches first = remote.query(database, run, "SELECT id, name, code FROM dbo.every ORDER BY id");
                RowBatches second = remote.query(database, run, "SELECT 1 AS n")) {
            Teller[] wanted = {null, null, new Teller()};
            assertThat(first.read(wanted, 2)).isEqualTo(2);
            assertThat(wanted[2].told).containsExactly("0 text c0", "1 text c1");
            assertThat(second.read(new ColumnSink[] {new Teller()}, 10)).isEqualTo(1);
        }
    }

    @Test
    void moreThanMayBeKeptIsAnErrorThatNamesTheSetting() throws SQLException {
        remote.begun(false, run);
        try (RowBatches first = remote.query(database, run, ENDLESS)) {
            assertThatThrownBy(() -> remote.query(database, run, EVERY_TYPE))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("8 MiB")
                    .hasMessageContaining("TRANSACTION_BUFFER");
            assertThatThrownBy(() -> some(first, 1)).hasMessageContaining("TRANSACTION_BUFFER");
            assertThatThrownBy(() -> remote.query(database, run, EVERY_TYPE)).hasMessageContaining("please ROLLBACK");
        }
        remote.close();
        assertThat(database.statistics().active()).isZero();
    }

    @Test
    @Guarantee(value = "G07", surface = Surface.E)
    void nothingIsReadOnceItIsClosed() throws SQLException {
        remote.begun(false, run);
        try (RowBatches rows = remote.query(database, run, EVERY_TYPE)) {
            some(rows, 1);
            remote.close();
            assertThatThrownBy(() -> all(rows)).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> remote.query(database, run, EVERY_TYPE)).hasMessageContaining("closed");
        assertThatThrownBy(() -> remote.begun(false, run)).hasMessageContaining("closed");
        assertThat(database.statistics().active()).isZero();
    }

    private int number(TdsConnection connection) throws SQLException {
        try (Response response = run.execute(connection, "SELECT 1")) {
            response.next();
            response.nextRow();
            int number = response.row().getInt(0);
            response.finish();
            return number;
        } catch (java.io.IOException e) {
            throw new SQLException(e);
        } finally {
            run.left(connection);
        }
    }

    private static List<String> all(RowBatches rows) throws SQLException {
        List<String> all = new ArrayList<>();
        for (List<String> some = some(rows, 777); !some.isEmpty(); some = some(rows, 777)) {
            all.addAll(some);
        }
        return all;
    }

    private static List<String> some(RowBatches rows, int most) throws SQLException {
        Teller[] sinks = new Teller[rows.columns().size()];
        for (int i = 0; i < sinks.length; i++) {
            sinks[i] = new Teller();
        }
        int count = rows.read(sinks, most);
        List<String> told = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            StringBuilder all = new StringBuilder();
            for (Teller sink : sinks) {
                all.append(sink.told.get(row).substring(Integer.toString(row).length()))
                        .append('|');
            }
            told.add(all.toString());
        }
        return told;
    }

    /** Writes down what it is told, and of which row. */
    private static final class Teller implements ColumnSink {
        private final List<String> told = new ArrayList<>();
        private String variant = "";

        private void tell(int row, String what) {
            told.add(row + variant + " " + what);
            variant = "";
        }

        @Override
        public void setNull(int row) {
            tell(row, "null");
        }

        @Override
        public void setVariantType(int row, TypeInfo type) {
            variant = " " + type;
        }

        @Override
        public void setLong(int row, long value) {
            tell(row, "long " + value);
        }

        @Override
        public void setDouble(int row, double value) {
            tell(row, "double " + value);
        }

        @Override
        public void setDecimal(int row, long high, long low) {
            tell(row, "decimal " + high + " " + low);
        }

        @Override
        public void setDate(int row, int epochDay) {
            tell(row, "date " + epochDay);
        }

        @Override
        public void setTime(int row, long ticks) {
            tell(row, "time " + ticks);
        }

        @Override
        public void setTimestamp(int row, int epochDay, long ticks) {
            tell(row, "timestamp " + epochDay + " " + ticks);
        }

        @Override
        public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
            tell(row, "offset " + utcEpochDay + " " + utcTicks + " " + offsetMinutes);
        }

        @Override
        public void setUuid(int row, long mostSignificant, long leastSignificant) {
            tell(row, "uuid " + mostSignificant + " " + leastSignificant);
        }

        @Override
        public void setUtf16(int row, byte[] bytes, int offset, int length) {
            tell(row, "utf16 " + new String(bytes, offset, length, StandardCharsets.UTF_16LE));
        }

        @Override
        public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
            tell(row, "text " + new String(bytes, offset, length, charset));
        }

        @Override
        public void setBytes(int row, byte[] bytes, int offset, int length) {
            tell(row, "bytes " + HexFormat.of().formatHex(bytes, offset, offset + length));
        }
    }
}
