package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The line fails behind a byte of a dialogue of ATTACH, scan, load and a transaction over both, in either direction. A build takes some of
 * the bytes, other ones each time; {@code -Dsweep.points=1000000} takes every one. How many that were is in {@code
 * target/engine-sweep.txt}.
 */
@Timeout(3600)
class DialogueSweepTest extends OnAttachedServer {
    /** Of each direction. */
    private static final int POINTS = Integer.getInteger("sweep.points", 40);

    private static final int LOADED = 600;
    private static final List<String> WHOLE = List.of("1|a", "2|null", "3|ccc");

    /** A stall is noticed soon, and those that a busy machine takes for one fail in the same ways. */
    private static final String IMPATIENT =
            ", LOGIN_TIMEOUT 2, SOCKET_TIMEOUT 700, CANCEL_QUERY_TIMEOUT 1, CLOSE_TIMEOUT 200,"
                    + " CONNECTION_TIMEOUT 4000";

    /** What one dialogue came to: the steps that it has done, and what ended it. */
    private record Outcome(int number, Fault fault, int steps, SQLException failure) {
        boolean isUnknown() {
            return failure != null && "08007".equals(failure.getSQLState());
        }

        @Override
        public String toString() {
            return fault + " came to step " + steps + ": " + failure;
        }
    }

