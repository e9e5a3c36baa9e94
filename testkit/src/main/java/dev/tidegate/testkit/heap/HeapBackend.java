package dev.tidegate.testkit.heap;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SessionOptions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tables that keep every value in exactly the type that it was declared with, for every type of SQL Server, and understand nothing but
 * the few statements that a copy sends. So a test of a type sees the wire and DuckDB, and no third database in between.
 */
public final class HeapBackend implements Backend {
    private final AtomicInteger reads = new AtomicInteger();
    private Map<String, HeapTable> tables = new LinkedHashMap<>();

    @Override
    public BackendSession open(SessionOptions options) {
        return new HeapSession(this);
    }

    /** How often the rows of a table have been asked for. */
    public int reads() {
        return reads.get();
    }

    void countRead() {
        reads.incrementAndGet();
    }

    /** Makes a table before a test. */
    public HeapTable create(String name, String columns) {
        put(name, new HeapTable(HeapSession.columns(columns)));
        return table(name);
    }

    public synchronized HeapTable table(String name) {
        return tables.get(key(name));
    }

    public synchronized Map<String, HeapTable> tables() {
        return new LinkedHashMap<>(tables);
    }

    synchronized void put(String name, HeapTable table) {
        if (table == null) {
            tables.remove(key(name));
        } else {
            tables.put(key(name), table);
        }
    }

    synchronized Map<String, HeapTable> snapshot() {
        Map<String, HeapTable> copy = new LinkedHashMap<>();
        tables.forEach((name, table) -> copy.put(name, table.copy()));
        return copy;
    }

    synchronized void restore(Map<String, HeapTable> snapshot) {
        tables = snapshot;
    }

    @Override
    public void close() {}

    private static String key(String name) {
        String plain = name.replaceAll("[\\[\\]]", "");
        return plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
