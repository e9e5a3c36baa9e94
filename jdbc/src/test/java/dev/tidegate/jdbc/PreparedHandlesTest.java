package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prepared statements outlive resets and reconnects with their own meaning, and the server has no more handles than it should. */
class PreparedHandlesTest extends OnEmbeddedServer {
    private static final int THRESHOLD = 10;

    @Guarantee("G25")
    @ParameterizedTest
    @CsvSource({
        "'', 10000, 100",
        ";disableStatementPooling=true, 10000, 1",
        ";statementPoolingCacheSize=7, 500, 7",
        ";statementPoolingCacheSize=0, 500, 1",
        ";enablePrepareOnFirstPreparedStatementCall=true, 500, 100"
    })
    void manyStatementsLeaveFewHandles(String properties, int statements, int kept) throws SQLException {
        int most = 0;
        try (Connection one = connect(properties)) {
            for (int i = 0; i < statements; i++) {
                try (PreparedStatement statement = one.prepareStatement("SELECT ? + " + i)) {
                    assertThat(ask(statement, 1)).isEqualTo(i + 1);
                    assertThat(ask(statement, 2)).isEqualTo(i + 2);
                }
                most = Math.max(most, server().preparedStatements());
            }
            assertThat(most).isPositive().isLessThanOrEqualTo(kept + THRESHOLD);
        }
        awaitOnlyOwnConnection();
        assertThat(server().preparedStatements()).isZero();
    }

    @Guarantee("G25")
    @Test
    void openStatementsThatAreForgottenAreBoundedToo() throws SQLException {
        try (Connection one = connect(";disableStatementPooling=true")) {
            for (int i = 0; i < 1_500; i++) {
                PreparedStatement forgotten = one.prepareStatement("SELECT ? + " + i);
                ask(forgotten, 1);
                ask(forgotten, 2);
            }
            assertThat(server().preparedStatements()).isLessThanOrEqualTo(1_000 + THRESHOLD);
        }
    }

