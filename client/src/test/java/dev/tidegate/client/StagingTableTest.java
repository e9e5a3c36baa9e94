package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.range.Rows;
import dev.tidegate.client.staged.StagingTable;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table beside another: who owns it, and what becomes of one that nobody owns. */
class StagingTableTest extends OnOneServer {
    private static final List<String> COLUMNS = List.of("n int NULL");

    private List<String> tables() throws SQLException {
        try (TdsConnection connection = connect()) {
            return Rows.of(connection, "SELECT name FROM sys.tables ORDER BY name").stream()
                    .map(row -> (String) row[0])
                    .toList();
        }
    }

    private void make(String... names) throws SQLException {
        try (TdsConnection connection = connect()) {
            for (String name : names) {
                run(connection, "CREATE TABLE dbo." + TableName.quote(name) + " (n int NULL)");
            }
        }
    }

    /** The server has made the table, and nobody has been told: whoever asked for it removes it all the same. */
    @Test
    @Guarantee("G29")
    void isRemovedAlsoWhenItsMakingLooksFailed() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (FaultProxy proxy = FaultProxy.to(server().port());
                TdsConnection owner = TdsConnection.open(settings(proxy.port()))) {
            StagingTable staging = StagingTable.beside(owner, this::connect, TableName.parse("dbo.t"));
            ProxiedConnection line = proxy.connections().get(0);
            line.stall(Flow.TO_CLIENT);
            Future<?> making = other.submit(() -> {
                staging.create(COLUMNS);
                return null;
            });
            while (tables().isEmpty()) {
                Thread.onSpinWait();
            }
            line.cut(Ending.RESET);
            assertThatThrownBy(() -> making.get(60, TimeUnit.SECONDS)).cause().isInstanceOf(SQLException.class);
            staging.drop();
            assertThat(tables()).isEmpty();
        } finally {
            other.shutdown();
            assertThat(other.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What looks like one but for a letter is somebody's own. */
    @Test
    void removesOnlyWhatIsNamedAsItNamesThem() throws SQLException {
        make("t__tidegate_archived", "t__tidegate_0123abcd", "t__tidegate_0123ABCD x", "t__tidegate_0123abc", "t");
        try (TdsConnection owner = connect()) {
            StagingTable.beside(owner, this::connect, TableName.parse("dbo.t")).drop();
        }
        assertThat(tables())
                .containsExactly("t", "t__tidegate_0123abc", "t__tidegate_0123ABCD x", "t__tidegate_archived");
    }

    /** A name with its database, too: its lock is one of that database. */
    @ParameterizedTest
    @ValueSource(strings = {"t", "dbo.t", "demo.dbo.t", "demo..t", "dbo.[it's ]]one]"})
    void belongsToItsOwnerAsLongAsItsSessionLives(String table) throws SQLException {
        TableName beside = TableName.parse(table);
        try (TdsConnection another = connect()) {
            try (TdsConnection owner = connect()) {
                StagingTable staging = StagingTable.beside(owner, this::connect, beside);
                staging.create(COLUMNS);
                StagingTable second = StagingTable.beside(another, this::connect, beside);
                assertThat(tables())
                        .containsExactly(staging.name()
                                .parts()
                                .get(staging.name().parts().size() - 1));
                second.drop();
            }
            while (!tables().isEmpty()) {
                StagingTable.beside(another, this::connect, beside).drop();
            }
        }
    }

    @Test
    void hasTheColumnsThatAreAskedFor() throws SQLException, IOException {
        try (TdsConnection owner = connect()) {
            run(owner, "CREATE TABLE dbo.t (a int NOT NULL, b nvarchar(7) NULL, c int DEFAULT 5)");
            TableName table = TableName.parse("dbo.t");
            StagingTable staging = StagingTable.beside(owner, this::connect, table);
            staging.like(table, List.of("b", "a"));
            run(owner, "INSERT INTO " + staging.name().sql() + " VALUES (N'x', 1)");
            run(owner, staging.insertInto(table, List.of("b", "a"), true));
            staging.drop();
            assertThat(number(owner, "SELECT SUM(a + c) FROM dbo.t")).isEqualTo(6);
            assertThat(tables()).containsExactly("t");
        }
    }
}
