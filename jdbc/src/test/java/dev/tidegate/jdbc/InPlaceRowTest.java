package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.guarantee.Guarantee;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Getters that take no lock give what the others give, and never a value of two rows. */
class InPlaceRowTest extends OnEmbeddedServer {
    private static final int ROWS = 60;
    private static final int PAIR_ROWS = 500;
    private static final String PAIRS = "SELECT id, text, wide FROM pairs ORDER BY id";

    private interface Getter {
        Object get(ResultSet rows, int column) throws SQLException;
    }

    private static final Map<String, Getter> GETTERS = getters();

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    private static Map<String, Getter> getters() {
        Map<String, Getter> getters = new LinkedHashMap<>();
        getters.put("boolean", ResultSet::getBoolean);
        getters.put("byte", ResultSet::getByte);
        getters.put("short", ResultSet::getShort);
        getters.put("int", ResultSet::getInt);
        getters.put("long", ResultSet::getLong);
        getters.put("float", ResultSet::getFloat);
        getters.put("double", ResultSet::getDouble);
        getters.put("BigDecimal", ResultSet::getBigDecimal);
        getters.put("string", ResultSet::getString);
        getters.put("bytes", ResultSet::getBytes);
        getters.put("date", ResultSet::getDate);
        getters.put("time", ResultSet::getTime);
        getters.put("timestamp", ResultSet::getTimestamp);
        getters.put("object", ResultSet::getObject);
        getters.put("LocalDate", (rows, column) -> rows.getObject(column, LocalDate.class));
        getters.put("LocalDateTime", (rows, column) -> rows.getObject(column, LocalDateTime.class));
        getters.put("Integer", (rows, column) -> rows.getObject(column, Integer.class));
        getters.put("String", (rows, column) -> rows.getObject(column, String.class));
        return getters;
    }

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    private void fill() throws SQLException {
        run(
                "CREATE TABLE v (id INT NOT NULL, b BIT, ti TINYINT, si SMALLINT, bi BIGINT, r REAL, f FLOAT,"
                        + " d DECIMAL(18,4), big DECIMAL(38,2), m MONEY, dt DATE, t TIME(7), dt2 DATETIME2(7), dto DATETIMEOFFSET(3),"
                        + " c CHAR(5), vc VARCHAR(50), nv NVARCHAR(50), nvm NVARCHAR(MAX), vb VARBINARY(20), u UNIQUEIDENTIFIER)");
        for (int row = 0; row < ROWS; row++) {
            if (row % 5 == 4) {
                run("INSERT INTO v (id) VALUES (" + row + ")");
            } else {
                run("INSERT INTO v VALUES (" + row + ", " + row % 2 + ", " + row * 4 + ", " + (row * 700 - 9000) + ", "
                        + (row - 3) * 1_000_000_007L + ", " + row + ".5, -" + row + ".25, -" + row + ".1234, "
                        + "123456789012345678901234567890." + (10 + row) + ", " + row + ".5, '2024-02-" + (1 + row % 28)
                        + "', '12:34:56.1234567', '2024-02-29 23:59:59.1234567', '2024-02-29 23:59:59.123 +05:30', 'c"
                        + row % 3 + "', 'caf\u00e9 " + row % 4 + "', N'\u20ac " + row % 4 + "', N'" + row
                        + "', 0x0102, '01234567-89AB-CDEF-0123-456789ABCDEF')");
            }
        }
    }

