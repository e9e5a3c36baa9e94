package dev.tidegate.jdbc.compared;

import static dev.tidegate.jdbc.compared.Trial.ask;
import static dev.tidegate.jdbc.compared.Trial.execute;

import dev.tidegate.jdbc.OnEmbeddedServer;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Something that goes wrong, and what the application sees of it. Each runs in the same manner on every {@link Stack}. */
enum Scenario {
    OPEN_TRANSACTION(
            "a user with auto-commit off gives its connection back in a transaction: the transaction is",
            "rolled back",
            "rolled back",
            Scenario::openTransaction),
    SQL_TRANSACTION(
            "a user runs `BEGIN TRANSACTION` as SQL and gives its connection back: the next user's @@TRANCOUNT",
            "0",
            "1",
            trial -> leave(trial, "BEGIN TRANSACTION", "SELECT @@TRANCOUNT")),
    CURRENT_DATABASE(
            "a user runs `USE other`: the next user is in",
            "demo",
            "other",
            trial -> leave(trial, "USE other", "SELECT DB_NAME()")),
    TEMPORARY_TABLE(
            "a user leaves `#left`: for the next one it is",
            "gone",
            "still there",
            trial -> leave(
                    trial,
                    "CREATE TABLE #left (a int)",
                    "SELECT CASE WHEN OBJECT_ID('tempdb..#left') IS NULL THEN 'gone' ELSE 'still there' END")),
    LANGUAGE(
            "a user runs `SET LANGUAGE Deutsch`: the next user's language is",
            "us_english",
            "Deutsch",
            trial -> leave(trial, "SET LANGUAGE Deutsch", "SELECT @@LANGUAGE")),
    LOCK_TIMEOUT(
            "a user runs `SET LOCK_TIMEOUT 5`: the next user's is",
            "-1",
            "5",
            trial -> leave(trial, "SET LOCK_TIMEOUT 5", "SELECT @@LOCK_TIMEOUT")),
    ISOLATION(
            "a user runs `SET TRANSACTION ISOLATION LEVEL SERIALIZABLE`: the next user's level is",
            "2 (read committed)",
            "4 (serializable)",
            trial -> leave(
                    trial,
                    "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                    "SELECT CASE transaction_isolation_level WHEN 2 THEN '2 (read committed)' ELSE '4 (serializable)' END"
                            + " FROM sys.dm_exec_sessions WHERE session_id = @@SPID")),
    APPLICATION_LOCK(
            "a user leaves an application lock of its session: once the next user has run a statement it is",
            "free",
            "held",
            Scenario::applicationLock),
    HALF_READ_RESULT(
            "a connection comes back in the middle of a result without end: close()",
            "returns",
            "returns",
            trial -> closeInMidstream(trial, false)),
    STALLED_CLOSE(
            "the same, and the server has fallen silent: close()",
            "returns",
            "returns",
            trial -> closeInMidstream(trial, true)),
    STALLED_IS_VALID("the server has fallen silent: isValid(1)", "false", "false", Scenario::isValidOnASilentLine),
    STALLED_BORROW(
            "an idle connection's server has fallen silent, a new one works: the next user gets",
            "a working connection",
            "a working connection",
            Scenario::borrowOfASilentLine),
    QUERY_TIMEOUT(
            "a query time-out of 1 s on a result without end, read row by row",
            "an error (HYT00)",
            "an error (HYT00)",
            Scenario::timeoutWhileRowsFlow),
    STATEMENT_CLOSE(
            "a thread reads a result without end, another one closes the statement: the reader gets",
            "an error",
            "an error",
            Scenario::statementClosedElsewhere),
    RESTART("the server restarts under 5 idle connections: of the next 5 users fail", "0", null, Scenario::restart),
    SERVER_DOWN(
            "the server is down, connectionTimeout is 10 s: who asks for a connection",
            "is told at once that it is refused",
            null,
            Scenario::serverDown),
    LOST_COMMIT(
            "the line breaks while the server commits: commit() throws SQLState",
            "08007 (outcome unknown)",
            "08007 (outcome unknown)",
            Scenario::lostCommit);

    private final String title;
    private final String ours;
    private final String oursUnderHikari;
    private final Course course;

    @FunctionalInterface
    private interface Course {
        String run(Trial trial) throws Exception;
    }

    /** @param oursUnderHikari null where HikariCP alone decides */
    Scenario(String title, String ours, String oursUnderHikari, Course course) {
        this.title = title;
        this.ours = ours;
        this.oursUnderHikari = oursUnderHikari;
        this.course = course;
    }

    /** Ends where the outcome begins. */
    String title() {
        return title;
    }

    /** What has to come out; null if that is not ours to say. */
    String expected(Stack stack) {
        return switch (stack) {
            case TIDEGATE -> ours;
            case HIKARI_OVER_TIDEGATE -> oursUnderHikari;
            case HIKARI_OVER_MSSQL -> null;
        };
    }

    String observe(Trial trial) throws Exception {
        return course.run(trial);
    }

    private static String leave(Trial trial, String left, String asked) throws Exception {
        DataSource pool = trial.poolOfOne();
        return trial.outcome(() -> {
            try (Connection user = pool.getConnection()) {
                execute(user, left);
            }
            try (Connection next = pool.getConnection()) {
                return ask(next, asked);
            }
        });
    }

