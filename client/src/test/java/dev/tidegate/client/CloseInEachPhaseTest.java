package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.error.SqlStates;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.invariant.NothingLeftBehind;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection that is closed while it is at work: whoever works gets a typed error soon, be it the one that closes. */
class CloseInEachPhaseTest extends OnOneServer {
    private static final int ROUNDS = 25;
    /** The promise is two seconds; a busy machine is given more. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    @RegisterExtension
    final NothingLeftBehind invariant = new NothingLeftBehind();

    /** What a connection does until it is closed under it. */
    private enum Work {
        WAITING {
            @Override
            void go(TdsConnection connection, CountDownLatch begun) throws SQLException {
                Response response = connection.execute(SILENT);
                begun.countDown();
                response.next();
                response.nextRow();
            }
        },
        STREAMING {
            @Override
            void go(TdsConnection connection, CountDownLatch begun) throws SQLException {
                Response response = connection.execute(ENDLESS);
                response.next();
                while (response.nextRow()) {
                    begun.countDown();
                }
            }
        },
        LOADING {
            @Override
            void go(TdsConnection connection, CountDownLatch begun) throws SQLException {
                BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS);
                for (int n = 0; n >= 0; n++) {
                    load.writeRow(n);
                    begun.countDown();
                }
            }
        },
        COMMITTING {
            @Override
            void go(TdsConnection connection, CountDownLatch begun) throws SQLException {
                while (true) {
                    connection.begin(IsolationLevel.CURRENT);
                    run(connection, "INSERT INTO t VALUES (1)");
                    begun.countDown();
                    connection.commit();
                }
            }
        };

        abstract void go(TdsConnection connection, CountDownLatch begun) throws SQLException;
    }

    @BeforeEach
    void create() throws SQLException {
        try (TdsConnection connection = connect()) {
            run(connection, "CREATE TABLE t (n INT NOT NULL)");
        }
    }

    @AfterEach
    void end() {
        worker.shutdownNow();
    }

    @Guarantee("G05")
    @ParameterizedTest
    @EnumSource(Work.class)
    void fromAnotherThread(Work work) throws Exception {
        Random random = new Random(work.ordinal());
        for (int round = 0; round < ROUNDS; round++) {
            TdsConnection connection = connect();
            CountDownLatch begun = new CountDownLatch(1);
            Future<Throwable> working = worker.submit(() -> catchThrowable(() -> work.go(connection, begun)));
            begun.await();
            TimeUnit.MICROSECONDS.sleep(random.nextInt(3_000));
            long before = System.nanoTime();
            connection.close();
            Throwable thrown = working.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
            expectClosed(thrown);
        }
        awaitNoConnection();
        if (work != Work.COMMITTING) {
            expectEmptyTable();
        }
    }

    private void expectEmptyTable() throws SQLException {
        try (TdsConnection connection = connect()) {
            assertThat(number(connection, "SELECT COUNT(*) FROM t")).isZero();
        }
    }

    @Guarantee("G05")
    @Test
    void fromASinkInTheMiddleOfARow() throws Exception {
        TdsConnection connection = connect();
        Response response = connection.execute(ENDLESS.replace("a.object_id", "a.object_id, a.name, b.object_id"));
        response.next();
        RecordingSink last = new RecordingSink();
        ColumnSink closing = new RecordingSink() {
            @Override
            public void setUtf16(int row, byte[] bytes, int offset, int length) {
                if (row == 2) {
                    connection.close();
                }
            }
        };
        expectClosedSoon(() -> {
            while (response.readColumns(new ColumnSink[] {null, closing, last}, 5) > 0) {
                assertThat(last.values()).hasSizeLessThanOrEqualTo(3);
            }
        });
        assertThat(connection.isOpen()).isFalse();
        response.close();
        awaitNoConnection();
    }

    @Guarantee("G05")
    @Test
    void fromASourceInTheMiddleOfARow() throws Exception {
        TdsConnection connection = connect();
        BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS);
        ColumnSource closing = source(row -> {
            if (row == 3) {
                connection.close();
            }
        });
        expectClosedSoon(() -> load.write(new ColumnSource[] {closing}, 1_000_000));
        load.close();
        awaitNoConnection();
        expectEmptyTable();
    }

    @Guarantee("G05")
    @Test
    void fromAParameterThatIsBeingSent() throws Exception {
        TdsConnection connection = connect();
        InputStream closing = new InputStream() {
            private int sent;

            @Override
            public int read() {
                if (++sent == 100_000) {
                    connection.close();
                }
                return sent < 10_000_000 ? 'x' : -1;
            }
        };
        Parameter value = Parameter.in("@p", TypeInfo.varbinary(TypeInfo.PLP), closing);
        ProcedureCall call = ProcedureCall.byId(
                ProcedureCall.SP_EXECUTESQL,
                List.of(
                        Parameter.in("", TypeInfo.nvarchar(100, Collation.DEFAULT), "SELECT 1"),
                        Parameter.in("", TypeInfo.nvarchar(100, Collation.DEFAULT), "@p varbinary(max)"),
                        value));
        expectClosedSoon(() -> connection.call(call, RequestOptions.DEFAULTS).finish());
        awaitNoConnection();
    }

    private interface Look {
        void at(int row);
    }

    private static ColumnSource source(Look look) {
        return (ColumnSource) Proxy.newProxyInstance(
                ColumnSource.class.getClassLoader(), new Class<?>[] {ColumnSource.class}, (self, method, values) -> {
                    look.at((Integer) values[0]);
                    return method.getReturnType() == boolean.class ? (Object) false : (Object) 7L;
                });
    }

    private static void expectClosedSoon(ThrowingCallable call) {
        long before = System.nanoTime();
        Throwable thrown = catchThrowable(call);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        expectClosed(thrown);
    }

    private static void expectClosed(Throwable thrown) {
        assertThat(thrown).isInstanceOf(SQLException.class);
        String state = ((SQLException) thrown).getSQLState();
        assertThat(Disconnects.isDisconnect(thrown)).as(thrown.toString()).isTrue();
        assertThat(state).isIn(SqlStates.NOT_CONNECTED, SqlStates.OUTCOME_UNKNOWN);
    }
}
