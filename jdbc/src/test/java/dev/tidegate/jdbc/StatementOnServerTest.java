package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class StatementOnServerTest extends OnEmbeddedServer {
    @Test
    void createsInsertsAndQueries() throws SQLException {
        try (Statement statement = connection().createStatement()) {
            assertThat(statement.execute("CREATE TABLE t (id int NOT NULL PRIMARY KEY, name nvarchar(50))"))
                    .isFalse();
            assertThat(statement.executeUpdate("INSERT INTO t VALUES (1, N'one'), (2, NULL)"))
                    .isEqualTo(2);
            try (ResultSet result = statement.executeQuery("SELECT id, name FROM t ORDER BY id")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getInt("ID")).isEqualTo(1);
                assertThat(result.getString(2)).isEqualTo("one");
                assertThat(result.wasNull()).isFalse();
                assertThat(result.next()).isTrue();
                assertThat(result.getString("name")).isNull();
                assertThat(result.wasNull()).isTrue();
                assertThat(result.next()).isFalse();
                assertThat(result.next()).isFalse();
            }
        }
    }

    @Test
    void anErrorCarriesTheServersNumberAndLeavesTheConnectionUsable() throws SQLException {
        try (Statement statement = connection().createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM nowhere"))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getErrorCode())
                    .isEqualTo(208);
            try (ResultSet result = statement.executeQuery("SELECT 1")) {
                assertThat(result.next()).isTrue();
            }
        }
    }
}
