package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.error.NotReconnectedException;
import dev.tidegate.client.error.TransactionLostException;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction that is lost with its connection: nothing goes on until its user has rolled it back. */
class LostTransactionTest extends OnEmbeddedServer {
    @BeforeEach
    void table() throws SQLException {
        run("CREATE TABLE dbo.t (i int)");
    }

    @Guarantee(
            value = "G21",
            surface = {Surface.D, Surface.P})
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everythingSaysSoUntilTheRollbackAndThenTheConnectionIsUsableAgain(boolean pooled) throws Exception {
        try (TidegateDataSource source = source();
                Connection one = pooled ? source.getConnection() : connect("")) {
            try (Statement statement = one.createStatement()) {
                statement.execute("SET LOCK_TIMEOUT 4321");
            }
            one.setAutoCommit(false);
            insert(one);
            kill(one);
            assertLost(one);
            one.rollback();
            assertThat(rows()).isZero();
            insert(one);
            one.commit();
            assertThat(rows()).isEqualTo(1);
            one.setAutoCommit(true);
            assertThat(number(one, "SELECT @@LOCK_TIMEOUT")).isEqualTo(4321);
        }
    }

    @Guarantee(
            value = "G21",
            surface = {Surface.D, Surface.P})
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatCannotBeMadeAnewSaysWhyAfterTheRollback(boolean pooled) throws Exception {
        try (TidegateDataSource source = source()) {
            try (Connection one = pooled ? source.getConnection() : connect("")) {
                try (Statement statement = one.createStatement()) {
                    statement.execute("CREATE TABLE #mine (i int)");
                }
                one.setAutoCommit(false);
                insert(one);
                kill(one);
                assertLost(one);
                one.rollback();
                assertThatThrownBy(() -> insert(one))
                        .isInstanceOf(NotReconnectedException.class)
                        .satisfies(e -> assertThat(Disconnects.isDisconnect(e)).isTrue());
                assertThat(one.isClosed()).isTrue();
            }
            assertThat(rows()).isZero();
            try (Connection next = source.getConnection()) {
                insert(next);
            }
            assertThat(rows()).isEqualTo(1);
        }
    }

    @Guarantee(value = "G21", surface = Surface.P)
    @Test
    void aPoolDoesNotLendAConnectionWhoseTransactionWasLost() throws Exception {
        try (TidegateDataSource source = source()) {
            try (Connection one = source.getConnection()) {
                one.setAutoCommit(false);
                insert(one);
                kill(one);
            }
            try (Connection next = source.getConnection()) {
                assertThat(next.getAutoCommit()).isTrue();
                insert(next);
            }
            assertThat(rows()).isEqualTo(1);
        }
    }

    /** A line that this side has given up, because the server was silent for too long, is no better than one that was cut. */
    @Guarantee(value = "G21", surface = Surface.P)
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPoolDoesNotLendAConnectionWhoseServerWasSilentInATransaction(boolean rolledBack) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server().port());
                TidegateDataSource source = source()) {
            source.setURL("jdbc:tidegate://127.0.0.1:" + proxy.port() + ";databaseName=demo;encrypt=false");
            try (Connection one = source.getConnection()) {
                one.setAutoCommit(false);
                insert(one);
                one.setNetworkTimeout(null, 200);
                proxy.connections().get(0).stall(Flow.TO_SERVER);
                assertThatThrownBy(() -> insert(one)).isInstanceOf(TransactionLostException.class);
                if (rolledBack) {
                    one.rollback();
                }
            }
            try (Connection next = source.getConnection()) {
                insert(next);
                assertThat(proxy.connections()).hasSize(2);
            }
            proxy.connections().get(0).cut(Ending.RESET);
        }
        assertThat(rows()).isEqualTo(1);
    }

    @Guarantee("G21")
    @Test
    void aTransactionThatWasBegunWithTextIsRolledBackInAutoCommitModeToo() throws Exception {
        try (Connection one = connect("")) {
            try (Statement statement = one.createStatement()) {
                statement.execute("BEGIN TRAN");
            }
            insert(one);
            kill(one);
            assertThatThrownBy(() -> insert(one)).isInstanceOf(TransactionLostException.class);
            one.rollback();
            assertThat(rows()).isZero();
            insert(one);
            assertThat(rows()).isEqualTo(1);
        }
    }

    @Guarantee("G21")
    @Test
    void aRollbackThatMeetsTheCutItselfIsDone() throws Exception {
        try (Connection one = connect("")) {
            one.setAutoCommit(false);
            insert(one);
            kill(one);
            one.rollback();
            insert(one);
            one.commit();
        }
        assertThat(rows()).isEqualTo(1);
    }

    @Guarantee("G21")
    @Test
    void aConnectionInLostTransactionCanBeClosedAndAborted() throws Exception {
        for (boolean abort : new boolean[] {false, true}) {
            try (Connection one = connect("")) {
                one.setAutoCommit(false);
                insert(one);
                kill(one);
                assertThatThrownBy(() -> insert(one)).isInstanceOf(TransactionLostException.class);
                assertThat(one.isValid(1)).isFalse();
                if (abort) {
                    one.abort(Runnable::run);
                    assertThat(one.isClosed()).isTrue();
                }
            }
        }
        assertThat(rows()).isZero();
    }

    private void assertLost(Connection one) throws SQLException {
        try (Statement statement = one.createStatement();
                PreparedStatement prepared = one.prepareStatement("INSERT INTO dbo.t VALUES (?)")) {
            prepared.setInt(1, 1);
            List<ThrowingCallable> calls = List.of(
                    () -> statement.execute("SELECT 1"),
                    () -> statement.executeUpdate("INSERT INTO dbo.t VALUES (7)"),
                    prepared::executeUpdate,
                    one::commit,
                    one::setSavepoint,
                    () -> one.setAutoCommit(true),
                    () -> one.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
                    () -> one.setCatalog("other"),
                    () -> one.getMetaData().getTables(null, null, "t", null),
                    () -> one.unwrap(TidegateConnection.class)
                            .bulkLoad("dbo.t", BulkLoadOptions.DEFAULTS)
                            .close());
            for (int round = 0; round < 2; round++) {
                for (ThrowingCallable call : calls) {
                    assertThatThrownBy(call)
                            .isInstanceOf(TransactionLostException.class)
                            .hasMessageContaining("call rollback()")
                            .satisfies(
                                    e -> assertThat(Disconnects.isDisconnect(e)).isTrue());
                }
            }
            assertThat(one.isClosed()).isFalse();
            assertThat(one.getAutoCommit()).isFalse();
        }
    }

    private TidegateDataSource source() {
        TidegateDataSource source = new TidegateDataSource();
        source.setURL(server().url() + ";encrypt=false");
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setMaximumPoolSize(1);
        return source;
    }

    private static void insert(Connection one) throws SQLException {
        try (Statement statement = one.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO dbo.t VALUES (1)")).isEqualTo(1);
        }
    }

    private int rows() throws SQLException {
        return number(connection(), "SELECT COUNT(*) FROM dbo.t");
    }

    private static int number(Connection one, String sql) throws SQLException {
        try (Statement statement = one.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void kill(Connection one) throws Exception {
        assertThat(server().kill(number(one, "SELECT @@SPID"))).isTrue();
        TdsConnection client = one.unwrap(TdsConnection.class);
        while (!client.isCut()) {
            Thread.sleep(1);
        }
    }
}
