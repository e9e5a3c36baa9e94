package dev.tidegate.server.h2.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.h2.H2Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The order of text is that of the keys that a file has kept. */
@Timeout(60)
class TextOrderInFileTest {
    @TempDir
    private Path directory;

    private EmbeddedSqlServer start() throws IOException {
        return EmbeddedSqlServer.builder()
                .database("kept")
                .login("sa", "Secret-1")
                .directory(directory)
                .start();
    }

    private static Connection connect(EmbeddedSqlServer server) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlserver://localhost:" + server.port() + ";databaseName=kept;encrypt=false", "sa", "Secret-1");
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @Test
    void keysAreFoundAndKeptUniqueAfterARestart() throws Exception {
        try (EmbeddedSqlServer server = start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute("create table k (v nvarchar(20) primary key, id int)");
            statement.execute("create index kid on k (id, v)");
            for (int i = 0; i < 500; i++) {
                statement.execute("insert k values (N'" + (i % 2 == 0 ? "Key " : "key ") + i + "  ', " + i + ")");
            }
            statement.execute("insert k values (N'Ä', 1000), (N'_', 1001), (N'z', 1002)");
        }
        try (EmbeddedSqlServer server = start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 500; i += 7) {
                assertThat(column(statement, "select id from k where v = N'KEY " + i + "'"))
                        .containsExactly(String.valueOf(i));
            }
            assertThat(column(statement, "select v from k where id >= 1000 order by v")).containsExactly("_", "Ä", "z");
            assertThat(column(statement, "select count(*) from k where v like N'KEY 1%'")).containsExactly("111");
            assertThatThrownBy(() -> statement.execute("insert k values (N'KEY 499', 0)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(2627));
        }
    }

    @Test
    void aFileWhoseTextIsOrderedOtherwiseIsRefused() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory.resolve("kept"), "tidegate", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (v varchar primary key)");
        }
        assertThatThrownBy(() -> H2Backend.directory(directory, List.of("kept")))
                .hasStackTraceContaining("ordered text in another way");
    }
}
