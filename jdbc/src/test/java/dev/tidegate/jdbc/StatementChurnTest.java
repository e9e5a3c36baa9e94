package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.guarantee.Guarantee;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A connection keeps nothing of the statements that it has had. */
class StatementChurnTest extends OnScriptedServer {
    private static final int STATEMENTS = 1_000_000;

    /** Less than one reference for each statement. */
    private static final long MOST_BYTES = 3L * STATEMENTS;

    @Guarantee("G02")
    @Test
    void aMillionStatementsOnOneConnectionLeaveTheHeapFlat() throws Exception {
        churn(STATEMENTS / 10);
        long before = used();
        churn(STATEMENTS);
        assertThat(used() - before).isLessThan(MOST_BYTES);
    }

    private void churn(int count) throws SQLException {
        for (int i = 0; i < count; i += 2) {
            try (Statement statement = connection().createStatement();
                    PreparedStatement prepared = connection().prepareStatement("select ?")) {
                assertThat(statement.isClosed() || prepared.isClosed()).isFalse();
            }
        }
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(20);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
