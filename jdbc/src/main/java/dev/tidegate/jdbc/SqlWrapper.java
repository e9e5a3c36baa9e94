package dev.tidegate.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/** What every object of this driver answers to {@link Wrapper}: it is itself, and wraps nothing. */
abstract class SqlWrapper implements Wrapper {
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw Failures.invalid(getClass().getName() + " wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this);
    }
}
