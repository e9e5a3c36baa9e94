package dev.tidegate.server.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks on names that applications choose. */
@Timeout(60)
class AppLocksTest {
    private final H2Backend backend = H2Backend.inMemory(List.of("demo"));
    private BackendSession one;
    private BackendSession two;

    @BeforeEach
    void open() throws SqlServerException {
        one = backend.open(new SessionOptions("demo", "sa", "", "", "", 51));
        two = backend.open(new SessionOptions("demo", "sa", "", "", "", 52));
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        backend.close();
    }

    private static List<String> run(BackendSession session, String sql) throws SqlServerException {
        RecordingSink sink = new RecordingSink();
        session.executeBatch(sql, sink);
        return sink.lines();
    }

    private static String get(BackendSession session, String arguments) throws SqlServerException {
        return run(session, "declare @r int exec @r = sp_getapplock " + arguments + " select @r").stream()
                .filter(line -> line.startsWith("row "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSessionKeepsItsLockUntilItLetsGo() throws Exception {
        assertThat(get(one, "'job', 'Exclusive', 'Session'")).isEqualTo("row 0");
        assertThat(get(one, "'job', 'Exclusive', 'Session'")).isEqualTo("row 0");
        assertThat(get(two, "'job', 'Shared', 'Session', 0")).isEqualTo("row -1");
        assertThat(get(two, "'JOB', 'Shared', 'Session', 0")).isEqualTo("row 0");
        run(one, "exec sp_releaseapplock 'job', 'Session'");
        assertThat(get(two, "'job', 'Shared', 'Session', 0")).isEqualTo("row -1");
        run(one, "exec sp_releaseapplock 'job', 'Session'");
        assertThat(get(two, "'job', 'Shared', 'Session', 0")).isEqualTo("row 0");
        assertThat(run(one, "exec sp_releaseapplock 'job', 'Session'").getFirst())
                .startsWith("error 1223 ");
    }

    @Test
    void aTransactionsLockEndsWithIt() throws Exception {
        for (String end : List.of("commit", "rollback")) {
            run(one, "begin tran");
            assertThat(get(one, "@Resource = 'job', @LockMode = 'Exclusive'")).isEqualTo("row 0");
            assertThat(get(two, "'job', 'IntentShared', 'Session', 0")).isEqualTo("row -1");
            run(one, end);
            assertThat(get(two, "'job', 'IntentShared', 'Session', 0")).isEqualTo("row 0");
            run(two, "exec sp_releaseapplock 'job', 'Session'");
        }
        assertThat(get(one, "'job', 'Exclusive'")).isEqualTo("row -999");
        assertThat(get(one, "'job', 'Sharp', 'Session'")).isEqualTo("row -999");
    }

    @Test
    void closingAndResettingLetGo() throws Exception {
        get(one, "'a', 'Exclusive', 'Session'");
        one.reset(false);
        assertThat(get(two, "'a', 'Exclusive', 'Session', 0")).isEqualTo("row 0");
        get(one, "'b', 'Exclusive', 'Session'");
        run(one, "begin tran");
        get(one, "'c', 'Exclusive'");
        one.close();
        assertThat(get(two, "'b', 'Exclusive', 'Session', 0")).isEqualTo("row 0");
        assertThat(get(two, "'c', 'Exclusive', 'Session', 0")).isEqualTo("row 0");
    }

    @Test
    void modesGoTogetherAsDocumented() throws Exception {
        List<String> modes = List.of("IntentShared", "Shared", "Update", "IntentExclusive", "Exclusive");
        List<String> expected = List.of("11110", "11100", "11000", "10010", "00000");
        for (int held = 0; held < modes.size(); held++) {
            get(one, "'m', '" + modes.get(held) + "', 'Session'");
            StringBuilder free = new StringBuilder();
            for (String mode : modes) {
                String row = run(two, "select applock_test('public', 'm', '" + mode + "', 'Session')")
                        .get(1);
                free.append(row.charAt(row.length() - 1));
            }
            assertThat(free).as(modes.get(held)).hasToString(expected.get(held));
            assertThat(run(one, "select applock_mode('public', 'm', 'Session')").get(1))
                    .isEqualTo("row '" + modes.get(held) + "'");
            run(one, "exec sp_releaseapplock 'm', 'Session'");
        }
        assertThat(run(one, "select applock_mode('public', 'm', 'Session')").get(1))
                .isEqualTo("row 'NoLock'");
    }

    private static String getOrLetGo(BackendSession session, String wanted, String held) throws SqlServerException {
        String outcome = get(session, "'" + wanted + "', 'Exclusive', 'Session'");
        if (outcome.equals("row -3")) {
            run(session, "exec sp_releaseapplock '" + held + "', 'Session'");
        }
        return outcome;
    }

    @Test
    void waitsForTheOtherAndFindsADeadlock() throws Exception {
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            get(one, "'x', 'Exclusive', 'Session'");
            get(two, "'y', 'Exclusive', 'Session'");
            // whichever comes second closes the circle, and lets go
            Future<String> other = threads.submit(() -> getOrLetGo(two, "x", "y"));
            String mine = getOrLetGo(one, "y", "x");
            List<String> both = List.of(mine, other.get(30, TimeUnit.SECONDS));
            assertThat(both).containsOnlyOnce("row -3");
            assertThat(both).containsAnyOf("row 0", "row 1");
        }
    }
}
