package dev.tidegate.arrow.adbc;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.SQLException;
import org.apache.arrow.adbc.core.AdbcConnection;
import org.apache.arrow.adbc.core.AdbcDatabase;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.memory.BufferAllocator;

/** Where connections lead to. Thread-safe; closing it leaves its connections alone. */
final class SqlServerDatabase implements AdbcDatabase {
    private final ConnectionSettings settings;
    private final BufferAllocator allocator;

    SqlServerDatabase(ConnectionSettings settings, BufferAllocator allocator) {
        this.settings = settings;
        this.allocator = allocator;
    }

    @Override
    public AdbcConnection connect() throws AdbcException {
        try {
            return new SqlServerConnection(TdsConnection.open(settings), allocator);
        } catch (SQLException e) {
            throw AdbcErrors.of(e);
        }
    }

    @Override
    public void close() {}
}
