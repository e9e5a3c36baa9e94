package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.jdbc.BatchTwins.Mode;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that is loaded leaves what calls leave: the same rows, counts, errors and transaction; what is not certain is not loaded. */
class BatchLoadTest extends OnEmbeddedServer {
    private static final int ROWS = 300;

    private BatchTwins twins() {
        return new BatchTwins(this::connect);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO_COMMIT", "TRANSACTION"})
    void rowsOfOrdinaryTypesAreLoaded(Mode mode) throws SQLException {
        BatchWay way = twins().table(
                        "id int CONSTRAINT pk PRIMARY KEY, n bigint NULL, d decimal(12,2), f float, r real, s nvarchar(40), v varchar(20),"
                                + " c char(5), b varbinary(10), day date, at datetime2(3), tick datetime, hour time(0), there datetimeoffset(7),"
                                + " flag bit, tiny tinyint, u uniqueidentifier, price money, long nvarchar(max), w nchar(3)")
                .insert("t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .same(mode, ROWS, row -> new Object[] {
                    row,
                    row % 3 == 0 ? null : (Object) ((long) row << 33),
                    new BigDecimal(row).movePointLeft(1),
                    row / 7.0,
                    row / 3f,
                    "ü Ω " + row,
                    "plain é " + row,
                    "ab".substring(row % 3),
                    new byte[row % 11],
                    LocalDate.of(2020, 1, 1).plusDays(row),
                    LocalDateTime.of(2020, 1, 1, 0, 0).plusNanos(row * 1_000_000L),
                    Timestamp.valueOf(LocalDateTime.of(2020, 1, 1, 0, 0).plusSeconds(row)),
                    LocalTime.of(row % 24, 1, 2),
                    OffsetDateTime.of(2020, 1, 1, 0, 0, 0, row * 100, ZoneOffset.ofHours(row % 10)),
                    row % 2 == 0,
                    row % 256,
                    new UUID(row, -row),
                    BigDecimal.valueOf(row * 12345L, 4),
                    row % 5 == 0 ? "" : "x".repeat(row * 20),
                    "a"
                });
        assertThat(way).isEqualTo(BatchWay.LOADED);
    }

