package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * The line ends while a result is being read. Follows the class InvalidateDuringResultTest of SQLAlchemy's test/engine/test_reconnect.py.
 */
class InvalidateDuringResultTest extends OnProxiedServer {
    @Guarantee("G15")
    @Test
    void invalidateOnResults() throws Exception {
        TidegateDataSource source = source(1);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ENDLESS)) {
            for (int row = 0; row < 20; row++) {
                assertThat(rows.next()).isTrue();
            }
            restart();
            // What has arrived may still be read; then comes the error, and never an end.
            assertLost(() -> {
                while (rows.next()) {}
            });
            assertThat(connection.isClosed()).isTrue();
            assertLost(() -> statement.executeQuery("SELECT 1"));
        }
        assertServes(source);
    }
}
