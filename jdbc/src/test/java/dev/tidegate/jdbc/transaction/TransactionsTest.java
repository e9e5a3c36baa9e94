package dev.tidegate.jdbc.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.guarantee.Guarantee;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransactionsTest {
    private final StubSource stub = new StubSource();
    private int runs;

    @Test
    @Guarantee("G11")
    void whatReturnsIsCommitted() throws Exception {
        assertThat(Transactions.<String, RuntimeException>run(stub.source(), connection -> "result"))
                .isEqualTo("result");
        assertThat(stub.calls()).containsExactly("open", "autoCommit false", "commit", "autoCommit true", "close");
    }

    @Test
    @Guarantee("G11")
    void anythingThrownRollsBackAndComesThrough() {
        for (Throwable thrown :
                List.of(new IOException("io"), new IllegalStateException("state"), new StackOverflowError())) {
            stub.calls().clear();
            assertThatThrownBy(() -> transactions().run(connection -> {
                        throw sneaky(thrown);
                    }))
                    .isSameAs(thrown);
            assertThat(stub.calls())
                    .containsExactly("open", "autoCommit false", "rollback", "autoCommit true", "close");
        }
    }

    @Test
    @Guarantee("G11")
    @Guarantee("G35")
    void theFirstErrorIsNeverHiddenByTheLaterOnes() {
        SQLException rollback = new SQLException("rollback");
        SQLException close = new SQLException("close");
        stub.failing("rollback", rollback).failing("close", close);
        assertThatThrownBy(() -> transactions().run(connection -> {
                    throw new IOException("first");
                }))
                .hasMessage("first")
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(rollback, close));
        // Auto-commit would commit what could not be rolled back.
        assertThat(stub.calls()).doesNotContain("autoCommit true");
    }

    @Test
    @Guarantee("G35")
    void aFailureAfterTheCommitDoesNotCallItOff() throws Exception {
        stub.failing("close", new SQLException("close")).failing("autoCommit true", new SQLException("auto-commit"));
        assertThat(Transactions.<Integer, RuntimeException>run(stub.source(), connection -> 1))
                .isEqualTo(1);
    }

    static List<SQLException> passing() {
        return List.of(
                new SQLTransactionRollbackException("deadlock", "40001", 1205),
                new SQLTransientConnectionException("moving", "08001", 40613),
                new SQLRecoverableException("broken", "08S01"),
                new SQLException("lock request time out", "HYT00", 1222));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesByItselfIsTriedAgainFromTheBeginning(SQLException failure) throws Exception {
        int result = transactions().<Integer, RuntimeException>run(connection -> {
            runs++;
            if (runs < 3) {
                throw failure;
            }
            return runs;
        });
        assertThat(result).isEqualTo(3);
        assertThat(stub.calls()).filteredOn("open"::equals).hasSize(3);
        assertThat(stub.calls()).filteredOn("rollback"::equals).hasSize(2);
        assertThat(stub.calls()).filteredOn("commit"::equals).hasSize(1);
    }

    static List<SQLException> lasting() {
        return List.of(
                new SQLIntegrityConstraintViolationException("duplicate", "23000", 2627),
                new SQLNonTransientConnectionException("the connection is closed", "08003"),
                new SQLInvalidAuthorizationSpecException("login failed", "28000", 18456),
                new SQLRecoverableException("unknown", "08007"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatLastsIsNotTriedAgain(SQLException failure) {
        assertThatThrownBy(() -> transactions().run(connection -> {
                    runs++;
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(runs).isEqualTo(1);
    }

    @Test
    @Guarantee("G26")
    void aLineThatBreaksWhileCommittingIsNotTriedAgain() {
        SQLException broken = new SQLRecoverableException("broken", "08S01");
        stub.failing("commit", broken);
        assertThatThrownBy(() -> transactions().run(connection -> ++runs)).isSameAs(broken);
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void aCommitThatTheServerRefusedForAConflictIsTriedAgain() throws Exception {
        stub.failing("commit", new SQLTransactionRollbackException("conflict", "40001", 3960));
        transactions().<Integer, RuntimeException>run(connection -> ++runs);
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void theAttemptsEnd() {
        SQLException deadlock = new SQLTransactionRollbackException("deadlock", "40001", 1205);
        assertThatThrownBy(() -> transactions().attempts(5).run(connection -> {
                    runs++;
                    throw deadlock;
                }))
                .isSameAs(deadlock);
        assertThat(runs).isEqualTo(5);
    }

    @Test
    void anInterruptEndsThePause() {
        SQLException deadlock = new SQLTransactionRollbackException("deadlock", "40001", 1205);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> transactions()
                        .pauses(Duration.ofHours(1), Duration.ofHours(1))
                        .run(connection -> {
                            throw deadlock;
                        }))
                .isSameAs(deadlock);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theIsolationLevelIsForThisTransactionOnly() throws Exception {
        transactions().isolation(Connection.TRANSACTION_SERIALIZABLE).<Integer, RuntimeException>run(connection -> 1);
        assertThat(stub.calls())
                .containsExactly(
                        "open", "isolation 8", "autoCommit false", "commit", "autoCommit true", "isolation 2", "close");
    }

    @Test
    void outcomesAreToldFromTheCausesToo() {
        assertThat(TransactionOutcome.of(new IllegalStateException(new SQLException("?", "08007"))))
                .isEqualTo(TransactionOutcome.UNKNOWN);
        assertThat(TransactionOutcome.of(new SQLException("x", "40001"))).isEqualTo(TransactionOutcome.ROLLED_BACK);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> transactions().attempts(0)).hasMessage("attempts=0: allowed are 1 and more");
        assertThatThrownBy(() -> transactions().pauses(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("0 <= shortest <= longest");
    }

    private Transactions transactions() {
        return Transactions.on(stub.source()).pauses(Duration.ZERO, Duration.ofMillis(1));
    }

    @SuppressWarnings("unchecked") // The compiler does not know what is thrown.
    static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
