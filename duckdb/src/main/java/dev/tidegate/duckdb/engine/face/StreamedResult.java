package dev.tidegate.duckdb.engine.face;

import dev.tidegate.duckdb.engine.execution.Reason;
import dev.tidegate.duckdb.engine.session.EngineSession;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A result that DuckDB makes while it is read: what fails then is told as if it had failed at once. */
final class StreamedResult extends Face {
    private final EngineSession session;
    private final Statement statement;
    private final ResultSet target;
    private final Reason reason;

    /** @param statement that gave it, as its user knows it */
    StreamedResult(EngineSession session, Statement statement, ResultSet target, Reason reason) {
        super(target);
        this.session = session;
        this.statement = statement;
        this.target = target;
        this.reason = reason;
    }

    ResultSet proxy() {
        return (ResultSet)
                Proxy.newProxyInstance(ResultSet.class.getClassLoader(), new Class<?>[] {ResultSet.class}, this);
    }

    @Override
    Object call(Object proxy, Method method, Object[] args) throws Throwable {
        if (method.getName().equals("getStatement")) {
            return statement;
        }
        try {
            Object answer = forward(method, args);
            boolean isEnd = method.getName().equals("close") || method.getName().equals("next") && answer.equals(false);
            if (isEnd) {
                session.resultEnded(reason.run());
            }
            return answer;
        } catch (SQLException e) {
            throw reason.of(e);
        }
    }

    @Override
    boolean isClosed() throws SQLException {
        return target.isClosed();
    }
}
