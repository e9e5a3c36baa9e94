package dev.tidegate.duckdb.engine.catalog;

import dev.tidegate.duckdb.Identifiers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The attached databases of a DuckDB instance, each under its name. Thread-safe. */
public final class Attachments {
    private final Backstage backstage;
    private final Map<String, AttachedViews> attached = new ConcurrentHashMap<>();
    /** Under the backstage's lock. */
    private boolean closed;

    public Attachments(Backstage backstage) {
        this.backstage = backstage;
    }

    /** On which the views of attached databases are made. */
    public Backstage backstage() {
        return backstage;
    }

    public Collection<AttachedViews> all() {
        return attached.values();
    }

    public boolean isEmpty() {
        return attached.isEmpty();
    }

    /** @return null if nothing is attached under this name */
    public AttachedViews find(String alias) {
        return attached.get(folded(alias));
    }

    public AttachedViews named(String alias) throws SQLException {
        AttachedViews found = find(alias);
        if (found == null) {
            throw new SQLException("no SQL Server database is attached as " + alias, "3D000");
        }
        return found;
    }

    /**
     * What still runs on one that is replaced is cancelled; takes as long as the close of its pool then, but nobody waits for that who uses
     * the new one.
     *
     * @param orReplace whether one of the same name goes; it stays if this fails
     */
    public void add(AttachedViews views, boolean orReplace) throws SQLException {
        String alias = views.database().alias();
        AtomicReference<AttachedViews> replaced = new AtomicReference<>();
        backstage.with(duckdb -> {
            if (closed) {
                throw new SQLException("the connection is closed", "08003");
            }
            AttachedViews old = attached.get(folded(alias));
            boolean replaces = old != null && orReplace;
            backstage.execute(
                    "ATTACH " + (replaces ? "OR REPLACE " : "") + "':memory:' AS " + Identifiers.duckdb(alias));
            attached.put(folded(alias), views);
            if (replaces) {
                old.forget();
                replaced.set(old);
            }
        });
        if (replaced.get() != null) {
            replaced.get().database().close();
        }
    }

    /** After DuckDB has detached its part; what still runs is cancelled. Takes as long as the close of a pool. */
    public void detached(String alias) throws SQLException {
        AttachedViews views = attached.remove(folded(alias));
        if (views != null) {
            backstage.with(duckdb -> views.forget());
            views.database().close();
        }
    }

    /** Detaches all, and ends the backstage. */
    public void close() throws SQLException {
        List<AttachedViews> all = new ArrayList<>();
        backstage.with(duckdb -> {
            // An ATTACH that is under way finds this, or is among those that are closed.
            closed = true;
            all.addAll(attached.values());
            attached.clear();
        });
        all.forEach(views -> views.database().close());
        try {
            for (AttachedViews views : all) {
                // Somebody may still have a connection of DuckDB's own.
                backstage.with(duckdb -> {
                    views.forget();
                    backstage.execute(
                            "DETACH " + Identifiers.duckdb(views.database().alias()));
                });
            }
        } finally {
            backstage.close();
        }
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
