package dev.tidegate.duckdb.engine.session;

import dev.tidegate.duckdb.attach.AttachOptions;
import dev.tidegate.duckdb.sql.EngineStatement.CreateSecret;
import dev.tidegate.duckdb.sql.EngineStatement.DropSecret;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What {@code CREATE SECRET … (TYPE mssql)} keeps, outside of DuckDB, which does not know the type. Thread-safe. */
public final class Secrets {
    private final Map<String, Map<String, String>> secrets = new ConcurrentHashMap<>();

    public void create(CreateSecret statement) throws SQLException {
        AttachOptions.checkNames(statement.options());
        boolean taken = has(statement.name());
        if (taken && !statement.orReplace()) {
            if (statement.ifNotExists()) {
                return;
            }
            throw new SQLException("secret " + statement.name() + " already exists", "42710");
        }
        secrets.put(folded(statement.name()), statement.options());
    }

    public void drop(DropSecret statement) {
        secrets.remove(folded(statement.name()));
    }

    public boolean has(String name) {
        return secrets.containsKey(folded(name));
    }

    /**
     * @param options of an ATTACH, which come before those of the secret that they name
     * @throws SQLException 42704 if there is no such secret
     */
    Map<String, String> completed(Map<String, String> options) throws SQLException {
        String name = options.get("secret");
        Map<String, String> all = new HashMap<>();
        if (name != null) {
            Map<String, String> secret = secrets.get(folded(name));
            if (secret == null) {
                throw new SQLException("there is no secret " + name + " of type mssql", "42704");
            }
            all.putAll(secret);
        }
        all.putAll(options);
        all.remove("secret");
        return all;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
