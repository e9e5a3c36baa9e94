package dev.tidegate.arrow.adbc;

import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.apache.arrow.adbc.core.AdbcDatabase;
import org.apache.arrow.adbc.core.AdbcDriver;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Opens SQL Server databases. Parameters: {@code uri} ({@code mssql://host[:port]/database} or {@code jdbc:tidegate://…}), {@code
 * username}, {@code password}, and every property of docs/connection-properties.md by its name. Thread-safe.
 */
public final class TidegateAdbcDriver implements AdbcDriver {
    private final BufferAllocator allocator;

    /** @param allocator where all batches of all connections live */
    public TidegateAdbcDriver(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** @throws AdbcException INVALID_ARGUMENT for parameters that say nothing, or something wrong; the server is not asked yet */
    @Override
    public AdbcDatabase open(Map<String, Object> parameters) throws AdbcException {
        Properties properties = new Properties();
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            if (!PARAM_URI.getKey().equals(parameter.getKey())) {
                properties.setProperty(property(parameter.getKey()), String.valueOf(parameter.getValue()));
            }
        }
        if (!(parameters.get(PARAM_URI.getKey()) instanceof String uri) || !ConnectionSettings.accepts(uri)) {
            throw AdbcException.invalidArgument("the parameter '" + PARAM_URI.getKey()
                    + "' has to be such as mssql://host:1433/database or jdbc:tidegate://host:1433;databaseName=…");
        }
        try {
            return new SqlServerDatabase(ConnectionSettings.parse(uri, properties), allocator);
        } catch (SQLException e) {
            throw AdbcException.invalidArgument(e.getMessage()).withCause(e);
        }
    }

    private static String property(String key) {
        return key.equals(PARAM_USERNAME.getKey()) ? "user" : key;
    }
}