    /** A result that is given up while the handle is still to come: it is asked for once, and then never again. */
    @Guarantee("G25")
    @Test
    void handlesThatWereNeverHeardOfDoNotAddUp() throws SQLException {
        run("CREATE TABLE dbo.n (i int)", "INSERT INTO dbo.n VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(10)");
        String large = "SELECT a.i FROM dbo.n a, dbo.n b, dbo.n c, dbo.n d, dbo.n e, dbo.n f WHERE a.i <> ?";
        for (int i = 0; i < 20; i++) {
            try (PreparedStatement statement = connection().prepareStatement(large)) {
                statement.setInt(1, 0);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                }
            }
        }
        assertThat(server().preparedStatements()).isLessThanOrEqualTo(1);
    }

    @Guarantee(value = "G25", surface = Surface.P)
    @Test
    void usersOfAPoolLeaveFewHandlesAndFindTheirStatementsAgain() throws Exception {
        try (TidegateDataSource source = source()) {
            int most = 0;
            for (int user = 0; user < 200; user++) {
                try (Connection lent = source.getConnection()) {
                    for (int i = 0; i < 50; i++) {
                        // In another order each time: the server's numbers of one lease are other statements' in the
                        // next.
                        int number = (i * 7 + user) % 50;
                        try (PreparedStatement statement = lent.prepareStatement("SELECT ? + " + 1000 * number)) {
                            assertThat(ask(statement, user)).isEqualTo(1000 * number + user);
                            assertThat(ask(statement, i)).isEqualTo(1000 * number + i);
                        }
                    }
                }
                most = Math.max(most, server().preparedStatements());
            }
            assertThat(most).isBetween(50, 100 + THRESHOLD);
        }
    }

    @Guarantee(value = "G25", surface = Surface.P)
    @Test
    void aHandleOfBeforeTheResetIsNeverTakenForAnothersAfterIt() throws Exception {
        try (TidegateDataSource source = source()) {
            for (int user = 0; user < 6; user++) {
                try (Connection lent = source.getConnection();
                        PreparedStatement first = lent.prepareStatement("SELECT ? + 100");
                        PreparedStatement second = lent.prepareStatement("SELECT ? + 200")) {
                    boolean turned = user % 2 == 1;
                    for (int run = 0; run < 3; run++) {
                        assertThat(ask(turned ? second : first, run)).isEqualTo(turned ? 200 + run : 100 + run);
                        assertThat(ask(turned ? first : second, run)).isEqualTo(turned ? 100 + run : 200 + run);
                    }
                    // Both, and nothing that is left of the user before.
                    assertThat(server().preparedStatements()).isEqualTo(2);
                }
            }
        }
    }

    @Guarantee("G25")
    @Test
    void statementsGoOnAfterAReconnectInAnyOrder() throws Exception {
        try (PreparedStatement first = connection().prepareStatement("SELECT ? + 100");
                PreparedStatement second = connection().prepareStatement("SELECT ? + 200")) {
            for (int round = 0; round < 4; round++) {
                for (int run = 0; run < 3; run++) {
                    boolean turned = round % 2 == 1;
                    assertThat(ask(turned ? second : first, run)).isEqualTo(turned ? 200 + run : 100 + run);
                    assertThat(ask(turned ? first : second, run)).isEqualTo(turned ? 100 + run : 200 + run);
                }
                assertThat(server().preparedStatements()).isEqualTo(2);
                kill();
            }
        }
    }

    @Guarantee("G25")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50})
    void aBatchMeetsAReconnect(int rows) throws Exception {
        run("CREATE TABLE dbo.b (i int)");
        try (PreparedStatement insert = connection().prepareStatement("INSERT INTO dbo.b VALUES (?)")) {
            for (int round = 1; round <= 4; round++) {
                for (int i = 0; i < rows; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                int[] counts = insert.executeBatch();
                assertThat(Arrays.stream(counts).sum()).isEqualTo(rows);
                kill();
                try (var statement = connection().createStatement();
                        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM dbo.b")) {
                    count.next();
                    assertThat(count.getInt(1)).isEqualTo(rows * round);
                }
                kill();
            }
        }
    }

    /** Handles that are to be given back when the connection is cut: the new session knows nothing of them, and that is no error. */
    @Guarantee("G25")
    @Test
    void handlesThatAreGivenBackMeetAReconnect() throws Exception {
        try (Connection one = connect(";disableStatementPooling=true")) {
            for (int i = 0; i < THRESHOLD; i++) {
                try (PreparedStatement statement = one.prepareStatement("SELECT ? + " + i)) {
                    ask(statement, 1);
                    ask(statement, 2);
                }
            }
            kill(one);
            try (PreparedStatement statement = one.prepareStatement("SELECT ? + 5")) {
                assertThat(ask(statement, 1)).isEqualTo(6);
                assertThat(ask(statement, 2)).isEqualTo(7);
                assertThat(server().preparedStatements()).isEqualTo(1);
            }
        }
    }

    @Test
    void aStatementIsPreparedForItsDatabase() throws SQLException {
        run("CREATE TABLE dbo.t (i int)", "INSERT INTO dbo.t VALUES (1)", "USE other", "CREATE TABLE dbo.t (i int)");
        run("INSERT INTO dbo.t VALUES (2)");
        try (PreparedStatement statement = connection().prepareStatement("SELECT i FROM dbo.t WHERE ? = 1")) {
            for (int round = 0; round < 6; round++) {
                connection().setCatalog(round % 2 == 0 ? "demo" : "other");
                assertThat(ask(statement, 1)).isEqualTo(round % 2 + 1);
            }
        }
    }

    private TidegateDataSource source() {
        TidegateDataSource source = new TidegateDataSource();
        source.setURL(server().url() + ";encrypt=false");
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setMaximumPoolSize(1);
        return source;
    }

    private static int ask(PreparedStatement statement, int value) throws SQLException {
        statement.setInt(1, value);
        try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            int answer = rows.getInt(1);
            assertThat(rows.next()).isFalse();
            return answer;
        }
    }

    private void kill() throws Exception {
        kill(connection());
    }

    private void kill(Connection one) throws Exception {
        int id;
        try (var statement = one.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@SPID")) {
            row.next();
            id = row.getInt(1);
        }
        int before = server().connections();
        assertThat(server().kill(id)).isTrue();
        while (server().connections() == before
                || !one.unwrap(TdsConnection.class).isCut()) {
            Thread.sleep(1);
        }
    }

    private void awaitOnlyOwnConnection() {
        while (server().connections() > 1) {
            Thread.onSpinWait();
        }
    }
}
