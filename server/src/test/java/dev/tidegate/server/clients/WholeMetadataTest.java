package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each method of Microsoft's DatabaseMetaData: nothing that it asks is refused, also what the driver would forgive. */
class WholeMetadataTest extends ClientTest {
    /** The first four for a table, all six for two tables. */
    private static final List<String> TABLE = List.of(DATABASE, "dbo", "meta_one", "%");

    private static final List<String> TWO_TABLES = List.of(DATABASE, "dbo", "meta_one", DATABASE, "dbo", "meta_two");

    /** It tells of the harmless too; kept, so that its level stays. */
    private static final Logger DRIVER = Logger.getLogger("com.microsoft.sqlserver.jdbc");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        String url = "jdbc:sqlserver://127.0.0.1:" + port() + ";databaseName=" + DATABASE + ";encrypt=false";
        connection = DriverManager.getConnection(url, USER, PASSWORD);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP VIEW IF EXISTS meta_view; DROP TABLE IF EXISTS meta_two, meta_one");
            statement.execute("CREATE TABLE meta_one (id int IDENTITY PRIMARY KEY, name nvarchar(40) NOT NULL UNIQUE,"
                    + " price decimal(12,4), at datetime2(3), stamp rowversion, total AS price * 2)");
            statement.execute("CREATE TABLE meta_two (id int PRIMARY KEY, one int REFERENCES meta_one (id))");
            statement.execute("CREATE VIEW meta_view AS SELECT id, name, price, at, price * 2 AS twice,"
                    + " CAST(name AS varchar(7)) AS short FROM meta_one");
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @TestFactory
    Stream<DynamicTest> everyMethod() {
        return Arrays.stream(DatabaseMetaData.class.getMethods())
                .filter(method -> method.getDeclaringClass() == DatabaseMetaData.class)
                .sorted(Comparator.comparing(Method::toString))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> call(method)));
    }

    private void call(Method method) throws Exception {
        int before = refusals().size();
        try {
            if (method.invoke(connection.getMetaData(), arguments(method)) instanceof ResultSet rows) {
                try (rows) {
                    while (rows.next()) {
                        rows.getObject(1);
                    }
                }
            }
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        assertThat(refusals()).hasSize(before);
    }

    private static Object[] arguments(Method method) {
        Class<?>[] types = method.getParameterTypes();
        List<String> names = types.length == 6 && types[5] == String.class ? TWO_TABLES : TABLE;
        Object[] arguments = new Object[types.length];
        int next = 0;
        for (int i = 0; i < types.length; i++) {
            if (types[i] == String.class) {
                arguments[i] = names.get(next++);
            } else if (types[i] == int.class) {
                arguments[i] = switch (method.getName()) {
                    case "supportsResultSetHoldability" -> ResultSet.HOLD_CURSORS_OVER_COMMIT;
                    case "supportsResultSetConcurrency" ->
                        i == 0 ? ResultSet.TYPE_FORWARD_ONLY : ResultSet.CONCUR_READ_ONLY;
                    default -> ResultSet.TYPE_FORWARD_ONLY;
                };
            } else if (types[i] == boolean.class) {
                arguments[i] = false;
            } else if (types[i] == String[].class) {
                arguments[i] = new String[] {"TABLE", "VIEW"};
            }
        }
        return arguments;
    }

    @Test
    void viewColumnsHaveDeclaredTypes() throws SQLException {
        assertThat(MetadataFixture.pick(
                        connection.getMetaData().getColumns(DATABASE, "dbo", "meta_view", "%"),
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "COLUMN_SIZE",
                        "DECIMAL_DIGITS",
                        "NULLABLE"))
                .containsExactly(
                        "id|int|10|0|0",
                        "name|nvarchar|40|null|0",
                        "price|decimal|12|4|1",
                        "at|datetime2|23|3|1",
                        "twice|decimal|14|4|1",
                        "short|varchar|7|null|0");
    }
}
