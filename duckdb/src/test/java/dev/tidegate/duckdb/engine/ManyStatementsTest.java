package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.lang.ref.WeakReference;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyStatementsTest extends OnAttachedServer {
    private static final int STATEMENTS = 1_000_000;
    private static final long ROOM = 16 << 20;

    @Test
    @Guarantee(value = "G02", surface = Surface.E)
    void aMillionStatementsLeaveNothing() throws Exception {
        onServer("CREATE TABLE dbo.t (id int)", "INSERT INTO dbo.t VALUES (1)");
        attach("ms", "");
        openAndClose(STATEMENTS / 10);
        use(50);
        long before = used();
        openAndClose(STATEMENTS - STATEMENTS / 10);
        use(500);
        assertThat(used() - before).as("bytes of heap").isLessThan(ROOM);
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
    }

    @Test
    @Guarantee(value = "G02", surface = Surface.E)
    void aClosedStatementIsHeldByNobody() throws Exception {
        onServer("CREATE TABLE dbo.t (id int)");
        attach("ms", "");
        List<WeakReference<Statement>> gone = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            try (Statement statement = duckdb().createStatement();
                    ResultSet result = statement.executeQuery("FROM mssql_query('ms', 'SELECT id FROM dbo.t')")) {
                assertThat(result.next()).isFalse();
                gone.add(new WeakReference<>(statement));
            }
        }
        while (gone.stream().anyMatch(reference -> reference.get() != null)) {
            System.gc();
            Thread.sleep(10);
        }
    }

    private void openAndClose(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            duckdb().createStatement().close();
        }
    }

    private void use(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            try (PreparedStatement statement = duckdb().prepareStatement("SELECT id FROM ms.dbo.t WHERE id = ?")) {
                statement.setInt(1, 1);
                try (ResultSet result = statement.executeQuery()) {
                    assertThat(result.next()).isTrue();
                }
            }
            rows("FROM mssql_query('ms', 'SELECT id FROM dbo.t')");
        }
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
