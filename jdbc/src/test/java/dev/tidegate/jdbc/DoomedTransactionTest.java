package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.jdbc.transaction.TransactionOutcome;
import dev.tidegate.jdbc.transaction.Transactions;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work whose transaction the server has doomed (XACT_STATE −1) or ended, and that passes over it: none of it is committed. */
class DoomedTransactionTest extends OnEmbeddedServer {
    /** The error is caught on the server: the client hears of it at the end of the batch only. */
    private static final String DOOMING =
            "BEGIN TRY SELECT CAST('x' AS INT) END TRY BEGIN CATCH SELECT XACT_STATE() AS state END CATCH";

    private TidegateDataSource source;
    private int runs;

    @BeforeEach
    void prepare() throws SQLException {
        run("CREATE TABLE t (id INT NOT NULL PRIMARY KEY)");
        source = new TidegateDataSource();
        source.setServerName("127.0.0.1");
        source.setPortNumber(server().port());
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setEncrypt("false");
    }

    @AfterEach
    void end() {
        source.close();
    }

    @Guarantee("G11")
    @Test
    void workThatSeesItsTransactionDoomedAndReturnsIsNotCommitted() throws SQLException {
        assertThatThrownBy(() -> Transactions.<Void, SQLException>run(source, connection -> {
                    runs++;
                    execute(connection, "INSERT INTO t VALUES (1)");
                    try (Statement statement = connection.createStatement()) {
                        assertThat(states(statement)).isEqualTo(-1);
                    }
                    return null;
                }))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(3998))
                .satisfies(e -> assertThat(TransactionOutcome.of(e)).isEqualTo(TransactionOutcome.ROLLED_BACK));
        assertThat(runs).isEqualTo(1);
        assertThat(count()).isZero();
    }

    @Guarantee("G11")
    @Test
    void whatComesAfterItIsRefusedAndNotRunInATransactionOfItsOwn() throws SQLException {
        assertThatThrownBy(() -> Transactions.<Void, SQLException>run(source, connection -> {
                    execute(connection, "INSERT INTO t VALUES (1)");
                    try {
                        execute(connection, DOOMING);
                    } catch (SQLException e) {
                        assertThat(e.getErrorCode()).isEqualTo(3998);
                    }
                    execute(connection, "INSERT INTO t VALUES (2)");
                    return null;
                }))
                .hasMessageContaining("before rollback() is called");
        assertThat(count()).isZero();
    }

    @Guarantee("G11")
    @Test
    void aDoomedTransactionCanBeRolledBackInItsBatchAndTheWorkGoesOn() throws SQLException {
        Transactions.<Void, SQLException>run(source, connection -> {
            execute(connection, "INSERT INTO t VALUES (1)");
            execute(connection, "BEGIN TRY SELECT CAST('x' AS INT) END TRY BEGIN CATCH ROLLBACK END CATCH");
            execute(connection, "INSERT INTO t VALUES (2)");
            return null;
        });
        assertThat(count()).isEqualTo(1);
    }

    /** The next user of the connection finds nothing of it. */
    @Guarantee("G11")
    @Test
    void theConnectionGoesOnWithTheNextWork() throws SQLException {
        source.setMaximumPoolSize(1);
        assertThatThrownBy(() -> Transactions.<Void, SQLException>run(source, connection -> {
                    execute(connection, "SET XACT_ABORT ON; INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)");
                    return null;
                }))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(2627));
        Transactions.<Void, SQLException>run(source, connection -> {
            execute(connection, "INSERT INTO t VALUES (2)");
            return null;
        });
        assertThat(count()).isEqualTo(1);
    }

    /** Reads as far as the state that the server tells; what comes behind is for the commit to meet. */
    private static int states(Statement statement) throws SQLException {
        boolean rows = statement.execute(DOOMING);
        while (rows) {
            try (ResultSet result = statement.getResultSet()) {
                if (result.getMetaData().getColumnName(1).equals("state") && result.next()) {
                    return result.getInt(1);
                }
            }
            rows = statement.getMoreResults();
        }
        throw new AssertionError("the batch ended without its state");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                rows = statement.getMoreResults();
            }
        }
    }

    private int count() throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM t")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }
}
