package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.Closeable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every public method of every type that the engine hands out, after the close. */
class UseAfterCloseTest extends OnAttachedServer {
    /** Whatever else a closed object does, these have work to do, and must say that they cannot. */
    private static final Set<String> WORK = Set.of(
            "createStatement",
            "prepareStatement",
            "duplicate",
            "commit",
            "rollback",
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeLargeUpdate",
            "executeBatch",
            "executeLargeBatch",
            "next",
            "getTables",
            "getColumns");

    /** Of other types: null. */
    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            String.class,
            "SELECT id FROM ms.dbo.t",
            Class.class,
            Closeable.class,
            boolean.class,
            false,
            int.class,
            1,
            long.class,
            1L,
            short.class,
            (short) 1,
            byte.class,
            (byte) 1,
            float.class,
            1f,
            double.class,
            1d);

    @BeforeEach
    void fill() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int)", "INSERT INTO dbo.t VALUES (1), (2)");
        attach("ms", "");
    }

    @TestFactory
    @Guarantee(value = "G07", surface = Surface.E)
    List<DynamicTest> everyMethodOfAClosedConnectionAndWhatItMade() throws SQLException {
        EngineConnection connection = duckdb().duplicate();
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT id FROM ms.dbo.t WHERE id > ?");
        prepared.setInt(1, 0);
        ResultSet result = prepared.executeQuery();
        assertThat(result.next()).isTrue();
        DatabaseMetaData metaData = connection.getMetaData();
        connection.close();
        return List.of(
                of(EngineConnection.class, connection),
                of(Statement.class, statement),
                of(PreparedStatement.class, prepared),
                of(ResultSet.class, result),
                of(DatabaseMetaData.class, metaData));
    }

    @TestFactory
    @Guarantee(value = "G07", surface = Surface.E)
    List<DynamicTest> everyMethodOfAClosedStatementAndItsResult() throws SQLException {
        Statement statement = duckdb().createStatement();
        ResultSet result = statement.executeQuery("SELECT id FROM ms.dbo.t");
        PreparedStatement prepared = duckdb().prepareStatement("SELECT id FROM ms.dbo.t");
        statement.close();
        prepared.close();
        return List.of(
                of(Statement.class, statement), of(PreparedStatement.class, prepared), of(ResultSet.class, result));
    }

    private DynamicTest of(Class<?> type, Object closed) {
        return dynamicTest(type.getSimpleName(), () -> {
            long acquired = acquired();
            for (Method method : type.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    check(method, closed);
                }
            }
            assertThat(acquired()).as("nothing reached the server").isEqualTo(acquired);
        });
    }

    private static void check(Method method, Object closed) throws IllegalAccessException {
        try {
            method.invoke(closed, arguments(method));
            assertThat(WORK).as("%s has done work", method).doesNotContain(method.getName());
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).as("%s: %s", method, e.getCause()).isInstanceOf(SQLException.class);
        }
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> ARGUMENTS.get(type))
                .toArray();
    }

    private long acquired() throws SQLException {
        return Long.parseLong(
                rows("SELECT acquired FROM mssql_pool_stats('ms')").get(0));
    }
}
