package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;

/** Runs one statement on H2, so that it can be cancelled and waits for locks. Used by one thread. */
final class H2Statement {
    private final SessionCore core;

    H2Statement(SessionCore core) {
        this.core = core;
    }

    /** What is done with the rows of a query. */
    @FunctionalInterface
    interface Rows<T> {
        T read(ResultSet rows) throws SQLException, SqlServerException;
    }

    /** Runs a query; what H2 raises while its values are read comes as the errors of its JDBC methods do. */
    <T> T query(String sql, List<Object> values, Rows<T> rows) throws SQLException, SqlServerException {
        SessionLocal session = core.h2();
        try (PreparedStatement statement = prepare(sql, values)) {
            core.cancellation.stoppedBy(session::cancel);
            try (ResultSet result = LockPatience.run(core, statement::executeQuery)) {
                return rows.read(result);
            }
        } catch (DbException e) {
            throw e.getSQLException();
        } finally {
            core.cancellation.ended(session);
        }
    }

    /** @return rows changed */
    long update(String sql, List<Object> values) throws SQLException {
        SessionLocal session = core.h2();
        try (PreparedStatement statement = prepare(sql, values)) {
            core.cancellation.stoppedBy(session::cancel);
            return LockPatience.run(core, statement::executeLargeUpdate);
        } finally {
            core.cancellation.ended(session);
        }
    }

    private PreparedStatement prepare(String sql, List<Object> values) throws SQLException {
        core.database.own().makeFor(sql);
        PreparedStatement statement = LockPatience.run(core, () -> core.connection.prepareStatement(sql));
        try {
            int wanted = values.isEmpty()
                    ? 0
                    : Math.min(values.size(), statement.getParameterMetaData().getParameterCount());
            for (int i = 0; i < wanted; i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
