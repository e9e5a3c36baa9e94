package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.column.RowBatches;
import dev.tidegate.client.range.Connector;
import dev.tidegate.client.range.KeyRange;
import dev.tidegate.client.range.NoSnapshotException;
import dev.tidegate.client.range.RangeKey;
import dev.tidegate.client.range.Sight;
import dev.tidegate.client.range.TableParts;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.h2.H2Backend;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.MisheardBackend;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table that several connections read side by side. */
class TablePartsTest extends OnOneServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOCK_TIMEOUT = 1222;

    private final Random random = new Random(4711);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "tinyint | 0, 255",
                "smallint | -32768, 32767",
                "int | -2147483648, 2147483647",
                "bigint | -9223372036854775808, 9223372036854775807",
                "decimal(38,10) | -9999999999999999999999999999.9999999999, 9999999999999999999999999999.9999999999",
                "money | -922337203685477.5808, 922337203685477.5807",
                "date | '0001-01-01', '9999-12-31'",
                "datetime | '1753-01-01T00:00:00', '9999-12-31T23:59:59.997'",
                "smalldatetime | '1900-01-01T00:00:00', '2079-06-06T23:59:00'",
                "datetime2(7) | '0001-01-01T00:00:00', '9999-12-31T23:59:59.9999999'"
            })
    void everyRowIsInOneRange(String type, String extremes) throws SQLException {
        try (TdsConnection connection = connect()) {
            TableName table = TableName.parse("dbo.[ta]]ble]");
            run(connection, "CREATE TABLE " + table.sql() + " (n int, k " + type + " NULL)");
            int scale = type.startsWith("decimal") ? 10 : type.equals("money") ? 4 : 0;
            RangeKey key = new RangeKey("k", type, scale, true);
            assertThat(key.divide(connection, table, 5))
                    .extracting(KeyRange::predicate)
                    .containsExactly("");
            List<String> values = new ArrayList<>(List.of("NULL", "NULL"));
            Collections.addAll(values, extremes.split(", "));
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 20; i++) {
                    values.add(values.get(random.nextInt(values.size())));
                }
                run(connection, "DELETE FROM " + table.sql());
                insert(connection, table, round == 0 ? values.subList(0, 3) : values);
                long rows = round == 0 ? 3 : values.size();
                List<KeyRange> ranges = key.divide(connection, table, 1 + random.nextInt(12));
                List<Long> found = new ArrayList<>();
                for (KeyRange range : ranges) {
                    String where = range.predicate().isEmpty() ? "" : " WHERE " + range.predicate();
                    try (Response response = connection.execute("SELECT n FROM " + table.sql() + where)) {
                        found.addAll(read(response));
                    }
                }
                assertThat(found)
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.range(0, rows).boxed().toList());
                // Values of other sizes than the extremes, for the next round.
                values.add("CAST(" + between(type) + " AS " + type + ")");
            }
        }
    }

    private String between(String type) {
        return switch (type.replaceFirst("\\(.*", "")) {
            case "date" -> "'20" + (10 + random.nextInt(90)) + "-03-01'";
            case "datetime", "smalldatetime", "datetime2" -> "'20" + (10 + random.nextInt(60)) + "-03-01T12:34:56'";
            default -> Integer.toString(random.nextInt(100));
        };
    }

    private static void insert(TdsConnection connection, TableName table, List<String> values) throws SQLException {
        String rows = IntStream.range(0, values.size())
                .mapToObj(i -> "(" + i + ", " + values.get(i) + ")")
                .collect(Collectors.joining(", "));
        run(connection, "INSERT INTO " + table.sql() + " (n, k) VALUES " + rows);
    }

    @Test
    void takesTheClusteredKeyBeforeAUniqueOneAndOnlyWhatCanBeDivided() throws Exception {
        try (TdsConnection connection = connect()) {
            run(
                    connection,
                    "CREATE TABLE a (u int NOT NULL UNIQUE NONCLUSTERED, k int NOT NULL PRIMARY KEY CLUSTERED)");
            run(connection, "CREATE TABLE b (k varchar(9) NOT NULL PRIMARY KEY CLUSTERED, u date NOT NULL UNIQUE)");
            run(connection, "CREATE TABLE c (k varchar(9) NOT NULL PRIMARY KEY, v int)");
            run(connection, "CREATE INDEX iv ON c (v)");
            assertThat(RangeKey.find(connection, TableName.parse("a"))).hasValue(new RangeKey("k", "int", 0, true));
            assertThat(RangeKey.find(connection, TableName.parse("demo.dbo.b")))
                    .hasValue(new RangeKey("u", "date", 0, false));
            assertThat(RangeKey.find(connection, TableName.parse("c"))).isEmpty();
            assertThat(RangeKey.find(connection, TableName.parse("nothing"))).isEmpty();
        }
        assertThatThrownBy(() -> open("c", 2, Sight.EACH_FOR_ITSELF))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("[c]")
                .hasMessageContaining("no clustered or unique index");
        awaitNoConnection();
    }

    @Test
    void allReadersSeeTheTableAsItWasAtOneMoment() throws SQLException {
        fill(1000);
        try (TdsConnection writer = connect();
                TableParts parts = open("t", 3, Sight.SNAPSHOT)) {
            run(writer, "UPDATE t SET v = v + 1");
            run(writer, "DELETE FROM t WHERE k < 500");
            run(writer, "INSERT INTO t VALUES (5000, 5000)");
            assertThat(readAll(parts, 3))
                    .isEqualTo(LongStream.range(0, 1000).boxed().toList());
            assertThat(parts.isComplete()).isTrue();
        }
    }

    /** Where one session has begun and the next has not, a writer comes: he has to wait, or the two would not see the same rows. */
    @Test
    void noWriterComesBetweenTheBeginningsOfTheReaders() throws Exception {
        AtomicReference<Connector> connector = new AtomicReference<>();
        List<Object> written = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger looks = new AtomicInteger();
        UnaryOperator<String> betweenLooks = sql -> {
            if (sql.equals("SELECT TOP (1) 1 FROM [t]") && looks.incrementAndGet() > 1) {
                written.add(written(connector.get()));
            }
            return sql;
        };
        try (EmbeddedSqlServer other = EmbeddedSqlServer.builder()
                .backend(new MisheardBackend(H2Backend.inMemory(List.of("demo")), betweenLooks))
                .login("sa", "Secret-1")
                .start()) {
            connector.set(() -> TdsConnection.open(settings(other.port())));
            fill(connector.get(), 64);
            try (TableParts parts =
                    TableParts.open(connector.get(), TableName.parse("t"), 4, Sight.SNAPSHOT, PATIENCE)) {
                assertThat(written)
                        .as("once before each session but the first")
                        .hasSize(3)
                        .containsOnly(LOCK_TIMEOUT);
                assertThat(written(connector.get())).as("once all have begun").isEqualTo("written");
                assertThat(readAll(parts, 4))
                        .isEqualTo(LongStream.range(0, 64).boxed().toList());
            }
        }
    }

    /** One whose transaction keeps the sum of all rows; or the number of the error, if he would have to wait. */
    private static Object written(Connector connector) {
        try (TdsConnection writer = connector.open()) {
            run(
                    writer,
                    "SET LOCK_TIMEOUT 0; BEGIN TRAN; UPDATE t SET v = v + 1000 WHERE k = 3; UPDATE t SET v = v - 1000 WHERE k = 60;"
                            + " COMMIT");
            return "written";
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }

    @Test
    void saysThatOthersWriteWithoutAPause() throws Exception {
        fill(10);
        try (TdsConnection writer = connect()) {
            writer.begin(IsolationLevel.CURRENT);
            run(writer, "UPDATE t SET v = 0 WHERE k = 1");
            assertThatThrownBy(() -> TableParts.open(
                            this::connect, TableName.parse("t"), 2, Sight.SNAPSHOT, Duration.ofMillis(50)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("others have been writing to [t] for 50 ms");
            writer.rollback();
        }
        awaitNoConnection();
    }

    @Test
    @Guarantee("G34")
    void isRefusedWhereTheDatabaseAllowsNoSnapshots() throws Exception {
        UnaryOperator<String> asElsewhere = sql -> sql.replace("SELECT snapshot_isolation_state", "SELECT 0");
        try (EmbeddedSqlServer other = EmbeddedSqlServer.builder()
                .backend(new MisheardBackend(H2Backend.inMemory(List.of("demo")), asElsewhere))
                .login("sa", "Secret-1")
                .start()) {
            Connector connector = () -> TdsConnection.open(settings(other.port()));
            try (TdsConnection connection = connector.open()) {
                run(connection, "CREATE TABLE t (k int NOT NULL PRIMARY KEY)");
            }
            for (String name : List.of("t", "demo.dbo.t")) {
                TableName table = TableName.parse(name);
                assertThatThrownBy(() -> TableParts.open(connector, table, 2, Sight.SNAPSHOT, PATIENCE))
                        .isInstanceOf(NoSnapshotException.class)
                        .isInstanceOf(SQLFeatureNotSupportedException.class)
                        .hasMessageContaining("rows of " + table.sql())
                        .hasMessageContaining("ALTER DATABASE [demo] SET ALLOW_SNAPSHOT_ISOLATION ON");
            }
            TableParts.open(connector, TableName.parse("t"), 2, Sight.EACH_FOR_ITSELF, PATIENCE)
                    .close();
            while (other.connections() > 0) {
                Thread.sleep(1);
            }
        }
    }

    /** The lock that all wait behind must not be held for as long as a network is silent. */
    @Test
    @Guarantee("G14")
    void aReaderWhoseLineStandsStillDoesNotKeepTheTableLocked() throws Exception {
        fill(10);
        try (FaultProxy proxy = FaultProxy.to(server().port())) {
            ConnectionSettings settings = settings(proxy.port()).toBuilder()
                    .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "1")
                    .build();
            int[] opened = {0};
            Connector connector = () -> {
                TdsConnection connection = TdsConnection.open(settings);
                if (++opened[0] == 2) {
                    proxy.connections().get(1).stall(Flow.TO_CLIENT);
                }
                return connection;
            };
            assertThatThrownBy(() ->
                            TableParts.open(connector, TableName.parse("t"), 2, Sight.SNAPSHOT, Duration.ofSeconds(2)))
                    .isInstanceOf(SQLTimeoutException.class);
        }
        try (TdsConnection writer = connect()) {
            run(writer, "UPDATE t SET v = 0");
        }
        awaitNoConnection();
    }

    @Test
    void asksOnlyForTheColumnsThatAreWanted() throws SQLException {
        fill(100);
        try (TableParts parts = open("t", 2, Sight.EACH_FOR_ITSELF)) {
            assertThat(parts.columns()).hasSize(2);
            int[] nothing = {};
            long rows = 0;
            for (RowBatches reader = parts.reader(nothing); reader != null; reader = parts.reader(nothing)) {
                assertThat(reader.columns()).isEmpty();
                for (int read = reader.read(new ColumnSink[0], 7); read > 0; read = reader.read(new ColumnSink[0], 7)) {
                    rows += read;
                }
            }
            assertThat(rows).isEqualTo(100);
            assertThat(parts.isComplete()).isTrue();
        }
    }

    @Test
    @Guarantee("G34")
    void leavesNoConnectionOpenWhenItCannotBegin() throws Exception {
        assertThatThrownBy(() -> open("missing", 3, Sight.SNAPSHOT)).isInstanceOf(SQLException.class);
        awaitNoConnection();
        fill(1);
        int[] opened = {0};
        assertThatThrownBy(() -> TableParts.open(
                        () -> {
                            if (opened[0]++ == 3) {
                                throw new SQLException("no more");
                            }
                            return connect();
                        },
                        TableName.parse("t"),
                        3,
                        Sight.SNAPSHOT,
                        PATIENCE))
                .hasMessage("no more");
        awaitNoConnection();
    }

    @Test
    @Guarantee("G01")
    void closeEndsAllReadersInTheirMiddle() throws Exception {
        fill(1000);
        TableParts parts = open("t", 3, Sight.SNAPSHOT);
        int[] wanted = {1};
        List<RowBatches> readers = List.of(parts.reader(wanted), parts.reader(wanted), parts.reader(wanted));
        for (RowBatches reader : readers) {
            assertThat(reader.read(new ColumnSink[] {new RecordingSink()}, 1)).isEqualTo(1);
        }
        parts.close();
        parts.close();
        assertThat(parts.isComplete()).isFalse();
        for (RowBatches reader : readers) {
            assertThatThrownBy(() -> {
                        while (reader.read(new ColumnSink[] {new RecordingSink()}, 1000) > 0) {}
                    })
                    .isInstanceOf(SQLException.class);
            reader.close();
        }
        awaitNoConnection();
    }

    private TableParts open(String table, int readers, Sight sight) throws SQLException {
        return TableParts.open(this::connect, TableName.parse(table), readers, sight, PATIENCE);
    }

    private void fill(int rows) throws SQLException {
        fill(this::connect, rows);
    }

    private static void fill(Connector connector, int rows) throws SQLException {
        try (TdsConnection connection = connector.open()) {
            run(connection, "CREATE TABLE t (k int NOT NULL PRIMARY KEY, v int NOT NULL)");
            run(
                    connection,
                    IntStream.range(0, rows)
                            .mapToObj(i -> "(" + i + ", " + i + ")")
                            .collect(Collectors.joining(", ", "INSERT INTO t VALUES ", "")));
        }
    }

    /** The values of column v through all readers, which take turns. */
    private static List<Long> readAll(TableParts parts, int readers) throws SQLException {
        assertThat(parts.readers()).isEqualTo(readers);
        List<RowBatches> open = new ArrayList<>();
        RecordingSink sink = new RecordingSink();
        int[] wanted = {1};
        for (int i = 0; i < readers; i++) {
            open.add(parts.reader(wanted));
        }
        assertThat(parts.reader(wanted)).isNull();
        while (!open.isEmpty()) {
            for (RowBatches reader : List.copyOf(open)) {
                if (reader.read(new ColumnSink[] {sink}, 10) == 0) {
                    open.remove(reader);
                }
            }
        }
        return sink.values().stream().map(Long::valueOf).sorted().toList();
    }
}