    private static String openTransaction(Trial trial) throws Exception {
        String table = trial.own("open_transaction");
        DataSource pool = trial.poolOfOne();
        try (Connection observer = trial.observer()) {
            execute(observer, "CREATE TABLE " + table + " (a int)");
            try (Connection user = pool.getConnection()) {
                user.setAutoCommit(false);
                execute(user, "INSERT " + table + " VALUES (1)");
            }
            return "0".equals(ask(observer, "SELECT count(*) FROM " + table)) ? "rolled back" : "left";
        }
    }

    private static String applicationLock(Trial trial) throws Exception {
        String take = "DECLARE @taken int; EXEC @taken = sp_getapplock @Resource = '" + trial.own("lock")
                + "', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0; SELECT @taken";
        DataSource pool = trial.poolOfOne();
        try (Connection user = pool.getConnection()) {
            ask(user, take);
        }
        try (Connection next = pool.getConnection();
                Connection observer = trial.observer()) {
            ask(next, "SELECT 1");
            return Integer.parseInt(ask(observer, take)) >= 0 ? "free" : "held";
        }
    }

    private static String closeInMidstream(Trial trial, boolean stalled) throws Exception {
        Connection user = trial.poolOfOne().getConnection();
        user.createStatement().executeQuery(OnEmbeddedServer.ENDLESS).next();
        if (stalled) {
            trial.stall();
        }
        return trial.outcome(() -> {
            user.close();
            return "returns";
        });
    }

    private static String isValidOnASilentLine(Trial trial) throws Exception {
        Connection user = trial.poolOfOne().getConnection();
        ask(user, "SELECT 1");
        trial.stall();
        return trial.outcome(() -> Boolean.toString(user.isValid(1)));
    }

    private static String borrowOfASilentLine(Trial trial) throws Exception {
        DataSource pool = trial.poolOfOne();
        pool.getConnection().close();
        trial.stall();
        Thread.sleep(Stack.UNCHECKED + 100);
        return trial.outcome(() -> {
            try (Connection next = pool.getConnection()) {
                return "7".equals(ask(next, "SELECT 7")) ? "a working connection" : "nonsense";
            }
        });
    }

    private static String timeoutWhileRowsFlow(Trial trial) throws Exception {
        Connection user = trial.poolOfOne().getConnection();
        return trial.outcome(() -> {
            try (Statement statement = user.createStatement()) {
                statement.setQueryTimeout(1);
                return readAll(statement.executeQuery(OnEmbeddedServer.ENDLESS));
            }
        });
    }

    private static String statementClosedElsewhere(Trial trial) throws Exception {
        Connection user = trial.poolOfOne().getConnection();
        Statement statement = user.createStatement();
        ResultSet rows = statement.executeQuery(OnEmbeddedServer.ENDLESS);
        rows.next();
        CountDownLatch reading = new CountDownLatch(1);
        Future<String> reader = trial.start(() -> {
            rows.next();
            reading.countDown();
            return readAll(rows);
        });
        reading.await();
        trial.start(() -> {
            statement.close();
            return null;
        });
        String outcome = trial.outcome(reader);
        // Which one depends on where it is met.
        return outcome.startsWith("an error") ? "an error" : outcome;
    }

    private static String readAll(ResultSet rows) throws SQLException {
        long count = 0;
        while (rows.next()) {
            count++;
        }
        return "an end after " + count + " rows";
    }

    private static String restart(Trial trial) throws Exception {
        DataSource pool = trial.pool(5, Duration.ofSeconds(20));
        List<Connection> users = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            users.add(pool.getConnection());
        }
        for (Connection user : users) {
            user.close();
        }
        trial.proxy().restart();
        // The resets arrive.
        Thread.sleep(50);
        return trial.outcome(() -> {
            int failures = 0;
            for (int i = 0; i < 5; i++) {
                try (Connection next = pool.getConnection()) {
                    ask(next, "SELECT 1");
                } catch (SQLException e) {
                    failures++;
                }
            }
            return Integer.toString(failures);
        });
    }

    private static String serverDown(Trial trial) throws Exception {
        trial.proxy().admit(FaultProxy.Admission.REFUSE);
        DataSource pool = trial.pool(1, Duration.ofSeconds(10));
        return trial.outcome(() -> {
            try (Connection none = pool.getConnection()) {
                return "a connection: " + none;
            } catch (SQLException e) {
                return e.getMessage().contains("refused") ? "is told at once that it is refused" : e.getMessage();
            }
        });
    }

    private static String lostCommit(Trial trial) throws Exception {
        String table = trial.own("lost_commit");
        DataSource pool = trial.poolOfOne();
        try (Connection observer = trial.observer()) {
            execute(observer, "CREATE TABLE " + table + " (a int)");
            Connection user = pool.getConnection();
            user.setAutoCommit(false);
            execute(user, "INSERT " + table + " VALUES (1)");
            trial.stall();
            Future<String> commit = trial.start(() -> {
                try {
                    user.commit();
                    return "nothing";
                } catch (SQLException e) {
                    return "08007".equals(e.getSQLState()) ? "08007 (outcome unknown)" : e.getSQLState();
                }
            });
            while (!"1".equals(ask(observer, "SELECT count(*) FROM " + table))) {
                Thread.sleep(1);
            }
            trial.proxy().connections().forEach(connection -> connection.cut(Ending.RESET));
            return trial.outcome(commit);
        }
    }
}
