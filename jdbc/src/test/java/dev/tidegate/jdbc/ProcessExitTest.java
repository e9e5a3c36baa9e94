package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that close nothing: they end when they are told to, with the code that they should, silently, and without a crash. */
@Timeout(300)
class ProcessExitTest extends OnEmbeddedServer {
    /** A process that is kept alive by something left open would run for ever. */
    private static final Duration IN_TIME = Duration.ofSeconds(60);

    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path folder;

    @Guarantee("G33")
    @ParameterizedTest
    @EnumSource(ExitProgram.End.class)
    void withTheDriver(ExitProgram.End end) throws Exception {
        check("driver", end);
    }

    @Guarantee(value = "G33", surface = Surface.P)
    @ParameterizedTest
    @EnumSource(ExitProgram.End.class)
    void withAPool(ExitProgram.End end) throws Exception {
        check("pool", end);
    }

    private void check(String what, ExitProgram.End end) throws Exception {
        String url = server().url() + ";encrypt=false";
        try (ChildJvm child = ChildJvm.of(ExitProgram.class, what, end.name(), url, USER, PASSWORD)
                .start(folder)) {
            ChildJvm.Result result = child.await(IN_TIME);
            assertThat(result.exitCode()).as(result::errors).isEqualTo(end.code());
            assertThat(result.output()).isEmpty();
            if (end == ExitProgram.End.UNCAUGHT_ERROR) {
                assertThat(result.errors())
                        .startsWith(
                                "Exception in thread \"main\" java.lang.IllegalStateException: nobody catches this");
            } else {
                assertThat(result.errors()).isEmpty();
            }
        }
        // The server has noticed: only the connection of this test is left.
        while (server().connections() > 1) {
            Thread.sleep(1);
        }
    }

    @Guarantee(value = "G33", surface = Surface.S)
    @Test
    void aServerThatNobodyClosesKeepsNoProcessAlive() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ChildJvm child = server(false, data)) {
            assertThat(child.await(IN_TIME).exitCode()).isZero();
            assertThat(child.errors()).isEmpty();
        }
    }

    @Guarantee(value = "G33", surface = Surface.S)
    @Test
    void aServerEndsBySigtermUnderLoadAndKeepsWhatWasCommitted() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ChildJvm child = server(true, data)) {
            child.awaitOutput("\n", IN_TIME);
            String url = child.output().strip().substring("url ".length()) + ";encrypt=false";
            try (Connection busy = DriverManager.getConnection(url, USER, PASSWORD);
                    Connection writing = DriverManager.getConnection(url, USER, PASSWORD);
                    Statement statement = writing.createStatement();
                    Statement endless = busy.createStatement()) {
                statement.execute("CREATE TABLE t (n INT NOT NULL)");
                statement.execute("INSERT INTO t VALUES (1)");
                writing.setAutoCommit(false);
                statement.execute("INSERT INTO t VALUES (2)");
                ResultSet rows = endless.executeQuery(OnEmbeddedServer.ENDLESS);
                assertThat(rows.next()).isTrue();
                child.terminate();
                assertThat(child.await(IN_TIME).exitCode()).isEqualTo(SIGTERM);
                assertThat(child.errors()).isEmpty();
                assertThatThrownBy(() -> {
                            while (rows.next()) {
                                // What has been sent is read; then comes the end of the line.
                            }
                        })
                        .isInstanceOf(SQLException.class);
            }
        }
        try (EmbeddedSqlServer again = ServerProgram.start(data, USER, PASSWORD);
                Connection connection = DriverManager.getConnection(again.url() + ";encrypt=false", USER, PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT n FROM t")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.next()).isFalse();
        }
    }

    private ChildJvm server(boolean stays, Path data) throws Exception {
        Path own = Files.createDirectory(folder.resolve("process"));
        return ChildJvm.of(ServerProgram.class, Boolean.toString(stays), data.toString(), USER, PASSWORD)
                .start(own);
    }
}
