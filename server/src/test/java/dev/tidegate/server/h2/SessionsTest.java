package dev.tidegate.server.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.VectorBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions beside each other: transactions, locks, cancel, bulk loads, procedures, reset. */
@Timeout(60)
class SessionsTest {
    private final H2Backend backend = H2Backend.inMemory(List.of("demo"));

    @AfterEach
    void close() {
        backend.close();
    }

    private BackendSession open(H2Backend from) throws SqlServerException {
        return from.open(new SessionOptions("demo", "sa", "", "", "", 51));
    }

    private static List<String> run(BackendSession session, String sql) throws SqlServerException {
        RecordingSink sink = new RecordingSink();
        session.executeBatch(sql, sink);
        assertThat(sink.timesDone()).isEqualTo(1);
        return sink.lines();
    }

    private static ProcedureCall.Parameter in(TypeInfo type, Object value) {
        return new ProcedureCall.Parameter("", false, false, type, value);
    }

    private static TypeInfo text() {
        return TypeInfo.nvarchar(4000, Collation.DEFAULT);
    }

    @Test
    void whatIsNotCommittedIsSeenByNobodyElse() throws Exception {
        try (BackendSession one = open(backend);
                BackendSession two = open(backend)) {
            run(one, "create table t (a int)");
            run(one, "begin tran insert t values (1)");
            assertThat(run(two, "select count(*) from t")).contains("row 0");
            run(one, "commit");
            assertThat(run(two, "select count(*) from t")).contains("row 1");
        }
    }

    @Test
    void closingRollsBack() throws Exception {
        try (BackendSession two = open(backend)) {
            BackendSession one = open(backend);
            run(one, "create table t (a int)");
            run(one, "begin tran insert t values (1)");
            one.close();
            one.close();
            assertThat(run(two, "select count(*) from t")).contains("row 0");
        }
    }

    @Test
    void howFarAKillHasComeIsToldUntilTheSessionIsGone() throws Exception {
        try (BackendSession other = backend.open(new SessionOptions("demo", "sa", "", "", "", 52))) {
            BackendSession victim = open(backend);
            // Whoever has the line takes its time.
            victim.cutBy(() -> {});
            run(other, "kill 51");
            assertThat(run(other, "kill 51 with statusonly"))
                    .anyMatch(line -> line.startsWith("message 6109 ") && line.contains("SPID 51: transaction rollback in progress."));
            victim.close();
            assertThat(run(other, "kill 51 with statusonly")).anyMatch(line -> line.startsWith("error 6106 "));
        }
    }

    @Test
    void aResetTakesTheIsolationBackEvenWhereTheTransactionIsKept() throws Exception {
        try (BackendSession one = open(backend)) {
            run(one, "set transaction isolation level serializable begin tran");
            one.reset(true);
            assertThat(run(one, "select @@trancount")).contains("row 1");
            run(one, "commit");
            assertThat(run(one, "select transaction_isolation_level from sys.dm_exec_sessions where session_id = @@spid"))
                    .contains("row 2");
        }
    }

    @Test
    void aLockThatDoesNotComeIsAnError() throws Exception {
        try (BackendSession one = open(backend);
                BackendSession two = open(backend)) {
            run(one, "create table t (id int primary key, a int) insert t values (1, 1)");
            run(one, "begin tran update t set a = 2 where id = 1");
            assertThat(run(two, "set lock_timeout 0 update t set a = 3 where id = 1")
                            .getFirst())
                    .startsWith("error 1222 ");
            run(one, "rollback");
            assertThat(run(two, "update t set a = 3 where id = 1")).containsExactly("done update 1");
        }
    }

    @Test
    void aLockIsWaitedForAsLongAsItTakes() throws Exception {
        try (BackendSession one = open(backend);
                BackendSession two = open(backend);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            run(one, "create table t (id int primary key, a int) insert t values (1, 1)");
            run(one, "begin tran update t set a = 2 where id = 1");
            Future<List<String>> waiting = threads.submit(() -> run(two, "update t set a = a + 10 where id = 1"));
            run(one, "waitfor delay '00:00:00.500' commit");
            assertThat(waiting.get(30, TimeUnit.SECONDS)).containsExactly("done update 1");
            assertThat(run(one, "select a from t")).contains("row 12");
        }
    }

