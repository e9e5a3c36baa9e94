package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A source of a load that throws, whatever and whenever: nothing of the load stays, and its connection goes on. */
class ThrowingSourceTest extends OnOneServer {
    private static final int ROWS = 100;

    static Stream<Supplier<Throwable>> thrown() {
        return Stream.of(
                () -> new IllegalStateException("the caller's own"),
                StackOverflowError::new,
                () -> new OutOfMemoryError("pretended"),
                () -> new AssertionError("the caller's own"));
    }

    @Guarantee("G29")
    @Guarantee("G35")
    @ParameterizedTest
    @MethodSource("thrown")
    void atEveryCall(Supplier<Throwable> error) throws Exception {
        try (TdsConnection connection = connect();
                TdsConnection observer = connect()) {
            run(connection, "CREATE TABLE items (id INT NOT NULL, text NVARCHAR(200), data VARBINARY(200))");
            int calls = callsOfAWholeLoad(connection);
            run(connection, "TRUNCATE TABLE items");
            for (int call = 1; call <= calls; call++) {
                boolean inTransaction = call % 2 == 0;
                if (inTransaction) {
                    connection.begin(IsolationLevel.READ_COMMITTED);
                    run(connection, "INSERT INTO items (id) VALUES (-1)");
                }
                failingAt(call, error.get(), connection);
                assertThat(connection.inTransaction()).isEqualTo(inTransaction);
                assertThat(number(connection, "SELECT COUNT(*) FROM items")).isEqualTo(inTransaction ? 1 : 0);
                if (inTransaction) {
                    connection.rollback();
                }
            }
            assertThat(number(observer, "SELECT COUNT(*) FROM items")).isZero();
        }
    }

    private static int callsOfAWholeLoad(TdsConnection connection) throws SQLException {
        AtomicInteger calls = new AtomicInteger();
        try (BulkLoad load = connection.bulkLoad("items", BulkLoadOptions.DEFAULTS)) {
            load.write(sources(calls, 0, null), ROWS);
            assertThat(load.finish()).isEqualTo(ROWS);
        }
        return calls.get();
    }

    private static void failingAt(int call, Throwable error, TdsConnection connection) throws SQLException {
        try (BulkLoad load = connection.bulkLoad("items", BulkLoadOptions.DEFAULTS)) {
            assertThatThrownBy(() -> load.write(sources(new AtomicInteger(), call, error), ROWS))
                    .isSameAs(error)
                    .hasNoSuppressedExceptions();
            assertThatThrownBy(load::finish).hasMessageContaining("is over");
        }
    }

    /** @param failing number of the call, of all sources together, that throws; 0: none does */
    private static ColumnSource[] sources(AtomicInteger calls, int failing, Throwable error) {
        ColumnSource source = (ColumnSource) Proxy.newProxyInstance(
                ColumnSource.class.getClassLoader(),
                new Class<?>[] {ColumnSource.class},
                (proxy, method, arguments) -> {
                    if (calls.incrementAndGet() == failing) {
                        throw error;
                    }
                    return switch (method.getName()) {
                        case "isNull" -> false;
                        case "getLong" -> 7L;
                        case "getText" -> "text ".repeat(40);
                        case "getBytes" -> new byte[100];
                        default -> throw new AssertionError(method);
                    };
                });
        return new ColumnSource[] {source, source, source};
    }
}
