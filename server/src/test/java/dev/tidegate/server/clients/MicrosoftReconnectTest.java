package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import dev.tidegate.server.EmbeddedSqlServer;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft's JDBC driver takes up sessions that were killed, as it does on SQL Server, and only where that loses nothing. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MicrosoftReconnectTest {
    private EmbeddedSqlServer server;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void open() throws Exception {
        server = EmbeddedSqlServer.builder()
                .database("main")
                .database("other")
                .login("sa", "Secret-1")
                .start();
        connection = DriverManager.getConnection(
                "jdbc:sqlserver://localhost:" + server.port() + ";databaseName=main;encrypt=false"
                        + ";connectRetryCount=3;connectRetryInterval=1",
                "sa",
                "Secret-1");
        statement = connection.createStatement();
        lookAlsoWhenJustUsed();
    }

    /** The driver looks at its socket after 15 seconds without use; a test has not that long. */
    private void lookAlsoWhenJustUsed() throws Exception {
        Field field = SQLServerConnection.class.getDeclaredField("idleNetworkTracker");
        field.setAccessible(true);
        Object tracker = field.get(connection);
        Method limit = tracker.getClass().getDeclaredMethod("setMaxIdleMillis", int.class);
        limit.setAccessible(true);
        limit.invoke(tracker, -1);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        server.close();
    }

    @Test
    void stateIsBroughtToTheNewSession() throws Exception {
        statement.execute("USE other");
        statement.execute("SET LOCK_TIMEOUT 4321");
        statement.execute("SET LANGUAGE Deutsch");
        int before = kill();
        try (ResultSet row = statement.executeQuery("SELECT DB_NAME(), @@LOCK_TIMEOUT, @@LANGUAGE")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("other");
            assertThat(row.getInt(2)).isEqualTo(4321);
            assertThat(row.getString(3)).isEqualTo("Deutsch");
        }
        // Killed once more: the state of a session that was taken up is as good as that of the first.
        statement.execute("SET ROWCOUNT 5");
        assertThat(kill()).isPositive();
        assertThat(number("SELECT @@LOCK_TIMEOUT")).isEqualTo(4321);
        assertThat(before).isPositive();
    }

    @Test
    void preparedStatementsGoOn() throws Exception {
        try (PreparedStatement prepared = connection.prepareStatement("SELECT ? + 1")) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 3; i++) {
                    prepared.setInt(1, i);
                    try (ResultSet row = prepared.executeQuery()) {
                        row.next();
                        assertThat(row.getInt(1)).isEqualTo(i + 1);
                    }
                }
                kill();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE #t (a int)", "EXEC sp_getapplock 'l', 'Shared', 'Session'", "BEGIN TRAN"})
    void whatWouldBeLostKeepsTheSessionFromBeingTakenUp(String sql) throws Exception {
        statement.execute(sql);
        kill();
        assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class)
                .hasMessageContaining("recover");
        assertThat(server.connections()).isZero();
    }

    private int number(String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private int kill() throws SQLException, InterruptedException {
        int id = number("SELECT @@SPID");
        assertThat(server.kill(id)).isTrue();
        while (server.connections() > 0) {
            Thread.sleep(1);
        }
        return id;
    }
}