    @Test
    void aDeadlockHasAVictimWhoseTransactionIsGone() throws Exception {
        try (BackendSession one = open(backend);
                BackendSession two = open(backend);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            run(one, "create table t (id int primary key, a int) insert t values (1, 1), (2, 2)");
            run(one, "begin tran update t set a = 10 where id = 1");
            run(two, "begin tran update t set a = 20 where id = 2");
            Future<List<String>> waiting = threads.submit(() -> run(two, "update t set a = 20 where id = 1"));
            List<String> mine = run(one, "update t set a = 10 where id = 2");
            boolean victim = mine.getFirst().startsWith("error 1205 ");
            if (victim) {
                assertThat(one.transactionDescriptor()).isZero();
            } else {
                run(one, "rollback");
            }
            List<String> other = waiting.get(30, TimeUnit.SECONDS);
            assertThat(victim ? other.getFirst() : mine.getFirst()).isEqualTo("done update 1");
        }
    }

    @Test
    void cancelStopsWhatRunsAndOnlyThat() throws Exception {
        try (BackendSession session = open(backend);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            session.cancel();
            assertThat(run(session, "select 1 as a")).contains("row 1");
            CountDownLatch started = new CountDownLatch(1);
            RecordingSink sink = new RecordingSink() {
                @Override
                public void row(Object[] values) {
                    started.countDown();
                }
            };
            Future<?> running = threads.submit(() -> {
                session.executeBatch("select value from generate_series(1, 1000000000000) select 2", sink);
                return null;
            });
            started.await();
            session.cancel();
            running.get(30, TimeUnit.SECONDS);
            assertThat(sink.timesDone()).isEqualTo(1);
            assertThat(sink.lines()).noneMatch(line -> line.startsWith("error"));
            assertThat(run(session, "select 3 as a")).contains("row 3");
        }
    }

