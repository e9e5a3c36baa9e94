package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.lang.ref.WeakReference;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections of the engine are closed at any moment, with what belongs to them. */
class CloseTest extends OnAttachedServer {
    private static final String SCAN = "SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)";

    @BeforeEach
    void fill() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int)", "INSERT INTO dbo.t VALUES (1), (2), (3)");
        attach("ms", ", MAXIMUM_POOL_SIZE 4");
    }

    @Test
    @Guarantee(value = "G01", surface = Surface.E)
    void childrenAreClosedWithTheirConnection() throws Exception {
        for (int cycle = 0; cycle < 10; cycle++) {
            EngineConnection connection = duckdb().duplicate();
            List<Statement> statements = new ArrayList<>();
            List<ResultSet> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Statement plain = connection.createStatement();
                results.add(plain.executeQuery("SELECT id FROM ms.dbo.t"));
                PreparedStatement prepared = connection.prepareStatement("SELECT id FROM ms.dbo.t WHERE id > ?");
                prepared.setInt(1, 0);
                results.add(prepared.executeQuery());
                Statement raw = connection.createStatement();
                results.add(raw.executeQuery("FROM mssql_query('ms', 'SELECT id FROM dbo.t')"));
                statements.addAll(List.of(plain, prepared, raw));
            }
            for (ResultSet result : results) {
                assertThat(result.next()).isTrue();
            }
            if (cycle % 2 == 0) {
                connection.close();
            } else {
                apart(() -> closed(connection)).get(30, TimeUnit.SECONDS);
            }
            assertThat(connection.isClosed()).isTrue();
            for (Statement statement : statements) {
                assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
                statement.close();
                statement.close();
            }
            for (ResultSet result : results) {
                result.close();
            }
        }
        idle();
    }

    /** Of the loads of one connection one runs, and the others wait for it. */
    @Test
    @Guarantee(value = "G01", surface = Surface.E)
    @Guarantee(value = "G05", surface = Surface.E)
    void loadsOfEveryKindAreClosedWithTheirConnection() throws Exception {
        onServer("CREATE TABLE dbo.taken (id bigint)", "CREATE TABLE dbo.other (id bigint)");
        String rows = "SELECT range AS id FROM range(100000000000)";
        List<String> loads = List.of(
                "CREATE TABLE ms.dbo.made AS " + rows,
                "CREATE OR REPLACE TABLE ms.dbo.other AS " + rows,
                "INSERT INTO ms.dbo.taken " + rows,
                "COPY (" + rows + ") TO 'mssql://ms/dbo/copied'");
        List<WeakReference<Object>> gone = new ArrayList<>();
        for (int cycle = 0; cycle < 10; cycle++) {
            closeWithLoads(loads, cycle, gone);
            idle();
        }
        // A server that is slow to undo a load goes on by itself, and shows its table meanwhile.
        List<String> left = List.of("other", "t", "taken");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!onServerRows("SELECT name FROM sys.tables ORDER BY name").equals(left) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        run("CALL mssql_clear_cache('ms')");
        assertThat(rows("SELECT table_name FROM mssql_tables('ms') ORDER BY 1")).containsExactly("other", "t", "taken");
        assertThat(onServerRows("SELECT name FROM sys.tables ORDER BY name")).containsExactly("other", "t", "taken");
        assertThat(onServerRows("SELECT (SELECT COUNT(*) FROM dbo.taken) + (SELECT COUNT(*) FROM dbo.other)"))
                .containsExactly("0");
        for (WeakReference<Object> child : gone) {
            for (int i = 0; i < 1000 && child.get() != null; i++) {
                System.gc();
                Thread.sleep(5);
            }
            assertThat(child.get()).as("nobody holds it").isNull();
        }
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("3");
    }

    private void closeWithLoads(List<String> loads, int cycle, List<WeakReference<Object>> gone) throws Exception {
        EngineConnection connection = duckdb().duplicate();
        ResultSet halfRead = connection.createStatement().executeQuery("SELECT id FROM ms.dbo.t");
        assertThat(halfRead.next()).isTrue();
        List<Statement> statements = new ArrayList<>();
        List<CompletableFuture<SQLException>> running = new ArrayList<>();
        for (int i = 0; i < 2 * loads.size(); i++) {
            String load = loads.get((cycle + i) % loads.size());
            Statement statement = i < loads.size() ? connection.createStatement() : connection.prepareStatement(load);
            statements.add(statement);
            gone.add(new WeakReference<>(statement));
        }
        for (int i = 0; i < statements.size(); i++) {
            String load = loads.get((cycle + i) % loads.size());
            Statement statement = statements.get(i);
            running.add(apart(() -> catchThrowableOfType(SQLException.class, () -> {
                if (statement instanceof PreparedStatement prepared) {
                    prepared.execute();
                } else {
                    statement.execute(load);
                }
            })));
        }
        awaitScans(1, running.get(0));
        if (cycle % 2 == 0) {
            connection.close();
        } else {
            apart(() -> closed(connection)).get(60, TimeUnit.SECONDS);
        }
        for (CompletableFuture<SQLException> load : running) {
            assertThat((Throwable) load.get(60, TimeUnit.SECONDS)).isNotNull();
        }
        for (Statement statement : statements) {
            assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
            statement.close();
        }
        halfRead.close();
        gone.add(new WeakReference<>(connection));
    }

    @Test
    @Guarantee(value = "G04", surface = Surface.E)
    void anyNumberOfThreadsMayClose() throws Exception {
        EngineConnection connection = duckdb().duplicate();
        CompletableFuture<SQLException> scan = scanOf(connection);
        awaitScans(1, scan);
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> closes = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                closes.add(threads.submit(() -> {
                    start.await();
                    connection.close();
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> close : closes) {
                close.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat((Throwable) scan.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(connection.isClosed()).isTrue();
        connection.close();
        idle();
    }

    @Test
    @Guarantee(value = "G08", surface = Surface.E)
    void anyOrderOfCloseWorks() throws Exception {
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] order : orders) {
            EngineConnection connection = duckdb().duplicate();
            Statement statement = connection.createStatement();
            ResultSet result = statement.executeQuery("SELECT id FROM ms.dbo.t");
            AutoCloseable[] all = {connection, statement, result};
            for (int which : order) {
                all[which].close();
            }
            assertThat(connection.isClosed()).isTrue();
            assertThat(statement.isClosed()).isTrue();
        }
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("3");
        idle();
    }

    @Test
    @Guarantee(value = "G03", surface = Surface.E)
    void whatIsBegunWhileItClosesEndsWithIt() throws Exception {
        for (int round = 0; round < 30; round++) {
            EngineConnection connection = duckdb().duplicate();
            CountDownLatch start = new CountDownLatch(1);
            CompletableFuture<SQLException> scan = apart(() -> {
                await(start);
                return catchThrowableOfType(SQLException.class, () -> {
                    while (true) {
                        rows(connection, "SELECT count(*) FROM ms.dbo.t");
                    }
                });
            });
            start.countDown();
            if (round % 3 == 0) {
                rows("SELECT count(*) FROM ms.dbo.t");
            }
            connection.close();
            assertThat((Throwable) scan.get(30, TimeUnit.SECONDS)).isNotNull();
        }
        idle();
    }

    @Test
    @Guarantee(value = "G07", surface = Surface.E)
    void aClosedConnectionRefusesItsStatements() throws SQLException {
        EngineConnection connection = duckdb().duplicate();
        connection.close();
        long acquired = acquired();
        assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connection.prepareStatement("FROM ms.dbo.t")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connection.prepareStatement("ATTACH '" + url() + "' AS x"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(connection::duplicate).isInstanceOf(SQLException.class);
        assertThatThrownBy(connection::getMetaData).isInstanceOf(SQLException.class);
        assertThat(acquired()).isEqualTo(acquired);
    }

    @Test
    @Guarantee(value = "G06", surface = Surface.E)
    void theLastConnectionTakesTheEngineWithItWhileOthersScan() throws Exception {
        for (int round = 0; round < 5; round++) {
            EngineConnection first = TidegateDuckDB.open("");
            run(first, "ATTACH '" + url() + "' AS ms (TYPE mssql, MAXIMUM_POOL_SIZE 4)");
            EngineConnection second = first.duplicate();
            List<CompletableFuture<SQLException>> scans = List.of(scanOf(first), scanOf(second));
            try (EngineConnection watching = first.duplicate()) {
                while (!rows(watching, "SELECT in_use FROM mssql_pool_stats()").equals(List.of("2"))) {
                    assertThat(scans).noneMatch(CompletableFuture::isDone);
                    Thread.sleep(5);
                }
            }
            first.close();
            second.close();
            for (CompletableFuture<SQLException> scan : scans) {
                assertThat((Throwable) scan.get(30, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }

    private static CompletableFuture<SQLException> scanOf(EngineConnection connection) {
        return apart(() -> catchThrowableOfType(SQLException.class, () -> rows(connection, SCAN)));
    }

    private void awaitScans(int count, CompletableFuture<?> scan) throws Exception {
        while (!rows("SELECT in_use FROM mssql_pool_stats('ms')").equals(List.of(Integer.toString(count)))) {
            assertThat(scan.isDone()).isFalse();
            Thread.sleep(5);
        }
    }

    private long acquired() throws SQLException {
        return Long.parseLong(
                rows("SELECT acquired FROM mssql_pool_stats('ms')").get(0));
    }

    private void idle() throws SQLException {
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean closed(EngineConnection connection) {
        try {
            connection.close();
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
