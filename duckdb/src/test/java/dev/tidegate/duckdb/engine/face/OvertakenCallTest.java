package dev.tidegate.duckdb.engine.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.duckdb.engine.execution.Translator;
import dev.tidegate.duckdb.engine.session.Engine;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

/** Calls that DuckDB's driver has not finished when another thread closes what they are made on. */
class OvertakenCallTest {
    private static void on(InvocationHandler driver, Check check) throws SQLException {
        try (Connection duckdb = TidegateDuckDB.open("").unwrap(DuckDBConnection.class)) {
            Engine engine = new Engine((DuckDBConnection) duckdb, (left, session) -> left.leave(session));
            EngineSession session = engine.join((DuckDBConnection) duckdb);
            Statement target = (Statement)
                    Proxy.newProxyInstance(Statement.class.getClassLoader(), new Class<?>[] {Statement.class}, driver);
            check.of(new StatementFace(session, new Translator(session), duckdb, target).proxy(Statement.class));
            session.close();
        }
    }

    private interface Check {
        void of(Statement statement) throws SQLException;
    }

    private static InvocationHandler closedIn(boolean isClosed, InvocationHandler call) {
        return (Object proxy, Method method, Object[] args) ->
                method.getName().equals("isClosed") ? isClosed : call.invoke(proxy, method, args);
    }

    private static void isTyped(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"))
                .hasMessageContaining("closed by another thread");
    }

    @Test
    @Guarantee(value = "G03", surface = Surface.E)
    void aQueryWithoutAResultIsAnError() throws SQLException {
        on((proxy, method, args) -> null, statement -> isTyped(() -> statement.executeQuery("SELECT 1")));
    }

    @Test
    @Guarantee(value = "G03", surface = Surface.E)
    void whatTheDriverMissesIsTheClosesDoing() throws SQLException {
        on(
                closedIn(true, (proxy, method, args) -> {
                    throw new NullPointerException("this.conn is null");
                }),
                statement -> {
                    isTyped(() -> statement.execute("SELECT 1"));
                    isTyped(statement::getWarnings);
                });
    }

    @Test
    void otherFailuresOfTheDriverStayWhatTheyAre() throws SQLException {
        on(
                closedIn(false, (proxy, method, args) -> {
                    throw new IllegalStateException("broken");
                }),
                statement -> assertThatThrownBy(() -> statement.execute("SELECT 1"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("broken"));
    }
}
