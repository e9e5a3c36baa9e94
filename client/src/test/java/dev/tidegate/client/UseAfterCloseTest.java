package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.pool.PoolsByLogin;
import dev.tidegate.client.pool.Reservation;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public method of everything that can be closed, after its close: a typed error or a harmless answer, and never a byte sent. */
class UseAfterCloseTest extends OnOneServer {
    private static final List<Class<?>> TYPES = List.of(
            TdsConnection.class,
            Response.class,
            BulkLoad.class,
            PendingConnection.class,
            PhysicalConnection.class,
            ConnectionPool.class,
            PoolsByLogin.class,
            Reservation.class);

    /** What a connection is made of is in other packages; nobody outside of the client gets hold of it. */
    private static final Set<String> PACKAGES =
            Set.of(TdsConnection.class.getPackageName(), ConnectionPool.class.getPackageName());

    private static final String ROWS = "SELECT object_id FROM sys.all_objects";

    private TdsConnection user;
    private TdsConnection lent;
    private ConnectionPool pool;

    @BeforeEach
    void open() throws SQLException {
        user = connect();
        run(user, "CREATE TABLE t (n INT NOT NULL)");
        pool = new ConnectionPool(
                settings(), PoolSettings.builder().maximumPoolSize(1).build());
        lent = pool.acquire();
    }

    @AfterEach
    void close() {
        user.close();
        pool.close();
    }

    static Stream<Arguments> methods() {
        return TYPES.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers())
                                && !Modifier.isStatic(method.getModifiers())
                                && !method.isSynthetic())
                        .map(method -> arguments(type, method)));
    }

    @Guarantee("G07")
    @Guarantee(value = "G07", surface = Surface.P)
    @ParameterizedTest
    @MethodSource("methods")
    void ofEveryMethod(Class<?> type, Method method) throws Exception {
        if (type == TdsConnection.class) {
            TdsConnection ended = connect();
            ended.close();
            check(ended, method);
            lent.close();
            check(lent, method);
            checkNextUser();
        } else if (type == Response.class) {
            Response dropped = begin(user);
            dropped.close();
            check(dropped, method);
            Response orphan = begin(lent);
            lent.close();
            check(orphan, method);
            checkNextUser();
        } else if (type == BulkLoad.class) {
            BulkLoad begun = user.bulkLoad("t", BulkLoadOptions.DEFAULTS);
            begun.writeRow(1);
            begun.close();
            check(begun, method);
            BulkLoad untouched = user.bulkLoad("t", BulkLoadOptions.DEFAULTS);
            untouched.close();
            check(untouched, method);
            assertThat(number(user, "SELECT COUNT(*) FROM t")).isZero();
        } else if (type == PendingConnection.class) {
            PendingConnection givenUp = new PendingConnection(settings());
            givenUp.close();
            check(givenUp, method);
        } else if (type == PhysicalConnection.class) {
            PhysicalConnection physical = new PhysicalConnection(connect());
            physical.close();
            check(physical, method);
        } else if (type == ConnectionPool.class) {
            pool.close();
            check(pool, method);
        } else if (type == Reservation.class) {
            lent.close();
            Reservation unused = pool.reserve();
            unused.close();
            check(unused, method);
            Reservation used = pool.reserve();
            lent = used.connection(null);
            used.close();
            check(used, method);
            checkNextUser();
        } else {
            PoolsByLogin pools = new PoolsByLogin(PoolSettings.defaults());
            pools.close();
            check(pools, method);
            pools.close();
        }
    }

    /** What is added to the client must be added here. */
    @Guarantee("G07")
    @Test
    void knowsEverythingThatCanBeClosed() throws Exception {
        URI classes = TdsConnection.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        Set<String> closeable = new TreeSet<>();
        Path root = Path.of(classes);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.');
                Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
                if (PACKAGES.contains(type.getPackageName())
                        && Modifier.isPublic(type.getModifiers())
                        && AutoCloseable.class.isAssignableFrom(type)) {
                    closeable.add(type.getName());
                }
            }
        }
        Set<String> known = new TreeSet<>();
        TYPES.forEach(type -> known.add(type.getName()));
        assertThat(closeable).isEqualTo(known);
    }

    private void check(Object closed, Method method) throws Exception {
        int connections = server().connections();
        long before = user.bytesSent() + lent.bytesSent();
        Throwable thrown = thrownBy(closed, method);
        assertThat(user.bytesSent() + lent.bytesSent())
                .as("bytes sent after the close by " + method)
                .isEqualTo(before);
        assertThat(server().connections()).as("connections opened by " + method).isLessThanOrEqualTo(connections);
        if (isHarmless(method)) {
            assertThat(thrown).as(method.toString()).isNull();
        } else if (method.getName().equals("row")) {
            assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        } else {
            assertThat(thrown).as(method.toString()).isInstanceOf(SQLException.class);
            assertThat(thrown.getMessage()).containsPattern("closed|is over");
            assertThat(((SQLException) thrown).getSQLState()).isIn("08003", "HY010");
        }
    }

    /** What can raise no error of a database only tells or sets something; and to close once more is no mistake. */
    private static boolean isHarmless(Method method) {
        return method.getName().equals("close")
                || !method.getName().equals("row")
                        && !List.of(method.getExceptionTypes()).contains(SQLException.class);
    }

    /** Neither a transaction nor a reset of the one before reaches the session. */
    private void checkNextUser() throws SQLException {
        try (TdsConnection next = pool.acquire()) {
            next.begin(IsolationLevel.CURRENT);
            run(next, "INSERT INTO t VALUES (1)");
            assertThat(number(next, "SELECT @@TRANCOUNT")).isEqualTo(1);
            next.rollback();
        }
        lent = pool.acquire();
    }

    private static Response begin(TdsConnection connection) throws SQLException {
        Response response = connection.execute(ROWS);
        assertThat(response.next()).isInstanceOf(Item.Rows.class);
        assertThat(response.nextRow()).isTrue();
        return response;
    }

    private Throwable thrownBy(Object closed, Method method) throws IllegalAccessException {
        try {
            method.invoke(
                    closed,
                    Arrays.stream(method.getParameterTypes()).map(this::value).toArray());
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    private Object value(Class<?> type) {
        Map<Class<?>, Object> values = Map.of(
                String.class,
                "t",
                int.class,
                1,
                Duration.class,
                Duration.ofSeconds(5),
                List.class,
                List.of(ProcedureCall.named("p", List.of())),
                ProcedureCall.class,
                ProcedureCall.named("p", List.of()),
                RequestOptions.class,
                RequestOptions.DEFAULTS,
                IsolationLevel.class,
                IsolationLevel.SERIALIZABLE,
                BulkLoadOptions.class,
                BulkLoadOptions.DEFAULTS,
                ConnectionSettings.class,
                settings());
        Map<Class<?>, Object> more = Map.of(
                String[].class, new String[] {"n"},
                Object[].class, new Object[] {1},
                ColumnSink[].class, new ColumnSink[] {null},
                ColumnSource[].class, new ColumnSource[] {(ColumnSource) unused(ColumnSource.class)},
                IOException.class, new IOException("x"));
        return values.getOrDefault(type, more.getOrDefault(type, type.isInterface() ? unused(type) : null));
    }

    /** Of something that is closed, nothing is asked. */
    private static Object unused(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
            throw new AssertionError("something closed has called " + method);
        });
    }
}
