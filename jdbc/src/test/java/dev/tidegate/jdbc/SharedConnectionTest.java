package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Several users of one connection: their requests run one after the other, and an open result is taken into memory for the next request, up
 * to a limit, beyond which that request is refused and says what to do. Nobody gets the rows of another.
 */
class SharedConnectionTest extends OnEmbeddedServer {
    private static final int THREADS = 20;
    private static final int STATEMENTS = 100;
    private static final int ROWS = 20;
    private static final int LARGE = 1_000_000;

    private final Logger logger = Logger.getLogger("dev.tidegate");
    private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void logEverything() {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    @AfterEach
    void logAsBefore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }

    @BeforeEach
    void fill() throws SQLException {
        run(
                "CREATE TABLE numbers (n INT NOT NULL)",
                "CREATE TABLE numbered (id INT IDENTITY PRIMARY KEY, v INT NOT NULL)");
        for (int n = 0; n < ROWS; n++) {
            run("INSERT INTO numbers VALUES (" + n + ")");
        }
    }

    @Guarantee("G32")
    @Test
    void twentyThreadsGetEachItsOwnRows() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<Void>> users = new ArrayList<>();
            for (int user = 0; user < THREADS; user++) {
                int number = user;
                users.add(threads.submit(() -> {
                    start.await();
                    use(number);
                    return null;
                }));
            }
            for (Future<Void> user : users) {
                user.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(logged).noneMatch(line -> line.contains(PASSWORD));
    }

    private void use(int user) throws SQLException {
        for (int i = 0; i < STATEMENTS; i++) {
            int own = user * STATEMENTS + i;
            if (i % 10 == 9) {
                insertBatch(own);
            } else if (i % 2 == 0) {
                try (Statement statement = connection().createStatement();
                        ResultSet rows = statement.executeQuery("SELECT " + own + " + n, n FROM numbers ORDER BY n")) {
                    check(rows, own);
                }
            } else {
                try (PreparedStatement statement =
                        connection().prepareStatement("SELECT CAST(? AS INT) + n, n FROM numbers ORDER BY n")) {
                    statement.setInt(1, own);
                    try (ResultSet rows = statement.executeQuery()) {
                        check(rows, own);
                    }
                }
            }
        }
    }

    private void insertBatch(int own) throws SQLException {
        try (PreparedStatement insert =
                connection().prepareStatement("INSERT INTO numbered (v) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int row = 0; row < 3; row++) {
                insert.setInt(1, own);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            List<Integer> ids = new ArrayList<>();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                while (keys.next()) {
                    ids.add(keys.getInt(1));
                }
            }
            assertThat(ids).hasSize(3).doesNotHaveDuplicates();
            for (int id : ids) {
                try (Statement statement = connection().createStatement();
                        ResultSet row = statement.executeQuery("SELECT v FROM numbered WHERE id = " + id)) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getInt(1)).isEqualTo(own);
                }
            }
        }
    }

    private static void check(ResultSet rows, int own) throws SQLException {
        for (int n = 0; n < ROWS; n++) {
            assertThat(rows.next()).as("row " + n).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(own + n);
            assertThat(rows.getInt(2)).isEqualTo(n);
        }
        assertThat(rows.next()).isFalse();
    }

    @Guarantee("G32")
    @Test
    void aResultBeyondTheLimitRefusesTheNextRequestAndIsReadOnAsIfNothingHadHappened() throws Exception {
        String digits =
                "SELECT a.n FROM numbers a CROSS JOIN numbers b CROSS JOIN numbers c CROSS JOIN numbers d CROSS JOIN"
                        + " numbers e";
        try (Statement first = connection().createStatement();
                Statement second = connection().createStatement()) {
            ResultSet large = first.executeQuery(digits);
            assertThat(large.next()).isTrue();
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(() -> second.executeQuery("SELECT 1"))
                        .hasMessageContaining("64 MB")
                        .hasMessageContaining("read it to its end or close it first, or use a second connection")
                        .satisfies(e ->
                                assertThat(((SQLException) e).getSQLState()).isEqualTo("HY010"));
            }
            int rows = 1;
            while (large.next()) {
                rows++;
            }
            assertThat(rows).isEqualTo((int) Math.pow(ROWS, 5)).isGreaterThan(LARGE);
            try (ResultSet small = second.executeQuery("SELECT 1")) {
                assertThat(small.next()).isTrue();
            }
        }
    }

    @Guarantee("G32")
    @Test
    void aLoadRefusesAnyOtherRequestUntilItEnds() throws Exception {
        BulkLoad load = connection().unwrap(TidegateConnection.class).bulkLoad("numbers", BulkLoadOptions.DEFAULTS);
        load.writeRow(77);
        try (Statement statement = connection().createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
                    .hasMessageContaining("busy with 'bulk load into [numbers]'")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("HY010"));
            load.close();
            try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM numbers")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(ROWS);
            }
        }
    }
}
