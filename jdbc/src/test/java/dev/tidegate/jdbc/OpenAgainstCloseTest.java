package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One thread opens things on a connection, another closes it: what was opened is closed with it, and nothing is opened afterwards. */
class OpenAgainstCloseTest extends OnEmbeddedServer {
    private static final int ROUNDS = 600;
    private static final int KEPT = 20;

    private final ExecutorService opener = Executors.newSingleThreadExecutor();
    private final TidegateDataSource source = new TidegateDataSource();

    /** Something that is open, and what must fail once it is not. */
    private interface Child {
        void use() throws SQLException;
    }

    private enum Kind {
        STATEMENT {
            @Override
            Child open(Connection connection) throws SQLException {
                Statement statement = connection.createStatement();
                return () -> statement.executeQuery("SELECT 1");
            }
        },
        RESULT {
            @Override
            Child open(Connection connection) throws SQLException {
                ResultSet result = connection.createStatement().executeQuery("SELECT n FROM rows");
                return result::next;
            }
        },
        PREPARED {
            @Override
            Child open(Connection connection) throws SQLException {
                PreparedStatement statement = connection.prepareStatement("SELECT n FROM rows WHERE n = ?");
                statement.setInt(1, 7);
                statement.execute();
                return statement::executeQuery;
            }
        },
        CALL {
            @Override
            Child open(Connection connection) throws SQLException {
                CallableStatement call = connection.prepareCall("{call sp_tables(?)}");
                call.setString(1, "rows");
                call.execute();
                return call::execute;
            }
        },
        METADATA {
            @Override
            Child open(Connection connection) throws SQLException {
                ResultSet tables = connection.getMetaData().getTables(null, null, "rows", null);
                return tables::next;
            }
        },
        LONG_OBJECT {
            @Override
            Child open(Connection connection) throws SQLException {
                ResultSet result = connection.createStatement().executeQuery("SELECT b FROM rows");
                result.next();
                Blob blob = result.getBlob(1);
                return () -> blob.getBytes(1, 10);
            }
        },
        LOAD {
            @Override
            Child open(Connection connection) throws SQLException {
                BulkLoad load = connection.unwrap(TidegateConnection.class).bulkLoad("rows", BulkLoadOptions.DEFAULTS);
                load.writeRow(1, null);
                // The next one would find the connection busy.
                load.close();
                return () -> load.writeRow(1, null);
            }
        };

        abstract Child open(Connection connection) throws SQLException;
    }

    @BeforeEach
    void prepare() throws SQLException {
        run("CREATE TABLE rows (n INT NOT NULL, b VARBINARY(MAX) NULL)");
        run("INSERT INTO rows VALUES (7, 0x0102030405060708090A), (8, 0x0102030405060708090A)");
        source.setURL(server().url() + ";encrypt=false");
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setMaximumPoolSize(1);
    }

    @AfterEach
    void end() {
        opener.shutdownNow();
        source.close();
    }

    @Guarantee("G03")
    @Guarantee(value = "G03", surface = Surface.P)
    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsOpenedIsClosedOrRefused(Kind kind) throws Exception {
        Random random = new Random(kind.ordinal());
        for (int round = 0; round < ROUNDS; round++) {
            // Each fifth has a line of its own; the others are given back to a pool of one.
            Connection connection = round % 5 == 0 ? connect("") : source.getConnection();
            race(kind, connection, random.nextInt(30_000));
        }
        try (Connection last = source.getConnection();
                Statement statement = last.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*), @@TRANCOUNT FROM rows")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(2);
            assertThat(rows.getInt(2)).isZero();
        }
        assertThat(source.pools().get(0).statistics().active()).isZero();
    }

    private void race(Kind kind, Connection connection, int spins) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Deque<Child> opened = new ArrayDeque<>();
        Future<?> opening = opener.submit(() -> {
            start.await();
            openUntilClosed(kind, connection, opened);
            return null;
        });
        start.await();
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
        connection.close();
        opening.get(30, TimeUnit.SECONDS);
        for (Child child : opened) {
            assertClosed(child);
        }
        assertClosed(() -> kind.open(connection));
    }

    private static void openUntilClosed(Kind kind, Connection connection, Deque<Child> opened) throws SQLException {
        try {
            while (true) {
                opened.add(kind.open(connection));
                if (opened.size() > KEPT) {
                    opened.remove();
                }
            }
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("closed");
            assertThat(e.getSQLState()).isIn("08003", "HY010");
        }
    }

    private static void assertClosed(Child child) {
        assertThatThrownBy(child::use)
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isIn("08003", "HY010"))
                .hasMessageMatching("(?s).*(closed|is over).*");
    }
}