    @ParameterizedTest
    @EnumSource
    void aDuplicateKeyFailsItsRowOnly(Mode mode) throws SQLException {
        BatchWay way = twins().table("id int CONSTRAINT pk PRIMARY KEY, s nvarchar(20)")
                .insert("t VALUES (?, ?)")
                .same(mode, ROWS, row -> new Object[] {row == 200 ? 7 : row, "row " + row});
        assertThat(way).isEqualTo(mode == Mode.ABORTING_TRANSACTION ? BatchWay.TRANSACTION : BatchWay.LOAD_FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void constraintsHoldAsForCalls(Mode mode) throws SQLException {
        BatchTwins twins = twins().before(
                        "DROP TABLE IF EXISTS t; DROP TABLE IF EXISTS parent; CREATE TABLE parent (id int CONSTRAINT pkp PRIMARY KEY);"
                                + " INSERT INTO parent VALUES (1), (2)")
                .table(
                        "id int CONSTRAINT uq UNIQUE, n int CONSTRAINT positive CHECK (n > 0), p int CONSTRAINT fk REFERENCES parent (id)")
                .insert("dbo.t (p, id, n) VALUES (?, ?, ?)");
        BatchWay failing = mode == Mode.ABORTING_TRANSACTION ? BatchWay.TRANSACTION : BatchWay.LOAD_FAILED;
        assertThat(twins.same(mode, ROWS, row -> new Object[] {1, row, row == 290 ? -1 : 1}))
                .as("CHECK")
                .isEqualTo(failing);
        assertThat(twins.same(mode, ROWS, row -> new Object[] {row == 150 ? 3 : 2, row, 1}))
                .as("FK")
                .isEqualTo(failing);
        assertThat(twins.same(mode, ROWS, row -> new Object[] {1, row == 299 ? 298 : row, 1}))
                .as("UNIQUE")
                .isEqualTo(failing);
        assertThat(twins.same(mode, ROWS, row -> new Object[] {2, row, null}))
                .as("all is well")
                .isEqualTo(mode == Mode.ABORTING_TRANSACTION ? BatchWay.TRANSACTION : BatchWay.LOADED);
    }

    @Test
    void identitiesAndDefaultsAreFilledAsForCalls() throws SQLException {
        BatchWay way = twins().table(
                        "id int IDENTITY(10, 5) CONSTRAINT pk PRIMARY KEY, n int NULL DEFAULT 7, s nvarchar(20) DEFAULT N'none', twice AS n * 2")
                .insert("t (n) VALUES (?)")
                .same(Mode.TRANSACTION, ROWS, row -> new Object[] {row % 2 == 0 ? null : row});
        assertThat(way).isEqualTo(BatchWay.LOADED);
        BatchWay all = twins().table("id int IDENTITY, n int DEFAULT 7")
                .insert("[dbo].[t] VALUES (?);")
                .same(Mode.AUTO_COMMIT, ROWS, row -> new Object[] {row % 2 == 0 ? null : row});
        assertThat(all).as("without names the identity does not count").isEqualTo(BatchWay.LOADED);
    }

    /** What may come out differently goes by calls, and comes out as by calls for that reason. */
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("n int", "12", BatchWay.VALUE),
                Arguments.of("n smallint", 70_000, BatchWay.VALUE),
                Arguments.of("n int NOT NULL", null, BatchWay.VALUE),
                Arguments.of("n nvarchar(5)", "too long", BatchWay.VALUE),
                Arguments.of("n varchar(20)", "Ω", BatchWay.VALUE),
                Arguments.of("n decimal(5,1)", new BigDecimal("1.25"), BatchWay.VALUE),
                Arguments.of("n decimal(5,1)", new BigDecimal("123456"), BatchWay.VALUE),
                Arguments.of("n decimal(5,1)", 1.5, BatchWay.VALUE),
                Arguments.of("n int", new BigDecimal("1.5"), BatchWay.VALUE),
                Arguments.of("n real", 0.1, BatchWay.VALUE),
                Arguments.of("n datetime", LocalDateTime.of(2020, 1, 1, 0, 0, 0, 1_000_000), BatchWay.VALUE),
                Arguments.of("n datetime2(0)", LocalDateTime.of(2020, 1, 1, 0, 0, 0, 1_000_000), BatchWay.VALUE),
                Arguments.of("n smalldatetime", LocalDateTime.of(2020, 1, 1, 0, 0, 1), BatchWay.VALUE),
                Arguments.of("n date", "2020-01-02", BatchWay.VALUE),
                Arguments.of("n date", LocalDateTime.of(2020, 1, 1, 0, 0, 1), BatchWay.VALUE),
                Arguments.of("n binary(4)", new byte[3], BatchWay.VALUE),
                Arguments.of("n varbinary(4)", new byte[5], BatchWay.VALUE),
                Arguments.of("n sql_variant", 5, BatchWay.VALUE),
                Arguments.of("n int, m AS n + 1, k rowversion", 5, BatchWay.LOADED));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void valuesThatWouldBeConvertedAreLeftToTheServer(String columns, Object value, BatchWay expected)
            throws SQLException {
        BatchWay way = twins().table("id int CONSTRAINT pk PRIMARY KEY, " + columns)
                .insert("t (id, n) VALUES (?, ?)")
                .same(Mode.AUTO_COMMIT, ROWS, row -> new Object[] {row, row == 250 ? value : goodOf(columns)});
        assertThat(way).isEqualTo(expected);
    }

    /** Values that no column can hold, of types that can: the load must not fail otherwise than the calls do. */
    static Stream<Arguments> beyond() {
        LocalDate late = LocalDate.of(10_000, 1, 1);
        LocalDate early = LocalDate.of(0, 12, 31);
        return Stream.of(late, early)
                .flatMap(day -> Stream.of(
                        Arguments.of("n date", day),
                        Arguments.of("n datetime2(3)", day.atStartOfDay()),
                        Arguments.of("n datetime", day.atStartOfDay()),
                        Arguments.of("n datetimeoffset(3)", day.atStartOfDay().atOffset(ZoneOffset.UTC)),
                        Arguments.of(
                                "n datetimeoffset(3)",
                                LocalDate.of(
                                                day.equals(late) ? 9999 : 1,
                                                day.equals(late) ? 12 : 1,
                                                day.equals(late) ? 31 : 1)
                                        .atTime(12, 0)
                                        .atOffset(ZoneOffset.ofHours(day.equals(late) ? -14 : 14)))));
    }

    @ParameterizedTest
    @MethodSource("beyond")
    @Guarantee("G31")
    void aValueBeyondItsTypeComesOutAsByCalls(String columns, Object value) throws SQLException {
        run("CREATE TABLE t (id int CONSTRAINT pk PRIMARY KEY, " + columns + ")");
        List<String> outcomes = new ArrayList<>();
        for (String properties : List.of("", ";useBulkCopyForBatchInsert=false")) {
            run("DELETE FROM t");
            try (Connection connection = connect(properties);
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO t (id, n) VALUES (?, ?)")) {
                try {
                    for (int row = 0; row < ROWS; row++) {
                        insert.setInt(1, row);
                        insert.setObject(2, row == 280 ? value : goodOf(columns));
                        insert.addBatch();
                    }
                    insert.executeBatch();
                    outcomes.add("no error");
                } catch (SQLException e) {
                    outcomes.add(e.getClass().getSimpleName() + " " + e.getSQLState() + " " + e.getMessage());
                }
                outcomes.add(BatchTwins.read(connection, "SELECT COUNT(*), MAX(id) FROM t")
                        .toString());
                try (Statement after = connection.createStatement()) {
                    after.execute("SELECT 1");
                }
            }
        }
        assertThat(outcomes.subList(0, 2)).isEqualTo(outcomes.subList(2, 4));
    }

    /** Of the first row, which would otherwise decide. */
    private static Object goodOf(String columns) {
        String type = columns.split(" ")[1];
        if (type.startsWith("n") || type.startsWith("varchar")) {
            return "ok";
        }
        return switch (type) {
            case "int", "smallint", "decimal(5,1)", "sql_variant", "int," -> 1;
            case "real" -> 1f;
            case "date" -> LocalDate.EPOCH;
            case "datetimeoffset(3)" -> LocalDate.EPOCH.atStartOfDay().atOffset(ZoneOffset.UTC);
            case "binary(4)", "varbinary(4)" -> new byte[4];
            default -> LocalDate.EPOCH.atStartOfDay();
        };
    }

    static Stream<Arguments> otherStatements() {
        return Stream.of(
                Arguments.of(
                        "CREATE TABLE t (id int IDENTITY, n int); SET IDENTITY_INSERT t ON",
                        "t (id, n) VALUES (?, ?)",
                        BatchWay.COLUMN),
                Arguments.of(
                        "CREATE TABLE t (id int IDENTITY, n int); SET IDENTITY_INSERT t ON",
                        "t (n) VALUES (?)",
                        BatchWay.FIRST_ROW),
                Arguments.of("CREATE TABLE t (n int); SET NOCOUNT ON", "t (n) VALUES (?)", BatchWay.FIRST_ROW),
                Arguments.of("CREATE TABLE t (n int)", "t (n) VALUES (?), (?)", BatchWay.OTHER_STATEMENT),
                Arguments.of("CREATE TABLE t (n int)", "t (n) VALUES (? + 1)", BatchWay.OTHER_STATEMENT),
                Arguments.of("CREATE TABLE t (n int)", "t (n) SELECT ?", BatchWay.OTHER_STATEMENT),
                Arguments.of("CREATE TABLE t (n int)", "t (n) OUTPUT INSERTED.n VALUES (?)", BatchWay.OTHER_STATEMENT),
                Arguments.of("CREATE TABLE t (n int, m int)", "t (n, m) VALUES (?, 5)", BatchWay.OTHER_STATEMENT),
                Arguments.of("CREATE TABLE t (n int)", "demo.dbo.t (n) VALUES (?)", BatchWay.LOADED),
                Arguments.of("CREATE TABLE t (n int)", "[demo]..\"t\" (\"N\") VALUES (?) -- done", BatchWay.LOADED),
                Arguments.of(
                        "CREATE TABLE t (n int, parent int NULL, id int CONSTRAINT pk PRIMARY KEY,"
                                + " CONSTRAINT fk FOREIGN KEY (parent) REFERENCES t (id))",
                        "t (n, id) VALUES (?, ?)",
                        BatchWay.CONSTRAINT),
                Arguments.of(
                        "CREATE TABLE base (n int); EXEC('CREATE VIEW t AS SELECT n FROM base')",
                        "t (n) VALUES (?)",
                        BatchWay.FIRST_ROW),
                Arguments.of("CREATE TABLE t (n int, ghost int)", "t VALUES (?)", BatchWay.FIRST_ROW));
    }

    @ParameterizedTest
    @MethodSource("otherStatements")
    void everyStatementDoesAsByCalls(String create, String insert, BatchWay expected) throws SQLException {
        BatchWay way = twins().before(
                        "IF OBJECT_ID('t', 'V') IS NOT NULL DROP VIEW t; IF OBJECT_ID('t', 'U') IS NOT NULL DROP TABLE t;"
                                + " DROP TABLE IF EXISTS base; " + create)
                .insert(insert)
                .same(
                        Mode.AUTO_COMMIT,
                        ROWS,
                        row -> insert.contains("?, ?") || insert.contains("(?), (?)")
                                ? new Object[] {row, row + 1000}
                                : new Object[] {row});
        assertThat(way).isEqualTo(expected);
    }

    /** The embedded server's catalog has none of them, so that nothing is known of one. */
    @ParameterizedTest
    @EnumSource
    void temporaryTablesGetTheirRowsToo(Mode mode) throws SQLException {
        BatchWay way = twins().before("CREATE TABLE #t (id int CONSTRAINT pk PRIMARY KEY, s nvarchar(10))")
                .insert("#t VALUES (?, ?)")
                .shownBy("#t")
                .same(mode, ROWS, row -> new Object[] {row, "r" + row});
        assertThat(way).isEqualTo(BatchWay.TABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theLeastRows(int more) throws SQLException {
        BatchWay way = twins().table("id int")
                .insert("t VALUES (?)")
                .same(Mode.TRANSACTION, BatchLoad.LEAST_ROWS + more, row -> new Object[] {row});
        assertThat(way).isEqualTo(more == 0 ? BatchWay.FEW_ROWS : BatchWay.LOADED);
    }

    /** Keys, checks, NULLs, lengths and ranges go wrong by chance, or nothing does. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    @Guarantee("G31")
    void batchesMadeByChanceComeOutTheSame(int seed) throws SQLException {
        Random shape = new Random(seed);
        Mode mode = Mode.values()[shape.nextInt(Mode.values().length)];
        int rows = 101 + shape.nextInt(500);
        double rate = shape.nextInt(3) * 0.004;
        BatchTwins twins = twins().table(
                        "id int CONSTRAINT pk PRIMARY KEY, s nvarchar(8) NOT NULL, n tinyint CONSTRAINT few CHECK (n < 200), d decimal(6,2)")
                .insert("t (n, id, d, s) VALUES (?, ?, ?, ?)");
        twins.same(mode, rows, row -> {
            Random random = new Random(seed * 1_000L + row);
            return new Object[] {
                random.nextDouble() < rate ? (Object) (200 + random.nextInt(100)) : random.nextInt(200),
                random.nextDouble() < rate ? row / 2 : row,
                random.nextDouble() < rate
                        ? BigDecimal.valueOf(random.nextInt(), 3)
                        : BigDecimal.valueOf(random.nextInt(999_999), 2),
                random.nextDouble() < rate ? (random.nextBoolean() ? null : "much too long") : "s" + row % 7
            };
        });
    }

    @Test
    void aTableThatHasChangedIsLookedAtAgain() throws SQLException {
        run("CREATE TABLE t (id int, n int DEFAULT 1)");
        try (PreparedStatement insert = connection().prepareStatement("INSERT INTO t (id) VALUES (?)")) {
            assertThat(wayOf(insert)).isEqualTo(BatchWay.LOADED);
            run("DROP TABLE t; CREATE TABLE t (id int, n int, parent int NULL, CONSTRAINT pk PRIMARY KEY (id),"
                    + " CONSTRAINT fk FOREIGN KEY (parent) REFERENCES t (id))");
            assertThat(wayOf(insert)).isEqualTo(BatchWay.CONSTRAINT);
            run("ALTER TABLE t DROP CONSTRAINT fk; DELETE FROM t");
            assertThat(wayOf(insert)).isEqualTo(BatchWay.LOADED);
            run("SET XACT_ABORT ON; DELETE FROM t");
            connection().setAutoCommit(false);
            assertThat(wayOf(insert)).isEqualTo(BatchWay.TRANSACTION);
            connection().rollback();
            run("SET XACT_ABORT OFF");
            assertThat(wayOf(insert)).isEqualTo(BatchWay.LOADED);
        }
        BatchMetrics metrics = connection().unwrap(BatchMetrics.class);
        assertThat(metrics.batches(BatchWay.LOADED)).isEqualTo(3);
        assertThat(metrics.loadedRows()).isEqualTo(3 * (ROWS - 1));
        assertThat(metrics).hasToString("BatchMetrics[loadedRows=897, LOADED=3, TRANSACTION=1, CONSTRAINT=1]");
        assertThat(connection().isWrapperFor(BatchMetrics.class)).isTrue();
    }

    private static BatchWay wayOf(PreparedStatement insert) throws SQLException {
        for (int row = 0; row < ROWS; row++) {
            insert.setInt(1, row);
            insert.addBatch();
        }
        insert.executeBatch();
        return insert.getConnection().unwrap(BatchMetrics.class).last();
    }

    @Test
    void keysThatAreAskedForComeFromCalls() throws SQLException {
        run("CREATE TABLE t (id int IDENTITY, n int)");
        try (PreparedStatement insert =
                connection().prepareStatement("INSERT INTO t (n) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            assertThat(wayOf(insert)).isEqualTo(BatchWay.KEYS_WANTED);
        }
    }

    @Test
    void aStreamGoesByACall() throws SQLException {
        run("CREATE TABLE t (b varbinary(max))");
        try (PreparedStatement insert = connection().prepareStatement("INSERT INTO t VALUES (?)")) {
            for (int row = 0; row < ROWS; row++) {
                insert.setBinaryStream(1, new java.io.ByteArrayInputStream(new byte[row]));
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(ROWS).containsOnly(1);
        }
        assertThat(connection().unwrap(BatchMetrics.class).last()).isEqualTo(BatchWay.STREAM);
    }

    /** A NULL that the server does not convert is an error of its row, though a load would take it. */
    @Test
    void aNullOfAnotherTypeIsLeftToTheServer() throws SQLException {
        run("CREATE TABLE t (id int, b varbinary(10))");
        try (PreparedStatement insert = connection().prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int row = 0; row < ROWS; row++) {
                insert.setInt(1, row);
                if (row == 200) {
                    insert.setNull(2, Types.NVARCHAR);
                } else {
                    insert.setBytes(2, new byte[3]);
                }
                insert.addBatch();
            }
            try {
                insert.executeBatch();
            } catch (SQLException e) {
                assertThat(e.getErrorCode())
                        .as("what the server makes of it is its own affair")
                        .isPositive();
            }
        }
        assertThat(connection().unwrap(BatchMetrics.class).last()).isEqualTo(BatchWay.VALUE);
    }

    @Test
    @Guarantee("G30")
    void theUsersSavepointsAreWhereTheyWere() throws SQLException {
        run("CREATE TABLE t (id int CONSTRAINT pk PRIMARY KEY)");
        connection().setAutoCommit(false);
        run("INSERT INTO t VALUES (-1)");
        Savepoint own = connection().setSavepoint();
        try (PreparedStatement insert = connection().prepareStatement("INSERT INTO t (id) VALUES (?)")) {
            assertThat(wayOf(insert)).isEqualTo(BatchWay.LOADED);
            assertThatThrownBy(() -> wayOf(insert))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("PRIMARY KEY");
        }
        assertThat(BatchTwins.read(connection(), "SELECT COUNT(*) FROM t")).hasToString("[[" + (ROWS + 1) + "]]");
        connection().rollback(own);
        assertThat(BatchTwins.read(connection(), "SELECT COUNT(*) FROM t")).hasToString("[[1]]");
        connection().commit();
        assertThat(BatchTwins.read(connection(), "SELECT COUNT(*) FROM t")).hasToString("[[1]]");
    }
}
