package dev.tidegate.jdbc;

import dev.tidegate.tds.token.Column;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Rows that are in memory: metadata, generated keys. */
final class MemoryRows implements RowSource {
    private final List<Column> columns;
    private final Iterator<Object[]> rows;
    private final ReentrantLock lock = new ReentrantLock();
    private Row current;

    MemoryRows(List<Column> columns, List<Object[]> rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows.iterator();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public ReentrantLock lock() {
        return lock;
    }

    @Override
    public boolean next() {
        current = rows.hasNext() ? new Row.Values(rows.next()) : null;
        return current != null;
    }

    @Override
    public InPlaceRow inPlace() {
        return null;
    }

    @Override
    public Row current() {
        return current;
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }

    @Override
    public boolean interrupt() {
        return false;
    }
}
