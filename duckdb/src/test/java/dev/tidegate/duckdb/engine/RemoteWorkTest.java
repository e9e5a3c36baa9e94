package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.duckdb.attach.AttachOptions;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.tx.HalfCommittedException;
import dev.tidegate.duckdb.engine.tx.LocalPart;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is committed and what is told, whatever fails: the work, the line, DuckDB, and the undoing of each. */
class RemoteWorkTest extends OnAttachedServer {
    private final Run run = new Run(Duration.ZERO);
    private final RemoteWork remote = new RemoteWork();
    private FaultProxy proxy;
    private AttachedDatabase database;

    /** DuckDB's part, each step of which fails as it is told to. */
    private static final class Local implements LocalPart {
        private final SQLException check;
        private final SQLException commit;
        private final SQLException rollback;
        private String done = "";

        Local(SQLException check, SQLException commit, SQLException rollback) {
            this.check = check;
            this.commit = commit;
            this.rollback = rollback;
        }

        private void step(String name, SQLException failure) throws SQLException {
            done += name;
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void check() throws SQLException {
            step("?", check);
        }

        @Override
        public void commit() throws SQLException {
            step("C", commit);
        }

        @Override
        public void rollback() throws SQLException {
            step("R", rollback);
        }
    }

    @BeforeEach
    void begin() throws IOException, SQLException {
        onServer("CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY)");
        proxy = proxy();
        Map<String, String> options = Map.of("maximum_pool_size", "1", "connect_retry_count", "0");
        database = AttachedDatabase.open("ms", AttachOptions.of(urlThrough(proxy), options, name -> null), run);
    }

    @AfterEach
    void end() throws IOException {
        remote.close();
        database.close();
        proxy.close();
    }

    private Object insert(int id) throws SQLException {
        return remote.write(database, run, (connection, here) -> insert(connection, id));
    }

    private Object insert(TdsConnection connection, int id) throws SQLException {
        try (Response response = run.execute(connection, "INSERT INTO dbo.t VALUES (" + id + ")")) {
            response.finish();
            return null;
        } finally {
            run.left(connection);
        }
    }

    private List<String> ids() throws SQLException {
        return onServerRows("SELECT id FROM dbo.t ORDER BY id");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                        new SQLException("first"),
                        new IllegalStateException("first"),
                        new AssertionError("first"),
                        new OutOfMemoryError("first"))
                .flatMap(first -> Stream.of(Arguments.of(first, false), Arguments.of(first, true)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @Guarantee(value = "G11", surface = Surface.E)
    @Guarantee(value = "G35", surface = Surface.E)
    void aWriteThatThrowsIsRolledBackAndThrowsJustThat(Throwable first, boolean cut) throws SQLException {
        Throwable thrown = catchThrowable(() -> remote.write(database, run, (connection, here) -> {
            insert(connection, 1);
            if (cut) {
                proxy.live().forEach(line -> line.cut(Ending.RESET));
            }
            RemoteWorkTest.<RuntimeException>sneak(first);
            return null;
        }));
        assertThat(thrown).isSameAs(first);
        assertThat(ids()).isEmpty();
        assertThat(database.statistics().active()).isZero();
        insert(2);
        assertThat(ids()).containsExactly("2");
    }

    @SuppressWarnings("unchecked") // Nothing is cast: the compiler only forgets what is checked.
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** The server has rolled back already; there is nothing to undo, and the next one is not told of it. */
    @Test
    @Guarantee(value = "G11", surface = Surface.E)
    void aDoomedTransactionIsNotCommitted() throws SQLException {
        assertThatThrownBy(() -> remote.write(database, run, (connection, here) -> {
                    insert(connection, 1);
                    try (Response response = here.execute(connection, "SELECT CAST('x' AS int)")) {
                        response.finish();
                    } catch (SQLException e) {
                        assertThat(e.getErrorCode()).isEqualTo(245);
                    } finally {
                        here.left(connection);
                    }
                    return null;
                }))
                .isInstanceOf(SQLException.class);
        assertThat(ids()).isEmpty();
        insert(2);
        assertThat(ids()).containsExactly("2");
    }

    @Test
    @Guarantee(value = "G35", surface = Surface.E)
    void aFailureOfDuckdbLeavesEachPartInAKnownState() throws SQLException {
        SQLException first = new SQLException("DuckDB has failed");
        SQLException second = new SQLException("and cannot roll back");

        remote.begun(false, run);
        insert(1);
        Local gaveUp = new Local(first, null, null);
        assertThatThrownBy(() -> remote.commit(gaveUp, run))
                .hasMessageContaining("please ROLLBACK")
                .hasRootCause(first);
        assertThat(gaveUp.done).isEqualTo("?");
        Local undone = new Local(null, null, second);
        assertThatThrownBy(() -> remote.rollback(undone, run)).isSameAs(second);
        assertThat(ids()).isEmpty();
        assertThat(database.statistics().active()).isZero();

        remote.begun(false, run);
        insert(2);
        Local half = new Local(null, first, second);
        assertThatThrownBy(() -> remote.commit(half, run))
                .isInstanceOf(HalfCommittedException.class)
                .hasCause(first);
        assertThat(half.done).isEqualTo("?CR");
        assertThat(ids()).containsExactly("2");
        assertThat(database.statistics().active()).isZero();

        remote.begun(false, run);
        assertThat(remote.<Long>read(database, run, (connection, here) -> connection.transaction()))
                .isNotZero();
        assertThatThrownBy(() -> remote.commit(new Local(null, first, null), run))
                .isSameAs(first);
        assertThat(database.statistics().active()).isZero();
    }

    @Test
    @Guarantee(value = "G35", surface = Surface.E)
    void aFailureOfTheServersCommitRollsDuckdbBackAndStaysTheError() throws SQLException {
        SQLException second = new SQLException("DuckDB cannot roll back");
        remote.begun(false, run);
        insert(1);
        proxy.live().forEach(line -> line.cut(Ending.RESET));
        Local local = new Local(null, null, second);
        Throwable thrown = catchThrowable(() -> remote.commit(local, run));
        assertThat(local.done).isEqualTo("?R");
        assertThat(thrown).isInstanceOf(SQLException.class).hasSuppressedException(second);
        assertThat(ids()).isEmpty();
        assertThat(database.statistics().active()).isZero();
    }
}
