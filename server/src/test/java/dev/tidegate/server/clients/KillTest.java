package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.EmbeddedSqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** KILL as T-SQL, sent by Microsoft's driver. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
    private static final String ENDLESS =
            "SELECT COUNT_BIG(*) FROM sys.all_objects a CROSS JOIN sys.all_objects b CROSS JOIN sys.all_objects c"
                    + " CROSS JOIN sys.all_objects d CROSS JOIN sys.all_objects e";

    private EmbeddedSqlServer server;
    private Connection admin;
    private Statement statement;
    private Connection victim;
    private Statement victims;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedSqlServer.builder().database("demo").login("sa", "Secret-1").start();
        admin = connect();
        statement = admin.createStatement();
        victim = connect();
        victims = victim.createStatement();
    }

    @AfterEach
    void stop() throws SQLException {
        victim.close();
        admin.close();
        server.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlserver://127.0.0.1:" + server.port()
                        + ";databaseName=demo;encrypt=false;connectRetryCount=0",
                "sa",
                "Secret-1");
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void kill() throws SQLException {
        statement.execute("KILL " + number(victims, "SELECT @@SPID"));
    }

    private void awaitOneConnection() throws InterruptedException {
        while (server.connections() > 1) {
            Thread.sleep(1);
        }
    }

    @Test
    void anIdleSessionIsCut() throws Exception {
        kill();
        awaitOneConnection();
        assertThatThrownBy(() -> number(victims, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThat(victim.isValid(5)).isFalse();
        assertThat(number(statement, "SELECT 1")).isEqualTo(1);
    }

    @Test
    void aRunningQueryEnds() throws Exception {
        int id = number(victims, "SELECT @@SPID");
        FutureTask<Integer> query = new FutureTask<>(() -> number(victims, ENDLESS));
        Thread.ofPlatform().start(query);
        statement.execute("KILL " + id);
        assertThatThrownBy(query::get).hasCauseInstanceOf(SQLException.class);
        awaitOneConnection();
    }

    @Test
    void anOpenTransactionIsRolledBack() throws Exception {
        statement.execute("CREATE TABLE t (a int)");
        victim.setAutoCommit(false);
        victims.execute("INSERT t VALUES (1)");
        kill();
        awaitOneConnection();
        assertThat(number(statement, "SELECT COUNT(*) FROM t")).isZero();
        statement.execute("INSERT t VALUES (2)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            KILL @@SPID                     | 102
            KILL 0                          | 6101
            KILL 40000                      | 6101
            KILL 3                          | 6107
            KILL 9999                       | 6106
            KILL 9999 WITH STATUSONLY       | 6106
            BEGIN TRAN KILL 9999            | 6115
            KILL '8B3C5E8B-6F1B-4F0A-9C9B-1D5C7B1C5E3A' | 40510
            KILL QUERY NOTIFICATION SUBSCRIPTION ALL | 40510
            """)
    void whatCannotBeKilledIsAnError(String sql, int error) throws SQLException {
        assertThatThrownBy(() -> statement.execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(error));
        assertThat(number(statement, "SELECT 1")).isEqualTo(1);
    }

    @Test
    void nobodyKillsHimself() throws Exception {
        int own = number(statement, "SELECT @@SPID");
        assertThatThrownBy(() -> statement.execute("KILL " + own))
                .hasMessageContaining("Cannot use KILL to kill your own process.");
        assertThat(number(statement, "SELECT 1")).isEqualTo(1);
    }

    @Test
    void theStatusEndsNothing() throws Exception {
        int id = number(victims, "SELECT @@SPID");
        assertThatThrownBy(() -> statement.execute("KILL " + id + " WITH STATUSONLY"))
                .hasMessageContaining("Rollback operation for Process ID " + id + " is not in progress");
        SQLWarning none = statement.getWarnings();
        assertThat((Throwable) none).isNull();
        assertThat(number(victims, "SELECT @@SPID")).isEqualTo(id);
    }
}
