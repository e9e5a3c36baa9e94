package dev.tidegate.duckdb.engine.catalog;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.scan.ScanFunction;
import dev.tidegate.duckdb.engine.scan.ScanSource;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.duckdb.scan.ScanSchema;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The in-memory DuckDB database that stands for an attached one: a view for each table that a statement has mentioned so far. DuckDB
 * resolves names in it by its own rules. Thread-safe.
 */
public final class AttachedViews {
    /** DuckDB's own default schema: a name without a schema is looked for here. */
    private static final String MAIN = "main";

    /** @param isShort whether there is one in DuckDB's default schema, too */
    private record View(ScanSource.Table source, ScanFunction function, boolean isShort) {
        List<Column> columns() {
            return source.columns();
        }
    }

    private final AttachedDatabase database;
    private final Backstage backstage;
    /** DuckDB's name of it. */
    private final String alias;
    /** Changed by who holds the backstage's lock. */
    private final Map<RemoteName, View> views = new ConcurrentHashMap<>();

    private final Set<String> schemas = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Mentions> always = new AtomicReference<>(Mentions.NONE);

    /** How often any were made or dropped. */
    private final AtomicLong version = new AtomicLong();

    public AttachedViews(AttachedDatabase database, Backstage backstage) {
        this(database, backstage, database.alias());
    }

    private AttachedViews(AttachedDatabase database, Backstage backstage, String alias) {
        this.database = database;
        this.backstage = backstage;
        this.alias = alias;
    }

    /** Of the same database under another name of DuckDB's, without any as yet. */
    AttachedViews as(String otherAlias) {
        AttachedViews other = new AttachedViews(database, backstage, otherAlias);
        other.alwaysMentioned(always.get());
        return other;
    }

    public String alias() {
        return alias;
    }

    long version() {
        return version.get();
    }

    /** @param name in lower case, of a schema or of a table of the default schema */
    boolean has(String name) {
        return schemas.stream().anyMatch(name::equalsIgnoreCase)
                || views.entrySet().stream()
                        .anyMatch(view -> view.getValue().isShort()
                                && view.getKey().table().equalsIgnoreCase(name));
    }

    public AttachedDatabase database() {
        return database;
    }

    /** A schema in which there is no table yet. */
    public void makeSchema(String name) throws SQLException {
        backstage.with(duckdb -> {
            version.incrementAndGet();
            backstage.execute("CREATE SCHEMA IF NOT EXISTS " + schema(name));
            schemas.add(name);
        });
    }

    /** From now on every statement is taken to mention these. */
    public void alwaysMentioned(Mentions mentions) {
        always.updateAndGet(before -> before.and(mentions));
    }

    /**
     * Makes the views that are missing, and those whose table has changed, of all tables that a statement may mean.
     *
     * @param byDefault whether a name by itself may mean one
     * @return the server's errors, of tables that it does not describe
     */
    public Map<RemoteName, SQLException> make(Mentions mentions, boolean byDefault, RemoteWork remote, Run run)
            throws SQLException {
        Mentions all = always.get().and(mentions);
        return make(
                name -> all.contains(name.table()),
                name -> byDefault || all.containsShort(database.alias(), name.table()),
                remote,
                run);
    }

    /** As {@link #make}, of all tables that there are. */
    public Map<RemoteName, SQLException> makeAll(RemoteWork remote, Run run) throws SQLException {
        return make(name -> true, name -> false, remote, run);
    }

    /** As {@link #make}, of those that every statement may mean. */
    public Map<RemoteName, SQLException> makeAlwaysMentioned(RemoteWork remote, Run run) throws SQLException {
        return always.get().equals(Mentions.NONE) ? Map.of() : make(Mentions.NONE, false, remote, run);
    }

    /** @param isShort whether a table of the default schema may be meant by a name without it */
    private Map<RemoteName, SQLException> make(
            Predicate<RemoteName> isMeant, Predicate<RemoteName> isShort, RemoteWork remote, Run run)
            throws SQLException {
        List<RemoteName> tables = remote.tables(database, run);
        Map<RemoteName, SQLException> failures = new LinkedHashMap<>();
        Map<RemoteName, List<Column>> columns =
                remote.columns(database, tables.stream().filter(isMeant).toList(), run, failures);
        Map<RemoteName, List<Column>> changed = new LinkedHashMap<>();
        columns.forEach((name, found) -> {
            View view = views.get(name);
            boolean lacksShort = isInDefault(name) && isShort.test(name);
            if (view == null || !view.columns().equals(found) || lacksShort && !view.isShort()) {
                changed.put(name, found);
            }
        });
        List<RemoteName> gone = gone(tables, isMeant);
        Set<String> missing = tables.stream().map(RemoteName::schema).collect(Collectors.toSet());
        if (database.defaultSchema() != null) {
            missing.add(database.defaultSchema());
        }
        missing.addAll(remote.schemas(database));
        Set<String> dropped = remote.goneSchemas(database).stream()
                .filter(schema -> missing.stream().noneMatch(schema::equalsIgnoreCase) && holds(schema))
                .collect(Collectors.toSet());
        missing.removeAll(schemas);
        if (!changed.isEmpty() || !gone.isEmpty() || !missing.isEmpty() || !dropped.isEmpty()) {
            backstage.with(duckdb -> {
                version.incrementAndGet();
                for (String schema : missing) {
                    backstage.execute("CREATE SCHEMA IF NOT EXISTS " + schema(schema));
                    schemas.add(schema);
                }
                for (RemoteName name : gone) {
                    drop(name);
                }
                for (String schema : dropped) {
                    dropSchema(schema);
                }
                for (Map.Entry<RemoteName, List<Column>> entry : changed.entrySet()) {
                    RemoteName name = entry.getKey();
                    make(name, entry.getValue(), isInDefault(name) && isShort.test(name), failures);
                }
            });
        }
        return failures;
    }

