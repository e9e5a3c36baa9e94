package dev.tidegate.server.h2;

import dev.tidegate.server.catalog.CatalogFunctions;
import dev.tidegate.server.catalog.CatalogInstaller;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.h2.routine.RoutineInstaller;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server brings along in one database: functions and the views of the catalog. Each is made when a statement first needs it,
 * because all together take far longer than the start of a server may. Thread-safe.
 */
final class OwnObjects {
    private static final String SCHEMA = "TIDEGATE.";
    private static final Pattern FUNCTION = Pattern.compile("TIDEGATE\\.\"?(\\w+)");
    private static final Map<String, String> FUNCTIONS = functions();

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    /** @param connection of an administrator, in auto-commit mode, used for nothing else from now on */
    OwnObjects(Connection connection) {
        this.connection = connection;
    }

    private static Map<String, String> functions() {
        Map<String, String> functions = new HashMap<>(RoutineInstaller.definitions());
        functions.putAll(CatalogFunctions.definitions());
        functions.put("ROW_VERSIONS", RoutineInstaller.SEQUENCE);
        return Map.copyOf(functions);
    }

    /** Makes the functions that a statement calls. */
    void makeFor(String sql) throws SQLException {
        if (!sql.contains(SCHEMA)) {
            return;
        }
        Matcher calls = FUNCTION.matcher(sql);
        while (calls.find()) {
            String name = calls.group(1).toUpperCase(Locale.ROOT);
            String definition = FUNCTIONS.get(name);
            if (definition != null) {
                make(name, definition);
            }
        }
    }

    void make(SystemView view) throws SQLException {
        make(view.schema() + "." + view.name(), CatalogInstaller.definition(view));
    }

    private void make(String name, String definition) throws SQLException {
        if (made.contains(name)) {
            return;
        }
        lock.lock();
        try (Statement statement = connection.createStatement()) {
            if (!made.contains(name)) {
                statement.execute(definition);
                made.add(name);
            }
        } finally {
            lock.unlock();
        }
    }
}
