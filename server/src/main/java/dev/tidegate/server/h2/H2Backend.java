package dev.tidegate.server.h2;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.CatalogFunctions;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.function.BuiltInFunctions;
import dev.tidegate.server.tsql.function.ScalarFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** SQL Server databases as H2 databases in MSSQLServer mode, each in memory or in a file of its own. Thread-safe. */
public final class H2Backend implements Backend {
    private static final List<String> SYSTEM_DATABASES = List.of("master", "tempdb");

    /** Filled before anybody else sees this object. */
    private final Map<String, H2Database> databases = new LinkedHashMap<>();

    private final Set<H2Session> sessions = ConcurrentHashMap.newKeySet();
    private final SystemProcedures procedures = new SystemProcedures();
    private final Map<String, ScalarFunction> functions = new HashMap<>();
    private final String defaultDatabase;

    private H2Backend(List<String> names) {
        functions.putAll(BuiltInFunctions.all());
        functions.putAll(CatalogFunctions.all());
        this.defaultDatabase = names.isEmpty() ? SYSTEM_DATABASES.get(0) : names.get(0);
    }

    /**
     * Databases that vanish with {@link #close}.
     *
     * @param names in any case, each at most once; the first is the default one. {@code master} and {@code tempdb} always exist
     * @throws IllegalArgumentException if a name is empty or twice there
     */
    public static H2Backend inMemory(List<String> names) {
        H2Backend backend = new H2Backend(names);
        backend.openAll(names, name -> inMemory());
        return backend;
    }

    /**
     * Databases that live in a directory, one file each; made when missing. {@code tempdb} is always in memory.
     *
     * @throws IllegalArgumentException if a name is empty, twice there, or cannot be a file name
     * @throws IllegalStateException if the directory cannot be used, or another process has a database open
     */
    public static H2Backend directory(Path directory, List<String> names) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IllegalStateException("cannot create the data directory " + directory + ": " + e.getMessage(), e);
        }
        H2Backend backend = new H2Backend(names);
        backend.openAll(names, name -> location(directory, name));
        return backend;
    }

    private static String inMemory() {
        return "mem:" + UUID.randomUUID();
    }

    private static String location(Path directory, String name) {
        if (name.equalsIgnoreCase("tempdb")) {
            return inMemory();
        }
        if (!name.matches("[\\w][\\w .$#@-]*")) {
            throw new IllegalArgumentException(
                    "the database name '" + name + "' cannot be a file name: use letters, digits, '_', '-'");
        }
        Path file = directory.toAbsolutePath().resolve(name);
        if (file.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException(
                    "the data directory " + directory + " cannot be used: H2 takes ';' in a path for the end of it");
        }
        return "file:" + file;
    }

    private interface Location {
        String of(String name);
    }

    private void openAll(List<String> names, Location location) {
        List<String> all = new ArrayList<>(names);
        for (String system : SYSTEM_DATABASES) {
            if (names.stream().noneMatch(system::equalsIgnoreCase)) {
                all.add(system);
            }
        }
        try {
            for (String name : all) {
                if (name.isBlank() || databases.containsKey(key(name))) {
                    throw new IllegalArgumentException("database name '" + name + "' is empty or given twice");
                }
                databases.put(key(name), H2Database.open(name, location.of(name)));
            }
        } catch (SQLException e) {
            close();
            throw new IllegalStateException("cannot open the databases: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public BackendSession open(SessionOptions options) throws SqlServerException {
        String wanted = options.database().isEmpty() ? defaultDatabase : options.database();
        H2Session session = new H2Session(this, database(wanted), options);
        sessions.add(session);
        return session;
    }

    /** @throws SqlServerException 4060 if there is none of that name */
    H2Database database(String name) throws SqlServerException {
        H2Database database = databases.get(key(name));
        if (database == null) {
            throw KnownError.CANNOT_OPEN_DATABASE.exception(name);
        }
        return database;
    }

    List<String> databaseNames() {
        return databases.values().stream().map(H2Database::name).toList();
    }

    SystemProcedures procedures() {
        return procedures;
    }

    /** @param name in upper case */
    Optional<ScalarFunction> function(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    @Override
    public int preparedStatements() {
        return sessions.stream().mapToInt(H2Session::preparedStatements).sum();
    }

    /** @param id what {@code @@SPID} shows in it */
    Optional<H2Session> session(int id) {
        return sessions.stream().filter(session -> session.id() == id).findFirst();
    }

    void forget(H2Session session) {
        sessions.remove(session);
    }

    @Override
    public void close() {
        sessions.forEach(H2Session::cancel);
        sessions.forEach(H2Session::close);
        for (H2Database database : databases.values()) {
            try {
                database.close();
            } catch (SQLException e) {
                System.getLogger(H2Backend.class.getName())
                        .log(System.Logger.Level.DEBUG, "database " + database.name() + " did not close cleanly", e);
            }
        }
    }
}
