package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.error.NotReconnectedException;
import dev.tidegate.client.error.NotReconnectedException.Reason;
import dev.tidegate.client.error.TransactionLostException;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.RecoverableState;
import dev.tidegate.server.h2.H2Backend;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In which situation, cut in which way, a session is taken up again, and where a typed error comes instead. The request that meets the cut
 * is a write, so that the server shows how often it was run.
 */
@Guarantee(
        value = "G26",
        surface = {Surface.D, Surface.P})
@Timeout(120)
class ReconnectEligibilityTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WRITE = "INSERT INTO dbo.writes VALUES (1)";
    private static final String PREPARED = "INSERT INTO dbo.writes VALUES (@P0)";
    private static final TypeInfo TEXT = TypeInfo.nvarchar(4000, Collation.DEFAULT);
    /** More than the buffers between client and server hold. */
    private static final int LONG = 12_000_000;

    private enum Cut {
        FIN,
        RESET,
        /** Nothing comes through any more, and nobody is told. */
        HALF_OPEN,
        KILL
    }

    private enum Situation {
        IDLE,
        IN_TRANSACTION,
        IN_TRANSACTION_OF_TEXT,
        RESULT_OPEN,
        TEMP_TABLE,
        APP_LOCK,
        PREPARED_HANDLE,
        CURSOR,
        STATE_NOT_RECOVERABLE,
        NOT_ACKNOWLEDGED,
        PARTLY_SENT,
        WHOLLY_SENT,
        WRITE_SENT,
        OTHER_ANSWER,
        RETRY_COUNT_ZERO;

        boolean isInTransaction() {
            return this == IN_TRANSACTION || this == IN_TRANSACTION_OF_TEXT;
        }

        boolean isSent() {
            return this == PARTLY_SENT || this == WHOLLY_SENT || this == WRITE_SENT || this == RESULT_OPEN;
        }
    }

    private final ExecutorService others = Executors.newSingleThreadExecutor();
    private final RecoveringBackend backend = new RecoveringBackend();
    private EmbeddedSqlServer server;
    private TdsConnection observer;
    private FaultProxy proxy;
    private int spid;
    private Duration limit;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedSqlServer.builder()
                .database("demo")
                .login("sa", "Secret-1")
                .backend(backend.backend())
                .start();
        observer = TdsConnection.open(settings(server.port()).build());
        run(observer, "CREATE TABLE dbo.writes (i int)");
        proxy = FaultProxy.to(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        observer.close();
        server.close();
        others.shutdownNow();
    }

    private static ConnectionSettings.Builder settings(int port) {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(port)
                .database("demo")
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, "false")
                .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "1");
    }

    static Stream<Arguments> matrix() {
        List<Arguments> all = new ArrayList<>();
        for (Situation situation : Situation.values()) {
            for (Cut cut : Cut.values()) {
                for (boolean pooled : new boolean[] {false, true}) {
                    all.add(Arguments.of(situation, cut, pooled));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1} pooled={2}")
    @MethodSource("matrix")
    void aSessionIsTakenUpOnlyWhereNothingIsLostAndNothingIsRunTwice(Situation situation, Cut cut, boolean pooled)
            throws Exception {
        limit = situation == Situation.PARTLY_SENT ? Duration.ofMillis(500) : PATIENCE;
        backend.acknowledges = situation != Situation.NOT_ACKNOWLEDGED;
        ConnectionSettings settings = settings(proxy.port())
                .set(ConnectionProperty.CONNECT_RETRY_COUNT, situation == Situation.RETRY_COUNT_ZERO ? "0" : "1")
                .build();
        if (situation == Situation.PARTLY_SENT) {
            proxy.onConnection(1, faultWithinTheRequest(cut));
        }
        if (pooled) {
            try (ConnectionPool pool = new ConnectionPool(
                    settings,
                    PoolSettings.builder()
                            .set(PoolProperty.MAXIMUM_POOL_SIZE, 1)
                            .build())) {
                long writes;
                try (TdsConnection lent = pool.acquire()) {
                    cutAndAsk(situation, cut, lent);
                    writes = writes();
                }
                backend.acknowledges = true;
                try (TdsConnection next = pool.acquire()) {
                    assertThat(number(next, "SELECT @@TRANCOUNT")).isZero();
                    assertThat(number(next, "SELECT @@LOCK_TIMEOUT")).isEqualTo(-1);
                }
                assertThat(writes()).isEqualTo(writes);
            }
        } else {
            try (TdsConnection connection = TdsConnection.open(settings)) {
                cutAndAsk(situation, cut, connection);
            }
        }
    }

    private void cutAndAsk(Situation situation, Cut cut, TdsConnection connection) throws Exception {
        spid = (int) number(connection, "SELECT @@SPID");
        run(connection, "SET LOCK_TIMEOUT 777");
        bringAbout(situation, connection);
        if (situation == Situation.RESULT_OPEN) {
            cutInAResult(cut, connection);
        } else if (situation.isSent()) {
            cutWhileItRuns(situation, cut, connection);
        } else {
            cut(cut, connection);
            while (cut != Cut.HALF_OPEN && !connection.isCut()) {
                Thread.sleep(1);
            }
            backend.acknowledges = situation != Situation.OTHER_ANSWER;
            expectForAFreshRequest(situation, cut, connection, request(situation, connection));
        }
    }

    private void bringAbout(Situation situation, TdsConnection connection) throws Exception {
        switch (situation) {
            case IN_TRANSACTION -> connection.begin(IsolationLevel.CURRENT);
            case IN_TRANSACTION_OF_TEXT -> run(connection, "BEGIN TRANSACTION");
            case TEMP_TABLE -> run(connection, "CREATE TABLE #t (a int)");
            case APP_LOCK -> run(connection, "EXEC sp_getapplock 'l', 'Exclusive', 'Session'");
            case CURSOR ->
                finish(connection.call(
                        ProcedureCall.byId(
                                ProcedureCall.SP_CURSOROPEN,
                                List.of(
                                        Parameter.out("", TypeInfo.integer()),
                                        Parameter.in(TEXT, "SELECT i FROM dbo.writes"))),
                        RequestOptions.DEFAULTS));
            case PREPARED_HANDLE -> {
                assertThat(connection.statementHandles().ask(this, PREPARED, "@P0 int"))
                        .isTrue();
                connection.statementHandles().prepared(this, PREPARED, "@P0 int", handle(connection));
            }
            case STATE_NOT_RECOVERABLE -> {
                backend.complete = false;
                run(connection, "SELECT 1");
            }
            default -> {
                // Nothing but the cut is special.
            }
        }
    }

    private static int handle(TdsConnection connection) throws SQLException {
        try (Response response = connection.call(
                ProcedureCall.byId(
                        ProcedureCall.SP_PREPARE,
                        List.of(
                                Parameter.out("", TypeInfo.integer()),
                                Parameter.in(TEXT, "@P0 int"),
                                Parameter.in(TEXT, PREPARED))),
                RequestOptions.DEFAULTS)) {
            int handle = 0;
            for (Item item = response.next(); item != null; item = response.next()) {
                handle = item instanceof Item.OutputValue output ? (Integer) output.value() : handle;
            }
            assertThat(handle).isPositive();
            return handle;
        }
    }

    private Callable<Void> request(Situation situation, TdsConnection connection) {
        RequestOptions options = new RequestOptions(limit);
        return () -> {
            finish(
                    situation == Situation.PREPARED_HANDLE
                            ? connection.call(() -> List.of(prepared(connection)), options)
                            : connection.execute(WRITE, options));
            return null;
        };
    }

    /** With the handle if the server has it, as drivers do. */
    private ProcedureCall prepared(TdsConnection connection) {
        int handle = connection.statementHandles().handle(this, PREPARED, "@P0 int");
        Parameter value = Parameter.in("@P0", TypeInfo.integer(), 1);
        return handle == StatementHandles.DIRECTLY
                ? ProcedureCall.byId(
                        ProcedureCall.SP_EXECUTESQL,
                        List.of(Parameter.in(TEXT, PREPARED), Parameter.in(TEXT, "@P0 int"), value))
                : ProcedureCall.byId(
                        ProcedureCall.SP_EXECUTE,
                        List.of(Parameter.in(TypeInfo.integer(), handle), Parameter.in(TypeInfo.integer(), 1)));
    }

    private void cut(Cut how, TdsConnection connection) {
        ProxiedConnection line = proxy.connections().get(0);
        switch (how) {
            case FIN -> line.cut(Ending.FIN);
            case RESET -> line.cut(Ending.RESET);
            case HALF_OPEN -> {
                connection.setSocketTimeout(Duration.ofMillis(200));
                line.stall(Flow.TO_SERVER);
                line.stall(Flow.TO_CLIENT);
            }
            case KILL -> assertThat(server.kill(spid)).isTrue();
        }
    }

    private void cutInAResult(Cut cut, TdsConnection connection) throws Exception {
        run(observer, "CREATE TABLE dbo.n (i int)");
        StringBuilder rows = new StringBuilder("INSERT INTO dbo.n VALUES (0)");
        for (int i = 1; i < 1_000; i++) {
            rows.append(",(").append(i).append(')');
        }
        run(observer, rows.toString());
        try (Response response = connection.execute(
                "SELECT a.i FROM dbo.n a CROSS JOIN dbo.n b CROSS JOIN dbo.n c", new RequestOptions(limit))) {
            response.next();
            assertThat(response.nextRow()).isTrue();
            cut(cut, connection);
            assertThatThrownBy(() -> {
                        while (response.nextRow()) {
                            assertThat(response.row()).isNotNull();
                        }
                    })
                    .isInstanceOf(SQLException.class);
        }
        expectTheEnd(connection, 0);
    }

    /** Bytes of a login, of two small requests, and of some of the long one. */
    private static Fault faultWithinTheRequest(Cut cut) {
        long within = 1_000_000;
        return switch (cut) {
            case FIN -> Fault.cut(Flow.TO_SERVER, within, Ending.FIN);
            case RESET -> Fault.cut(Flow.TO_SERVER, within, Ending.RESET);
            case HALF_OPEN, KILL -> Fault.stall(Flow.TO_SERVER, within);
        };
    }

    private void cutWhileItRuns(Situation situation, Cut cut, TdsConnection connection) throws Exception {
        String sql = switch (situation) {
            case PARTLY_SENT -> WRITE + "--" + "x".repeat(LONG);
            case WHOLLY_SENT -> "WAITFOR DELAY '00:01:00'; " + WRITE;
            default -> WRITE + "; WAITFOR DELAY '00:01:00'";
        };
        Future<Void> running = others.submit(() -> {
            finish(connection.execute(sql, new RequestOptions(limit)));
            return null;
        });
        long expected = 0;
        if (situation == Situation.PARTLY_SENT) {
            if (cut == Cut.KILL) {
                proxy.connections().get(0).awaitStalled(Flow.TO_SERVER, PATIENCE);
                cut(cut, connection);
            }
        } else if (situation == Situation.WHOLLY_SENT) {
            while (connection.session().state().phase() != Phase.EXECUTING) {
                Thread.sleep(1);
            }
            cut(cut, connection);
        } else {
            while (writes() == 0) {
                Thread.sleep(1);
            }
            cut(cut, connection);
            expected = 1;
        }
        if (cut == Cut.HALF_OPEN && situation != Situation.PARTLY_SENT) {
            // It would wait for long: not even the cancel is answered.
            connection.cancel();
        }
        assertThatThrownBy(() -> running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SQLException.class)
                .isNotInstanceOf(NotReconnectedException.class);
        expectTheEnd(connection, expected);
    }

    /** Of a connection that was cut under a request: nothing is run again, and nothing else either. */
    private void expectTheEnd(TdsConnection connection, long writes) throws Exception {
        assertThat(connection.isOpen()).isFalse();
        assertThatThrownBy(() -> finish(connection.execute(WRITE))).satisfies(ReconnectEligibilityTest::isDisconnect);
        assertThat(proxy.connections()).hasSize(1);
        assertThat(writes()).isEqualTo(writes);
    }

    private void expectForAFreshRequest(Situation situation, Cut cut, TdsConnection connection, Callable<?> request)
            throws Exception {
        if (cut == Cut.HALF_OPEN) {
            // Cannot be noticed before the request has gone out, after which nothing is tried again.
            assertThatThrownBy(request::call)
                    .isInstanceOf(SQLException.class)
                    .isNotInstanceOf(NotReconnectedException.class);
            assertThat(writes()).isZero();
            assertThat(proxy.connections()).hasSize(1);
            assertThat(connection.isOpen()).isFalse();
            assertThat(connection.hasLostTransaction()).isEqualTo(situation.isInTransaction());
            return;
        }
        switch (situation) {
            case IDLE, PREPARED_HANDLE -> {
                request.call();
                assertThat(writes()).isEqualTo(1);
                assertThat(proxy.connections()).hasSize(2);
                assertThat(number(connection, "SELECT @@LOCK_TIMEOUT")).isEqualTo(777);
            }
            case IN_TRANSACTION, IN_TRANSACTION_OF_TEXT -> {
                assertThatThrownBy(request::call).isInstanceOf(TransactionLostException.class);
                assertThat(writes()).isZero();
                assertThat(proxy.connections()).hasSize(1);
                connection.rollback();
                request.call();
                assertThat(writes()).isEqualTo(1);
                assertThat(number(connection, "SELECT @@LOCK_TIMEOUT")).isEqualTo(777);
            }
            default -> {
                assertThatThrownBy(request::call)
                        .isInstanceOfSatisfying(
                                NotReconnectedException.class,
                                e -> assertThat(e.reason()).isEqualTo(reason(situation)))
                        .satisfies(ReconnectEligibilityTest::isDisconnect);
                assertThat(writes()).isZero();
                assertThat(connection.isOpen()).isFalse();
                assertThat(proxy.connections()).hasSize(situation == Situation.OTHER_ANSWER ? 2 : 1);
            }
        }
    }

    private static Reason reason(Situation situation) {
        return switch (situation) {
            case NOT_ACKNOWLEDGED -> Reason.NOT_ACKNOWLEDGED;
            case RETRY_COUNT_ZERO -> Reason.SWITCHED_OFF;
            case OTHER_ANSWER -> Reason.ATTEMPT_FAILED;
            default -> Reason.STATE_NOT_RECOVERABLE;
        };
    }

    private long writes() throws SQLException {
        return number(observer, "SELECT COUNT_BIG(*) FROM dbo.writes");
    }

    private static void finish(Response answer) throws SQLException {
        try (Response response = answer) {
            response.finish();
        }
    }

    private static void run(TdsConnection connection, String sql) throws SQLException {
        OnOneServer.run(connection, sql);
    }

    private static long number(TdsConnection connection, String sql) throws SQLException {
        return OnOneServer.number(connection, sql);
    }

    private static void isDisconnect(Throwable e) {
        assertThat(Disconnects.isDisconnect(e)).isTrue();
    }

    /** The embedded server's own backend, which can be told to say something else of recovery than what is true. */
    private static final class RecoveringBackend {
        private final H2Backend h2 = H2Backend.inMemory(List.of("demo"));
        private volatile boolean acknowledges = true;
        private volatile boolean complete = true;

        Backend backend() {
            return proxy(Backend.class, h2, (method, result) -> {
                boolean recovers = acknowledges;
                return method.getName().equals("open")
                        ? proxy(
                                BackendSession.class,
                                (BackendSession) result,
                                (call, returned) -> session(recovers, call, returned))
                        : result;
            });
        }

        private Object session(boolean recovers, Method method, Object result) {
            if (!method.getName().equals("recoverableState")) {
                return result;
            }
            if (!recovers) {
                return null;
            }
            RecoverableState state = (RecoverableState) result;
            Map<Integer, byte[]> states = new LinkedHashMap<>(state.states());
            states.put(99, new byte[] {(byte) (complete ? 0 : 1)});
            return new RecoverableState(states, state.complete() && complete);
        }

        private interface Change {
            Object of(Method method, Object result);
        }

        private static <T> T proxy(Class<T> type, T target, Change change) {
            InvocationHandler handler = (self, method, arguments) -> {
                try {
                    return change.of(method, method.invoke(target, arguments));
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            };
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }
}