    @Test
    void everyGetterGivesWhatItGivesToAThreadThatTakesTheLock() throws Exception {
        fill();
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM v ORDER BY id")) {
            int columns = rows.getMetaData().getColumnCount();
            int seen = 0;
            while (rows.next()) {
                List<Object> here = read(rows, columns);
                Future<List<Object>> there = other.submit(() -> read(rows, columns));
                assertThat(here).as("row " + seen).usingRecursiveComparison().isEqualTo(there.get());
                seen++;
            }
            assertThat(seen).isEqualTo(ROWS);
        }
    }

    /** Of each getter for each column its value and what wasNull says, or its error. */
    private static List<Object> read(ResultSet rows, int columns) throws SQLException {
        List<Object> all = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            for (Map.Entry<String, Getter> getter : GETTERS.entrySet()) {
                try {
                    Object value = getter.getValue().get(rows, column);
                    all.add(List.of(getter.getKey(), String.valueOf(shown(value)), rows.wasNull()));
                } catch (SQLException e) {
                    all.add(List.of(getter.getKey(), e.getMessage(), e.getSQLState()));
                }
            }
        }
        return all;
    }

    private static Object shown(Object value) {
        return value instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : value;
    }

    @Test
    void aRowThatAnotherRequestPushesIntoMemoryIsReadOn() throws SQLException {
        fill();
        try (Statement statement = connection().createStatement();
                Statement second = connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, c, d, dt FROM v WHERE c IS NOT NULL ORDER BY id")) {
            for (int row = 0; row < 6; row++) {
                assertThat(rows.next()).isTrue();
            }
            int id = rows.getInt(1);
            try (ResultSet one = second.executeQuery("SELECT 'other', 0, NULL")) {
                assertThat(one.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(id);
                assertThat(rows.getString(2)).isEqualTo("c" + id % 3 + "   ");
                assertThat(rows.getBigDecimal(3)).isEqualTo(new BigDecimal("-" + id + ".1234"));
                assertThat(rows.getDate(4)).isEqualTo(Date.valueOf(LocalDate.of(2024, 2, 1 + id % 28)));
            }
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isGreaterThan(id);
        }
    }

    /** So many that the later ones are gone to without the lock. */
    private void fillPairs() throws SQLException {
        run("CREATE TABLE pairs (id INT NOT NULL, text VARCHAR(40) NOT NULL, wide NVARCHAR(40) NOT NULL)");
        try (PreparedStatement insert = connection().prepareStatement("INSERT INTO pairs VALUES (?, ?, ?)")) {
            for (int row = 0; row < PAIR_ROWS; row++) {
                String text = pairText(row);
                insert.setInt(1, row);
                insert.setString(2, text);
                insert.setString(3, text);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String pairText(int row) {
        return String.valueOf((char) ('a' + row % 26)).repeat(30);
    }

    private static void checkPair(ResultSet rows, int row) throws SQLException {
        assertThat(rows.getInt(1)).isEqualTo(row);
        assertThat(rows.getString(2)).isEqualTo(pairText(row));
        assertThat(rows.getString(3)).isEqualTo(pairText(row));
    }

    @Test
    void threadsThatReadTheSameResultInTurnSeeEachRowOnce() throws Exception {
        fillPairs();
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(PAIRS)) {
            for (int row = 0; row < PAIR_ROWS; row++) {
                int number = row;
                if (row % 97 < 60) {
                    assertThat(rows.next()).isTrue();
                    checkPair(rows, number);
                } else {
                    other.submit(() -> {
                                assertThat(rows.next()).isTrue();
                                checkPair(rows, number);
                                return null;
                            })
                            .get();
                }
                if (row % 89 == 0) {
                    // Takes the lock: of a row to which nobody had taken it.
                    other.submit(() -> {
                                checkPair(rows, number);
                                return null;
                            })
                            .get();
                    checkPair(rows, number);
                }
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void aLateRowThatAnotherRequestPushesIntoMemoryIsReadOn() throws SQLException {
        fillPairs();
        for (int pushed : new int[] {257, 258, 300, 411}) {
            try (Statement statement = connection().createStatement();
                    Statement second = connection().createStatement();
                    ResultSet rows = statement.executeQuery(PAIRS)) {
                for (int row = 0; row < PAIR_ROWS; row++) {
                    assertThat(rows.next()).isTrue();
                    if (row == pushed) {
                        try (ResultSet one = second.executeQuery("SELECT 'other'")) {
                            assertThat(one.next()).isTrue();
                        }
                    }
                    checkPair(rows, row);
                }
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void theLimitOfRowsHoldsWhereverItFalls() throws SQLException {
        fillPairs();
        for (int limit : new int[] {256, 257, 258, 290, 403}) {
            try (Statement statement = connection().createStatement()) {
                statement.setMaxRows(limit);
                try (ResultSet rows = statement.executeQuery(PAIRS)) {
                    for (int row = 0; row < limit; row++) {
                        assertThat(rows.next()).isTrue();
                        checkPair(rows, row);
                        assertThat(rows.getRow()).isEqualTo(row + 1);
                    }
                    assertThat(rows.next()).isFalse();
                }
            }
        }
    }

    @Guarantee("G13")
    @Test
    void aCancelIsToldByTheVeryNextMove() throws SQLException {
        for (int cancelled : new int[] {1, 256, 258, 283, 301}) {
            try (Statement statement = connection().createStatement();
                    ResultSet rows = statement.executeQuery(ENDLESS)) {
                for (int row = 0; row < cancelled; row++) {
                    assertThat(rows.next()).isTrue();
                    rows.getInt(1);
                }
                statement.cancel();
                assertThatThrownBy(rows::next).isInstanceOf(SQLException.class).hasMessageContaining("cancel");
            }
            try (Statement statement = connection().createStatement();
                    ResultSet next = statement.executeQuery("SELECT 1")) {
                assertThat(next.next()).as("the connection goes on").isTrue();
            }
        }
    }

    @Guarantee("G32")
    @Test
    void aValueIsNeverMadeOfTwoRowsWhileAnotherThreadUsesTheConnection() throws Exception {
        fillPairs();
        AtomicBoolean done = new AtomicBoolean();
        Future<Integer> disturbing = other.submit(() -> {
            int requests = 0;
            try (Statement statement = connection().createStatement()) {
                while (!done.get()) {
                    try (ResultSet row = statement.executeQuery("SELECT '" + "#".repeat(60) + "'")) {
                        assertThat(row.next()).isTrue();
                    }
                    requests++;
                }
            }
            return requests;
        });
        try (Statement statement = connection().createStatement()) {
            for (int again = 0; again < 40; again++) {
                try (ResultSet rows = statement.executeQuery(PAIRS)) {
                    for (int row = 0; row < PAIR_ROWS; row++) {
                        assertThat(rows.next()).isTrue();
                        checkPair(rows, row);
                    }
                    assertThat(rows.next()).isFalse();
                }
            }
        } finally {
            done.set(true);
        }
        assertThat(disturbing.get()).isPositive();
    }

    @Guarantee("G07")
    @Test
    void aRowThatWasReadInPlaceIsGoneOnceAnotherThreadHasClosedWhatItBelongsTo() throws Exception {
        fill();
        checkGone("SELECT id, c, d FROM v ORDER BY id", 5);
        checkGone(ENDLESS, 270);
    }

    private void checkGone(String query, int read) throws Exception {
        for (String closed : List.of("result", "statement", "connection")) {
            Connection connection = connect("");
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery(query);
            for (int row = 0; row < read; row++) {
                assertThat(rows.next()).isTrue();
                rows.getInt(1);
            }
            other.submit(() -> {
                        switch (closed) {
                            case "result" -> rows.close();
                            case "statement" -> statement.close();
                            default -> connection.close();
                        }
                        return null;
                    })
                    .get();
            for (Getter getter : GETTERS.values()) {
                assertThatThrownBy(() -> getter.get(rows, 1)).as(closed).hasMessageContaining("closed");
            }
            assertThatThrownBy(rows::next).hasMessageContaining("closed");
            connection.close();
        }
    }

    @Test
    void behindTheLastRowAndForAColumnThatIsNotThereNothingIsRead() throws SQLException {
        fill();
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT TOP 3 id FROM v ORDER BY id")) {
            while (rows.next()) {
                assertThatThrownBy(() -> rows.getInt(0)).hasMessageContaining("there is no column 0");
                assertThatThrownBy(() -> rows.getString(2)).hasMessageContaining("there is no column 2");
            }
            assertThatThrownBy(() -> rows.getInt(1)).hasMessageContaining("no more rows");
        }
    }

    @Test
    void whereTheMoveToTheNextRowHasFailedThereIsNoRow() throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(ENDLESS)) {
            for (int row = 0; row < 3; row++) {
                assertThat(rows.next()).isTrue();
                rows.getInt(1);
            }
            statement.cancel();
            assertThatThrownBy(() -> {
                        while (rows.next()) {
                            rows.getInt(1);
                        }
                    })
                    .isInstanceOf(SQLException.class);
            for (Getter getter : GETTERS.values()) {
                assertThatThrownBy(() -> getter.get(rows, 1))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("stands on no row");
            }
        }
    }

    @Test
    void timestampsAreOfTheirRow() throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT CAST('2024-01-01T00:00:01' AS DATETIME2(0)) UNION ALL"
                        + " SELECT CAST('2024-01-01T00:00:02' AS DATETIME2(0)) UNION ALL"
                        + " SELECT CAST('2024-01-01T00:00:03' AS DATETIME2(0)) ORDER BY 1")) {
            for (int second = 1; second <= 3; second++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getTimestamp(1))
                        .isEqualTo(Timestamp.valueOf(LocalDateTime.of(2024, 1, 1, 0, 0, second)));
            }
        }
    }
}
