package dev.tidegate.jdbc;

import static dev.tidegate.jdbc.RehearsedBackend.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tidegate.testkit.guarantee.Guarantee;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every method of every closed object: a typed error that names it, and never a request. */
class UseAfterCloseTest extends OnScriptedServer {
    /** What may be asked of a closed object. */
    private static final Set<String> ALLOWED = Set.of(
            "close",
            "isClosed",
            "isValid",
            "abort",
            "unwrap",
            "isWrapperFor",
            "toString",
            "hashCode",
            "equals",
            "getClass",
            "notify",
            "notifyAll",
            "wait",
            "enquoteLiteral",
            "enquoteIdentifier",
            "isSimpleIdentifier",
            "enquoteNCharLiteral",
            "beginRequest",
            "endRequest",
            "setShardingKey",
            "setShardingKeyIfValid",
            "getConcurrency");

    @Test
    @Guarantee("G07")
    void statement() throws Exception {
        Statement statement = connection().createStatement();
        statement.close();
        check(statement, Statement.class, "the statement is closed", "HY010");
    }

    @Test
    @Guarantee("G07")
    void preparedStatement() throws Exception {
        PreparedStatement statement = connection().prepareStatement("select ?");
        statement.close();
        check(statement, PreparedStatement.class, "the prepared statement is closed", "HY010");
    }

    @Test
    @Guarantee("G07")
    void callableStatement() throws Exception {
        CallableStatement statement = connection().prepareCall("{call p(?)}");
        statement.close();
        check(statement, CallableStatement.class, "the callable statement is closed", "HY010");
    }

    @Test
    @Guarantee("G07")
    void result() throws Exception {
        script().on("select n", rows(NUMBER, new Object[] {1}));
        try (Statement statement = connection().createStatement()) {
            ResultSet result = statement.executeQuery("select n");
            result.next();
            result.close();
            script().log().clear();
            check(result, ResultSet.class, "the result is closed", "HY010");
        }
    }

    @Test
    @Guarantee("G07")
    void connectionItself() throws Exception {
        connection().close();
        check(connection(), Connection.class, "the connection is closed", "08003");
    }

    @Test
    @Guarantee("G07")
    void statementOfAClosedConnection() throws Exception {
        Statement statement = connection().createStatement();
        connection().close();
        check(statement, Statement.class, "the connection is closed", "08003");
    }

    @Test
    @Guarantee("G07")
    void metaDataQueriesOfAClosedConnection() throws Exception {
        DatabaseMetaData metaData = connection().getMetaData();
        connection().close();
        for (Method method : DatabaseMetaData.class.getMethods()) {
            if (method.getName()
                    .matches("getTables|getColumns|getSchemas|getCatalogs|get.*Keys|getProcedures|getConnection")) {
                expect(metaData, method, "the connection is closed", "08003");
            }
        }
    }

    private void check(Object closed, Class<?> type, String message, String state) throws Exception {
        for (Method method : type.getMethods()) {
            if (!ALLOWED.contains(method.getName()) && !method.isDefault()) {
                expect(closed, method, message, state);
            }
        }
        assertThat(script().log()).isEmpty();
    }

    private static void expect(Object closed, Method method, String message, String state) throws Exception {
        try {
            method.invoke(closed, arguments(method));
            fail(method + " did not throw");
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).as(method.toString()).isInstanceOf(SQLException.class);
            if (e.getCause() instanceof SQLFeatureNotSupportedException) {
                return;
            }
            SQLException thrown = (SQLException) e.getCause();
            boolean textless = thrown.getMessage().contains("has its text already");
            if (!textless) {
                assertThat(thrown.getMessage()).as(method.toString()).contains(message);
                assertThat(thrown.getSQLState()).as(method.toString()).isEqualTo(state);
            }
        }
    }

    private static Object[] arguments(Method method) {
        Class<?>[] types = method.getParameterTypes();
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = argument(types[i]);
        }
        return values;
    }

    private static Object argument(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == short.class) {
            return (short) 1;
        }
        if (type == byte.class) {
            return (byte) 1;
        }
        if (type == float.class) {
            return 1f;
        }
        if (type == double.class) {
            return 1d;
        }
        if (type == String.class) {
            return "x";
        }
        if (type == java.sql.SQLType.class) {
            return java.sql.JDBCType.INTEGER;
        }
        return type == Class.class ? String.class : null;
    }
}