    private interface Kind {
        Fault at(Flow flow, long after);
    }

    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int, name nvarchar(20))",
                "INSERT INTO dbo.t VALUES (1, N'a'), (2, NULL), (3, N'ccc')",
                "CREATE TABLE dbo.loaded (dialogue int, id bigint)",
                "CREATE TABLE dbo.written (dialogue int)");
        run("CREATE TABLE here (dialogue int)");
    }

    @Test
    @Guarantee(value = "G15", surface = Surface.E)
    @Guarantee(value = "G23", surface = Surface.E)
    @Guarantee(value = "G28", surface = Surface.E)
    @Guarantee(value = "G29", surface = Surface.E)
    void aDialogueThatIsCutAnywhereHasDoneAllOrNothing() throws Exception {
        sweep("cut", 4, (flow, after) -> Fault.cut(flow, after, after % 2 == 0 ? Ending.RESET : Ending.FIN), "");
    }

    @Test
    @Guarantee(value = "G14", surface = Surface.E)
    @Guarantee(value = "G23", surface = Surface.E)
    @Guarantee(value = "G29", surface = Surface.E)
    void aDialogueThatStallsAnywhereHasDoneAllOrNothing() throws Exception {
        sweep("stall", 24, Fault::stall, IMPATIENT);
    }

    private void sweep(String name, int atOnce, Kind kind, String options) throws Exception {
        Map<Flow, Long> bytes = measured();
        List<Fault> faults = new ArrayList<>();
        Random random = new Random();
        bytes.forEach((flow, length) -> {
            long step = Math.max(1, length / POINTS);
            for (long at = random.nextInt((int) step); at < length; at += step) {
                faults.add(kind.at(flow, at));
            }
        });
        List<Outcome> outcomes = outcomes(faults, atOnce, options);
        check(outcomes);
        assertThat(outcomes).as("not all faults come too late").anyMatch(outcome -> outcome.failure() != null);
        assertThat(rows("FROM mssql_pool_stats()")).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(thread -> thread.contains("tidegate-pool"));
        Files.writeString(
                Path.of("target", "engine-sweep.txt"),
                name + ": " + faults.size() + " points of " + bytes + " bytes\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** The number has as many digits in every dialogue, so that all are as long as the one that is measured. */
    private Map<Flow, Long> measured() throws Exception {
        try (FaultProxy proxy = proxy()) {
            Outcome clean = dialogue(100_000, null, proxy, "");
            assertThat((Throwable) clean.failure()).isNull();
            Map<Flow, Long> bytes = new TreeMap<>();
            for (Flow flow : Flow.values()) {
                bytes.put(flow, proxy.connections().get(0).passed(flow));
            }
            return bytes;
        }
    }

    private List<Outcome> outcomes(List<Fault> faults, int atOnce, String options) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            for (Fault fault : faults) {
                int number = 100_001 + running.size();
                running.add(threads.submit(() -> {
                    try (FaultProxy proxy = proxy()) {
                        proxy.onOthers(fault);
                        return dialogue(number, fault, proxy, options);
                    }
                }));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> each : running) {
                outcomes.add(each.get(30, TimeUnit.MINUTES));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private Outcome dialogue(int number, Fault fault, FaultProxy proxy, String options)
            throws SQLException, IOException {
        String alias = "s" + number;
        int steps = 0;
        SQLException failure = null;
        try (EngineConnection connection = duckdb().duplicate()) {
            boolean attached = false;
            try {
                run(
                        connection,
                        "ATTACH '" + urlThrough(proxy) + "' AS " + alias + " (TYPE mssql, MAXIMUM_POOL_SIZE 1" + options
                                + ")");
                attached = true;
                steps++;
                assertThat(rows(connection, "SELECT id, name FROM " + alias + ".dbo.t ORDER BY id"))
                        .as("%s", fault)
                        .isEqualTo(WHOLE);
                steps++;
                run(
                        connection,
                        "INSERT INTO " + alias + ".dbo.loaded SELECT " + number + ", range FROM range(" + LOADED + ")");
                steps++;
                run(connection, "BEGIN");
                run(connection, "INSERT INTO " + alias + ".dbo.written VALUES (" + number + ")");
                run(connection, "INSERT INTO here VALUES (" + number + ")");
                steps++;
                run(connection, "COMMIT");
                steps++;
            } catch (SQLException e) {
                failure = e;
            }
            if (steps == 3) {
                // Of an aborted one, or of none if BEGIN itself has failed.
                run(connection, "ROLLBACK");
            }
            if (attached) {
                run(connection, "DETACH " + alias);
            }
            assertThat(rows(connection, "SELECT 42")).containsExactly("42");
        }
        return new Outcome(number, fault, steps, failure);
    }

    private void check(List<Outcome> outcomes) throws SQLException {
        attach("direct", "");
        List<String> loaded =
                rows("SELECT dialogue, count(*), count(DISTINCT id) FROM direct.dbo.loaded GROUP BY dialogue");
        List<String> written = rows("SELECT dialogue FROM direct.dbo.written");
        List<String> here = rows("SELECT dialogue FROM here");
        run("DETACH direct");
        for (Outcome outcome : outcomes) {
            String number = Integer.toString(outcome.number());
            boolean hasLoaded = loaded.contains(number + "|" + LOADED + "|" + LOADED);
            assertThat(hasLoaded || loaded.stream().noneMatch(row -> row.startsWith(number + "|")))
                    .as("all or nothing; %s", outcome)
                    .isTrue();
            if (outcome.steps() >= 3) {
                assertThat(hasLoaded).as("%s", outcome).isTrue();
            } else if (outcome.steps() < 2 || !outcome.isUnknown()) {
                assertThat(hasLoaded).as("%s", outcome).isFalse();
            }
            boolean committed = outcome.steps() == 5;
            if (committed || outcome.steps() < 4 || !outcome.isUnknown()) {
                assertThat(written.contains(number)).as("%s", outcome).isEqualTo(committed);
            }
            assertThat(here.contains(number)).as("%s", outcome).isEqualTo(committed);
            assertThat(isTyped(outcome)).as("%s", outcome).isTrue();
        }
    }

    private static boolean isTyped(Outcome outcome) {
        SQLException failure = outcome.failure();
        return failure == null
                || failure instanceof SQLTimeoutException
                || Disconnects.isDisconnect(failure)
                || outcome.steps() == 0 && failure.getMessage().startsWith("ATTACH s");
    }
}
