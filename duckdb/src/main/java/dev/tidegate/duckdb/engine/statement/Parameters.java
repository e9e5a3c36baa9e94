package dev.tidegate.duckdb.engine.statement;

import dev.tidegate.duckdb.load.Binding;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.Temporal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The values that an application has set on a prepared statement which the engine runs: kept as they were given, until it is known which
 * statements of DuckDB's they are for. Used by one thread at a time.
 */
public final class Parameters implements Binding {
    private record Setting(Method setter, Object[] args) {}

    private final Map<Integer, Setting> settings;

    public Parameters() {
        this(new LinkedHashMap<>());
    }

    private Parameters(Map<Integer, Setting> settings) {
        this.settings = settings;
    }

    /** @param args the number of a parameter first */
    public void set(Method setter, Object[] args) {
        settings.put((Integer) args[0], new Setting(setter, args));
    }

    public void clear() {
        settings.clear();
    }

    /** As they are now. */
    public Parameters copy() {
        return new Parameters(Collections.unmodifiableMap(new LinkedHashMap<>(settings)));
    }

    /** Whether all of them can be bound again: a stream is read once only, and an array may have changed by then. */
    public boolean areLasting() {
        return settings.values().stream().allMatch(setting -> isLasting(setting.args()[1]));
    }

    private static boolean isLasting(Object value) {
        return value == null
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Double
                || value instanceof Float
                || value instanceof Boolean
                || value instanceof String
                || value instanceof BigDecimal
                || value instanceof BigInteger
                || value instanceof UUID
                || value instanceof Temporal
                || value instanceof java.util.Date;
    }

    @Override
    public void bind(PreparedStatement statement) throws SQLException {
        for (Setting setting : settings.values()) {
            try {
                setting.setter().invoke(statement, setting.args());
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof SQLException known) {
                    throw known;
                }
                throw new SQLException(
                        "parameter " + setting.args()[0] + " cannot be set: "
                                + e.getCause().getMessage(),
                        "22023",
                        e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