    private List<RemoteName> gone(List<RemoteName> tables, Predicate<RemoteName> meant) {
        List<RemoteName> gone = new ArrayList<>(views.keySet());
        gone.removeIf(name -> !meant.test(name));
        gone.removeAll(Set.copyOf(tables));
        return gone;
    }

    private void make(RemoteName name, List<Column> columns, boolean isShort, Map<RemoteName, SQLException> failures)
            throws SQLException {
        ScanSchema schema;
        try {
            schema = ScanSchema.of(columns, Set.of());
        } catch (SQLException e) {
            failures.put(name, e);
            return;
        }
        View old = views.get(name);
        boolean staysShort = isShort || old != null && old.isShort();
        ScanSource.Table source = new ScanSource.Table(database, name, columns, schema);
        ScanFunction function = backstage.functions().take(source);
        boolean made = false;
        try {
            String select = schema.select(function.call(), function.names()::of);
            backstage.execute("CREATE OR REPLACE VIEW " + view(name.schema(), name) + " AS " + select);
            if (staysShort) {
                backstage.execute("CREATE OR REPLACE VIEW " + view(MAIN, name) + " AS " + select);
            }
            views.put(name, new View(source, function, staysShort));
            made = true;
            if (old != null) {
                backstage.functions().giveBack(old.function());
            }
        } finally {
            if (!made) {
                backstage.functions().giveBack(function);
            }
        }
    }

    /** A table that a statement may scan. */
    public record Scanned(ScanFunction function, ScanSource.Table source) {}

    /** The tables that a statement may scan, of those that have a view. */
    public List<Scanned> scanned(Mentions mentions) {
        Mentions all = always.get().and(mentions);
        return views.entrySet().stream()
                .filter(entry -> all.contains(entry.getKey().table()))
                .map(entry -> new Scanned(
                        entry.getValue().function(), entry.getValue().source()))
                .toList();
    }

    /** The scan of a table that has a view. */
    public Optional<Scanned> scanned(RemoteName name) {
        return Optional.ofNullable(views.get(name)).map(view -> new Scanned(view.function(), view.source()));
    }

    /** Whether there are tables that are not mentioned where they are used. */
    public boolean hasHiddenUses() {
        return !always.get().equals(Mentions.NONE);
    }

    /** A table of the default schema is found without its schema, too, unless that would hide one of a schema named main. */
    private boolean isInDefault(RemoteName name) {
        return name.schema().equalsIgnoreCase(database.defaultSchema())
                && !name.schema().equalsIgnoreCase(MAIN)
                && views.keySet().stream()
                        .noneMatch(other -> other.schema().equalsIgnoreCase(MAIN)
                                && other.table().equalsIgnoreCase(name.table()));
    }

    private boolean holds(String schema) {
        return schemas.stream().anyMatch(schema::equalsIgnoreCase);
    }

    /** The server has dropped it, so no table is left in it. */
    private void dropSchema(String schema) throws SQLException {
        for (RemoteName name : List.copyOf(views.keySet())) {
            if (name.schema().equalsIgnoreCase(schema)) {
                drop(name);
            }
        }
        backstage.execute("DROP SCHEMA IF EXISTS " + schema(schema));
        schemas.removeIf(schema::equalsIgnoreCase);
    }

    private void drop(RemoteName name) throws SQLException {
        View view = views.remove(name);
        if (view != null) {
            backstage.execute("DROP VIEW IF EXISTS " + view(name.schema(), name));
            if (view.isShort()) {
                backstage.execute("DROP VIEW IF EXISTS " + view(MAIN, name));
            }
            backstage.functions().giveBack(view.function());
        }
    }

    /** To be called once the database is detached. */
    void forget() {
        Map<RemoteName, View> left = new HashMap<>(views);
        views.clear();
        left.values().forEach(view -> backstage.functions().giveBack(view.function()));
    }

    private String schema(String schema) {
        return Identifiers.duckdb(alias) + "." + Identifiers.duckdb(schema);
    }

    private String view(String schema, RemoteName name) {
        return schema(schema) + "." + Identifiers.duckdb(name.table());
    }
}
