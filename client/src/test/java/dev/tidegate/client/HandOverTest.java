package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One user after another on the same session, while those before do not stop to use what they had. */
@Timeout(120)
class HandOverTest {
    private static final int ROUNDS = 20_000;
    private static final String PASSWORD = "Secret-1";

    private EmbeddedSqlServer server;
    private TdsConnection connection;
    private PhysicalConnection physical;

    private static final Lender<Object> LENDER = new Lender<>() {
        @Override
        public void giveBack(Object lease) {}

        @Override
        public void discard(Object lease) {}
    };

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedSqlServer.builder()
                .database("demo")
                .login("sa", PASSWORD)
                .start();
        connection = TdsConnection.open(ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(server.port())
                .database("demo")
                .login("sa", PASSWORD)
                .set(ConnectionProperty.ENCRYPT, "false")
                .build());
        physical = new PhysicalConnection(connection);
    }

    @AfterEach
    void stop() {
        physical.close();
        server.close();
    }

    @Test
    void whatAUserAsksForInTheMomentOfTheHandOverIsNotDoneToTheNext() throws Exception {
        AtomicReference<TdsConnection> stale = new AtomicReference<>(physical.lend(LENDER, this));
        physical.takeBack();
        Thread meddler = new Thread(() -> {
            for (TdsConnection user = stale.get(); user != null; user = stale.get()) {
                user.setSocketTimeout(Duration.ofSeconds(7));
                user.resetOnNextRequest();
            }
        });
        meddler.start();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                TdsConnection user = physical.lend(LENDER, this);
                assertThat(user.socketTimeout()).isZero();
                assertThat(connection.session().isResetWanted()).isFalse();
                stale.set(user);
                physical.takeBack();
            }
        } finally {
            stale.set(null);
            meddler.join();
        }
    }

    @Test
    void silenceIsCountedFromTheEndOfTheLastAnswer() throws Exception {
        TdsConnection user = physical.lend(LENDER, this);
        long before = System.nanoTime();
        run(user, "SELECT 1");
        assertThat(physical.silence()).isNotNegative().isLessThanOrEqualTo(System.nanoTime() - before);
        long answered = System.nanoTime();
        Thread.sleep(5);
        physical.takeBack();
        long held = System.nanoTime() - answered;
        assertThat(physical.silence()).isGreaterThanOrEqualTo(held);
    }

    @Test
    void whoHasPassedTheCheckBeforeTheHandOverCannotBeginBehindIt() throws Exception {
        TdsConnection user = physical.lend(LENDER, this);
        run(user, "SELECT 1");
        ConnectionState state = connection.session().state();
        long begun = state.begin(() -> {
            shutOut();
            return true;
        });
        assertThat(begun).isEqualTo(-1);
        assertThat(state.phase()).isEqualTo(Phase.IDLE);
        run(connection, "SELECT 1");
        physical.takeBack();
        assertThat(physical.isQuiet()).isTrue();
    }

    private void shutOut() {
        try {
            physical.shutOut();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aResetThatWasAskedForIsNotTakenByTheNextUserInTheMiddleOfItsWork() throws Exception {
        TdsConnection before = physical.lend(LENDER, this);
        physical.takeBack();
        TdsConnection user = physical.lend(LENDER, this);
        run(user, "CREATE TABLE #mine (n int)");
        // As if the check that it is over had been passed long ago.
        connection.session().askForReset(1);
        before.resetOnNextRequest();
        before.setSocketTimeout(Duration.ofMillis(1));
        run(user, "INSERT INTO #mine VALUES (1)");
        assertThat(user.socketTimeout()).isZero();
        user.resetOnNextRequest();
        before.resetOnNextRequest();
        assertThat(connection.session().isResetWanted()).isTrue();
        run(user, "CREATE TABLE #mine (n int)");
        assertThat(connection.session().isResetWanted()).isFalse();
    }

    @Test
    void aTimeOutOfTheSocketIsItsUsersAlone() throws Exception {
        TdsConnection user = physical.lend(LENDER, this);
        user.setSocketTimeout(Duration.ofSeconds(7));
        assertThat(user.socketTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(connection.session().socketTimeout()).isEqualTo(Duration.ofSeconds(7));
        physical.takeBack();
        TdsConnection next = physical.lend(LENDER, this);
        assertThat(next.socketTimeout()).isZero();
        assertThat(connection.session().socketTimeout()).isZero();
    }

    private static void run(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            response.finish();
        }
    }
}