    @Test
    void aCancelThatComesDuringADefinitionHitsNothingLater() throws Exception {
        try (BackendSession session = open(backend);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < 100; round++) {
                String create = "create table c" + round + " (id int primary key, a int)";
                AtomicBoolean ended = new AtomicBoolean();
                Future<?> cancels = threads.submit(() -> {
                    while (!ended.get()) {
                        session.cancel();
                    }
                });
                run(session, create);
                ended.set(true);
                cancels.get(30, TimeUnit.SECONDS);
                assertThat(run(session, "select sum(value) as s from generate_series(1, 1000)"))
                        .contains("row 500500");
            }
        }
    }

    @Test
    void cancelEndsTheWaitForALock() throws Exception {
        try (BackendSession one = open(backend);
                BackendSession two = open(backend);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            run(one, "create table t (id int primary key, a int) insert t values (1, 1)");
            run(one, "begin tran update t set a = 2 where id = 1");
            CountDownLatch begun = new CountDownLatch(1);
            RecordingSink sink = new RecordingSink() {
                @Override
                public void message(dev.tidegate.tds.token.ServerMessage message) {
                    begun.countDown();
                }
            };
            Future<?> waiting = threads.submit(() -> {
                two.executeBatch("print 'now' update t set a = 3 where id = 1", sink);
                return null;
            });
            begun.await();
            two.cancel();
            waiting.get(30, TimeUnit.SECONDS);
            run(one, "commit");
            assertThat(run(two, "select a from t")).contains("row 2");
        }
    }

    @Test
    void transactionsByRequest() throws Exception {
        try (BackendSession session = open(backend)) {
            RecordingSink sink = new RecordingSink();
            run(session, "create table t (a int)");
            session.begin("", IsolationLevel.READ_COMMITTED, sink);
            assertThat(session.transactionDescriptor()).isNotZero();
            run(session, "insert t values (1)");
            session.save("sp", sink);
            run(session, "insert t values (2)");
            session.rollback("sp", sink);
            session.commit(sink);
            assertThat(session.transactionDescriptor()).isZero();
            assertThat(sink.lines()).containsExactly("begun", "committed");
            assertThat(run(session, "select a from t")).contains("row 1").doesNotContain("row 2");
            assertThatThrownBy(() -> session.commit(sink)).isInstanceOf(SqlServerException.class);
        }
    }

    @Test
    void statementsAreRunWithParametersAndPrepared() throws Exception {
        try (BackendSession session = open(backend)) {
            RecordingSink sink = new RecordingSink();
            session.executeProcedure(
                    new ProcedureCall(
                            "sp_executesql",
                            List.of(
                                    in(text(), "select @a + 1 as r set @b = N'out'"),
                                    in(text(), "@a int, @b nvarchar(10) output"),
                                    new ProcedureCall.Parameter("@a", false, false, TypeInfo.integer(), 41),
                                    new ProcedureCall.Parameter("@b", true, false, text(), null))),
                    sink);
            assertThat(sink.lines())
                    .containsExactly(
                            "columns r int", "row 42", "done select 1", "status 0", "output 3 @b nvarchar(4000) 'out'");
            RecordingSink prepared = new RecordingSink();
            session.executeProcedure(
                    new ProcedureCall(
                            "sp_prepexec",
                            List.of(
                                    new ProcedureCall.Parameter("", true, false, TypeInfo.integer(), null),
                                    in(text(), "@p int"),
                                    in(text(), "select @p * 2 as r"),
                                    in(TypeInfo.integer(), 4))),
                    prepared);
            assertThat(prepared.lines()).contains("row 8", "output 0  int 1");
            RecordingSink again = new RecordingSink();
            session.executeProcedure(
                    new ProcedureCall("sp_execute", List.of(in(TypeInfo.integer(), 1), in(TypeInfo.integer(), 5))),
                    again);
            assertThat(again.lines()).contains("row 10");
            session.executeProcedure(new ProcedureCall("sp_unprepare", List.of(in(TypeInfo.integer(), 1))), again);
            RecordingSink gone = new RecordingSink();
            session.executeProcedure(new ProcedureCall("sp_execute", List.of(in(TypeInfo.integer(), 1))), gone);
            assertThat(gone.lines().getFirst()).startsWith("error 8179 ");
        }
    }

    @Test
    void aCursorGivesPortions() throws Exception {
        try (BackendSession session = open(backend)) {
            RecordingSink sink = new RecordingSink();
            session.executeProcedure(
                    new ProcedureCall(
                            "sp_cursoropen",
                            List.of(
                                    new ProcedureCall.Parameter("", true, false, TypeInfo.integer(), null),
                                    in(text(), "select value as v from generate_series(1, 5)"),
                                    new ProcedureCall.Parameter("", true, false, TypeInfo.integer(), 8),
                                    new ProcedureCall.Parameter("", true, false, TypeInfo.integer(), 1),
                                    new ProcedureCall.Parameter("", true, false, TypeInfo.integer(), null))),
                    sink);
            int handle = Integer.parseInt(sink.lines().stream()
                    .filter(line -> line.startsWith("output 0"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(".* ", ""));
            assertThat(sink.lines()).contains("output 4  int 5");
            List<ProcedureCall.Parameter> next = List.of(
                    in(TypeInfo.integer(), handle),
                    in(TypeInfo.integer(), 2),
                    in(TypeInfo.integer(), 0),
                    in(TypeInfo.integer(), 3));
            RecordingSink first = new RecordingSink();
            session.executeProcedure(new ProcedureCall("sp_cursorfetch", next), first);
            assertThat(first.lines()).contains("row 1 | 1", "row 3 | 1", "done select 3");
            RecordingSink second = new RecordingSink();
            session.executeProcedure(new ProcedureCall("sp_cursorfetch", next), second);
            assertThat(second.lines()).contains("row 4 | 1", "row 5 | 1", "done select 2");
            session.executeProcedure(
                    new ProcedureCall("sp_cursorclose", List.of(in(TypeInfo.integer(), handle))), second);
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("id", TypeInfo.integer(), 0),
            new Column("a", TypeInfo.nvarchar(50, Collation.DEFAULT), Column.NULLABLE));

    @Test
    void aResetLeavesTheNamesOfTemporaryTablesFree() throws Exception {
        try (BackendSession session = open(backend)) {
            for (int use = 0; use < 3; use++) {
                run(session, "create table #t (id int, a nvarchar(50))");
                run(session, "insert bulk #t ([id] int, [a] nvarchar(50))");
                try (BulkTarget load = session.beginBulkLoad(COLUMNS)) {
                    load.add(new Object[] {use, "a"});
                    assertThat(load.finish()).isEqualTo(1);
                }
                assertThat(run(session, "select id from #t")).contains("row " + use);
                if (use == 0) {
                    run(session, "drop table #t");
                }
                session.reset(false);
            }
        }
    }

    @Test
    void aDeleteWithFromFindsItsRowsOnce() throws Exception {
        try (BackendSession session = open(backend)) {
            run(session, "create table t (id int primary key)");
            run(session, "create table #gone (id int)");
            run(session, """
                    with d as (select * from (values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)) as d (x))
                    insert t select a.x + b.x * 10 + c.x * 100 + d.x * 1000 + e.x * 10000 from d a, d b, d c, d, d e where e.x < 3
                    """);
            run(session, "insert #gone select id from t where id < 20000 insert #gone select id from #gone");
            // to find them for each row anew would take an hour
            assertThat(run(session, "delete t from t join #gone g on g.id = t.id")).containsExactly("done delete 20000");
            assertThat(run(session, "select count(*), min(id) from t")).contains("row 10000 | 20000");
        }
    }

    @Test
    void aBulkLoadIsStoredAsAWhole() throws Exception {
        try (BackendSession session = open(backend)) {
            run(session, "create table t (id int primary key, a nvarchar(5) default N'd')");
            run(session, "insert bulk t ([id] int, [a] nvarchar(50))");
            try (BulkTarget load = session.beginBulkLoad(COLUMNS)) {
                for (int i = 0; i < 1200; i++) {
                    load.add(new Object[] {i, i == 7 ? null : "v" + i});
                }
                assertThat(load.finish()).isEqualTo(1200);
            }
            assertThat(run(session, "select count(*), count(a), max(case when id = 7 then a end) from t"))
                    .contains("row 1200 | 1200 | 'd'");
            assertThatThrownBy(() -> session.beginBulkLoad(COLUMNS))
                    .isInstanceOfSatisfying(
                            SqlServerException.class,
                            e -> assertThat(e.number()).isEqualTo(4022));
        }
    }

    @Test
    void ofABulkLoadThatFailsNothingStays() throws Exception {
        try (BackendSession session = open(backend)) {
            run(session, "create table t (id int primary key, a nvarchar(5))");
            run(session, "begin tran insert t values (-1, N'own')");
            run(session, "insert bulk t ([id] int, [a] nvarchar(50)) with (KEEP_NULLS, TABLOCK)");
            try (BulkTarget load = session.beginBulkLoad(COLUMNS)) {
                load.add(new Object[] {1, "ok"});
                assertThatThrownBy(() -> load.add(new Object[] {2, "too long"}))
                        .isInstanceOfSatisfying(
                                SqlServerException.class,
                                e -> assertThat(e.number()).isEqualTo(2628));
            }
            run(session, "insert bulk t ([id] int, [a] nvarchar(50))");
            try (BulkTarget load = session.beginBulkLoad(COLUMNS)) {
                load.add(new Object[] {1, "a"});
                load.add(new Object[] {1, "b"});
                assertThatThrownBy(load::finish)
                        .isInstanceOfSatisfying(
                                SqlServerException.class,
                                e -> assertThat(e.number()).isEqualTo(2627));
            }
            assertThat(run(session, "commit select id from t"))
                    .contains("row -1")
                    .doesNotContain("row 1");
        }
    }

    @Test
    void aBulkLoadThatFailsTakesItsTransactionAlongWhereXactAbortSaysSo() throws Exception {
        try (BackendSession session = open(backend)) {
            run(session, "create table t (id int primary key, a nvarchar(5)) set xact_abort on");
            run(session, "begin tran insert t values (-1, N'own')");
            run(session, "insert bulk t ([id] int, [a] nvarchar(50))");
            try (BulkTarget load = session.beginBulkLoad(COLUMNS)) {
                load.add(new Object[] {1, "a"});
                load.add(new Object[] {1, "b"});
                assertThatThrownBy(load::finish).isInstanceOf(SqlServerException.class);
            }
            assertThat(session.transactionDescriptor()).isZero();
            run(session, "begin tran insert t values (-2, N'own')");
            run(session, "insert bulk nosuch ([id] int)");
            assertThatThrownBy(() -> session.beginBulkLoad(COLUMNS)).isInstanceOf(SqlServerException.class);
            assertThat(session.transactionDescriptor()).isZero();
            run(session, "begin tran insert t values (-3, N'own')");
            run(session, "insert bulk t ([id] int, [a] nvarchar(50))");
            try (BulkTarget load = session.beginBulkLoad(COLUMNS)) {
                load.add(new Object[] {1, "a"});
                assertThat(load.finish()).isEqualTo(1);
            }
            assertThat(run(session, "commit select id from t order by id")).contains("row -3", "row 1", "done select 2");
        }
    }

    @Test
    void aBulkLoadWaitsForALockAsLongAsItTakes() throws Exception {
        try (BackendSession one = open(backend);
                BackendSession two = open(backend);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            run(one, "create table t (id int primary key, a nvarchar(5))");
            run(one, "begin tran insert t values (7, N'one')");
            run(two, "insert bulk t ([id] int, [a] nvarchar(50))");
            try (BulkTarget load = two.beginBulkLoad(COLUMNS)) {
                Future<Long> waiting = threads.submit(() -> {
                    load.add(new Object[] {7, "two"});
                    return load.finish();
                });
                run(one, "waitfor delay '00:00:01' rollback");
                assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            }
            assertThat(run(one, "select a from t")).contains("row 'two'");
        }
    }

    @Test
    void aCancelEndsABulkLoadThatWaitsAndLeavesNothing() throws Exception {
        try (BackendSession one = open(backend);
                BackendSession two = open(backend);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            run(one, "create table t (id int primary key, a nvarchar(5))");
            run(one, "begin tran insert t values (7, N'one')");
            run(two, "insert bulk t ([id] int, [a] nvarchar(50))");
            try (BulkTarget load = two.beginBulkLoad(COLUMNS)) {
                load.add(new Object[] {6, "two"});
                // So many that they are stored while they come.
                Future<?> waiting = threads.submit(() -> {
                    for (int id = 7; id < 1000; id++) {
                        load.add(new Object[] {id, "two"});
                    }
                    return null;
                });
                while (!waiting.isDone()) {
                    two.cancel();
                    Thread.sleep(5);
                }
                waiting.get();
                load.add(new Object[] {1000, "two"});
                assertThat(load.finish()).isZero();
            }
            run(two, "insert bulk t ([id] int, [a] nvarchar(50))");
            try (BulkTarget load = two.beginBulkLoad(COLUMNS)) {
                load.add(new Object[] {7, "two"});
                Future<Long> finishing = threads.submit(load::finish);
                while (!finishing.isDone()) {
                    two.cancel();
                    Thread.sleep(5);
                }
                assertThat(finishing.get()).isZero();
            }
            run(two, "insert t values (9, N'two')");
            assertThat(run(one, "rollback select id from t")).contains("row 9", "done select 1");
        }
    }

    @Test
    void onlySpacesAreLostBeyondAColumnsLength() throws Exception {
        try (BackendSession session = open(backend)) {
            run(session, "create table t (id int, a nvarchar(5))");
            assertThat(run(session, "insert t values (1, N'12345  ')")).containsExactly("done insert 1");
            assertThat(run(session, "insert t values (2, N'12345\t')").getFirst())
                    .startsWith("error 2628 ");
            run(session, "insert bulk t ([id] int, [a] nvarchar(50))");
            try (BulkTarget load = session.beginBulkLoad(COLUMNS)) {
                load.add(new Object[] {3, "12345   "});
                assertThatThrownBy(() -> load.add(new Object[] {4, "12345\n"}))
                        .isInstanceOfSatisfying(
                                SqlServerException.class,
                                e -> assertThat(e.number()).isEqualTo(2628));
            }
        }
    }

    @Test
    void whatIsNestedTooDeeplyIsAnErrorOfItsRequest() throws Exception {
        try (BackendSession session = open(backend)) {
            String sql = "select " + "(".repeat(100_000) + "1" + ")".repeat(100_000);
            assertThatThrownBy(() -> run(session, sql))
                    .isInstanceOfSatisfying(
                            SqlServerException.class,
                            e -> assertThat(e.number()).isEqualTo(191));
            assertThat(run(session, "select 1 as a")).contains("row 1");
        }
    }

    @Test
    void aCloseDuringACallEndsBoth() throws Exception {
        BackendSession session = open(backend);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            CountDownLatch started = new CountDownLatch(1);
            RecordingSink sink = new RecordingSink() {
                @Override
                public void row(Object[] values) {
                    started.countDown();
                }
            };
            Future<?> running = threads.submit(() -> {
                session.executeBatch("select value from generate_series(1, 1000000000000)", sink);
                return null;
            });
            started.await();
            session.close();
            running.get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> run(session, "select 1"))
                    .isInstanceOfSatisfying(
                            SqlServerException.class,
                            e -> assertThat(e.number()).isEqualTo(6005));
        }
    }

    @Test
    void resetMakesTheSessionNew() throws Exception {
        try (BackendSession session = open(backend)) {
            run(session, "create table #t (a int) set nocount on set xact_abort on begin tran");
            session.reset(false);
            assertThat(session.transactionDescriptor()).isZero();
            assertThat(run(session, "select * from #t").getFirst()).startsWith("error 208 ");
            assertThat(run(session, "select 1 as a")).contains("done select 1");
        }
    }

    @Test
    void aTempTableIsTheSessionsOwn() throws Exception {
        try (BackendSession one = open(backend);
                BackendSession two = open(backend)) {
            run(one, "create table #t (a int primary key)");
            run(two, "create table #t (b int primary key)");
            assertThat(run(two, "select b from #t")).contains("done select 0");
        }
    }

    @Test
    void aDirectoryKeepsItsDatabases(@TempDir Path directory) throws Exception {
        try (H2Backend first = H2Backend.directory(directory, List.of("demo"));
                BackendSession session = open(first)) {
            run(
                    session,
                    "create table t (id int identity primary key, a datetime2(3) default sysdatetime(), b nvarchar(7))"
                            + " insert t (b) values (N'kept')");
        }
        try (H2Backend second = H2Backend.directory(directory, List.of("demo"));
                BackendSession session = open(second)) {
            assertThat(run(session, "select id, b from t"))
                    .containsExactly(
                            "columns id int not null identity | b nvarchar(7)", "row 1 | 'kept'", "done select 1");
        }
    }

    @Test
    void textOfATypeWithoutMaxEndsAtItsLongest() throws Exception {
        try (BackendSession session = open(backend)) {
            List<Object> values = new ArrayList<>();
            RecordingSink sink = new RecordingSink() {
                @Override
                public void row(Object[] row) {
                    values.addAll(List.of(row));
                }
            };
            session.executeBatch("select replicate('a', 9000), replicate(cast('a' as varchar(max)), 9000)", sink);
            assertThat(values).extracting(value -> ((String) value).length()).containsExactly(8000, 9000);
        }
    }

    @Test
    void aParameterOfATypeThatIsNotSupportedIsRefused() throws Exception {
        try (BackendSession session = open(backend)) {
            RecordingSink sink = new RecordingSink();
            session.executeProcedure(
                    new ProcedureCall(
                            "sp_executesql",
                            List.of(
                                    in(text(), "select 1"),
                                    in(text(), "@v nvarchar(10)"),
                                    in(TypeInfo.vector(1, VectorBytes.FLOAT16), new float[] {1}))),
                    sink);
            assertThat(sink.lines().getFirst()).startsWith("error 40510 ");
        }
    }

    @Test
    void aVariantParameterKeepsItsType() throws Exception {
        try (BackendSession session = open(backend)) {
            RecordingSink sink = new RecordingSink();
            session.executeProcedure(
                    new ProcedureCall(
                            "sp_executesql",
                            List.of(
                                    in(text(), "select @v as v, cast(@v as int) + 1 as n set @v = 0x01"),
                                    in(text(), "@v sql_variant output"),
                                    new ProcedureCall.Parameter(
                                            "@v",
                                            true,
                                            false,
                                            TypeInfo.sqlVariant(),
                                            new SqlVariant(TypeInfo.smallint(), (short) 7)))),
                    sink);
            assertThat(sink.lines())
                    .contains("columns v sql_variant | n int", "row smallint 7 | 8")
                    .anyMatch(line -> line.startsWith("output ") && line.endsWith("sql_variant varbinary(1) 0x01"));
        }
    }

    @Test
    void aBackendThatIsClosedOpensNothing() {
        backend.close();
        assertThatThrownBy(() -> open(backend)).isInstanceOf(SqlServerException.class);
    }

    @Test
    void unknownDatabasesAreRefused() {
        assertThatThrownBy(() -> backend.open(new SessionOptions("nosuch", "sa", "", "", "", 51)))
                .isInstanceOfSatisfying(
                        SqlServerException.class, e -> assertThat(e.number()).isEqualTo(4060));
    }
}
