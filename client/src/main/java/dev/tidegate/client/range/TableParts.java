package dev.tidegate.client.range;

import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.client.column.RowParts;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * A table that several connections read side by side, each one range of its key after the other; there are more ranges than connections,
 * so that one that is fuller than others does not leave the others idle at the end. Only the columns that are wanted are asked for.
 *
 * <p>Thread-safe, but for each reader.
 */
public final class TableParts implements RowParts {
    /** Ranges a connection, where a range costs the server no more than its rows. */
    private static final int RANGES_A_READER = 8;

    private final TableName table;
    private final List<TdsConnection> connections;
    private final List<Column> columns;
    private final int ranges;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<KeyRange> left;
    private final Deque<TdsConnection> free;
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean cancelled;

    private TableParts(TableName table, List<TdsConnection> connections, List<Column> columns, List<KeyRange> ranges) {
        this.table = table;
        this.connections = List.copyOf(connections);
        this.columns = columns;
        this.ranges = ranges.size();
        this.left = new ArrayDeque<>(ranges);
        this.free = new ArrayDeque<>(connections);
    }

    /**
     * Opens the connections and divides the table.
     *
     * @param readers how many connections, at least 1; for {@link Sight#SNAPSHOT} there is one more for a moment
     * @param patience how long a moment without writers is waited for, and how long the connections may then take to begin, while
     *     writers wait; of no account without a snapshot
     * @throws NoSnapshotException if the database allows no snapshots
     * @throws SQLFeatureNotSupportedException if the table has no key to divide it by; nothing is left open after this or any other error
     */
    public static TableParts open(Connector connector, TableName table, int readers, Sight sight, Duration patience)
            throws SQLException {
        List<TdsConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < readers; i++) {
                connections.add(connector.open());
            }
            TdsConnection first = connections.get(0);
            RangeKey key = RangeKey.find(first, table).orElse(null);
            if (key == null) {
                // A table that is not there has no key either, and this error says so.
                columns(first, table);
                throw noKey(table);
            }
            if (sight == Sight.SNAPSHOT) {
                Together.begin(connections, connector, table, patience);
            }
            List<KeyRange> ranges = key.divide(first, table, key.clustered() ? readers * RANGES_A_READER : readers);
            return new TableParts(table, connections, columns(first, table), ranges);
        } catch (SQLException | RuntimeException | Error e) {
            Closing.all(connections);
            throw e;
        }
    }

    private static SQLException noKey(TableName table) {
        return new SQLFeatureNotSupportedException(
                table.sql()
                        + " cannot be read by several connections: it has no clustered or unique index that begins with"
                        + " a number or a date, by which to divide it",
                "0A000");
    }

    private static List<Column> columns(TdsConnection connection, TableName table) throws SQLException {
        try (ResponseBatches none =
                ResponseBatches.run(connection, "SELECT TOP (0) * FROM " + table.sql(), RequestOptions.DEFAULTS)) {
            return none.columns();
        }
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public int readers() {
        return Math.min(connections.size(), ranges);
    }

    @Override
    public RowBatches reader(int[] wanted) {
        TdsConnection connection = next(free);
        return connection == null ? null : new Reader(connection, wanted);
    }

    @Override
    public boolean isComplete() {
        return done.get() == ranges;
    }

    /** Bytes that have come over all connections. */
    public long bytesReceived() {
        return connections.stream().mapToLong(TdsConnection::bytesReceived).sum();
    }

    @Override
    public void cancel() {
        cancelled = true;
        connections.forEach(TdsConnection::cancel);
    }

    @Override
    public void close() throws SQLException {
        cancel();
        Closing.all(connections);
    }

    private <T> T next(Deque<T> some) {
        lock.lock();
        try {
            return some.poll();
        } finally {
            lock.unlock();
        }
    }

    /** One connection's way through the ranges. */
    private final class Reader implements RowBatches {
        private final TdsConnection connection;
        private final String select;
        private final List<Column> chosen;
        private final ColumnSink[] none = new ColumnSink[1];
        private ResponseBatches current;

        Reader(TdsConnection connection, int[] wanted) {
            this.connection = connection;
            this.chosen = Arrays.stream(wanted).mapToObj(columns::get).toList();
            // Without any column there are still rows to be counted.
            this.select = chosen.isEmpty()
                    ? "SELECT 1 AS one"
                    : chosen.stream()
                            .map(column -> TableName.quote(column.name()))
                            .collect(Collectors.joining(", ", "SELECT ", ""));
        }

        @Override
        public List<Column> columns() {
            return chosen;
        }

        @Override
        public int read(ColumnSink[] sinks, int maxRows) throws SQLException {
            while (current != null || begin()) {
                int rows = current.read(chosen.isEmpty() ? none : sinks, maxRows);
                if (rows > 0) {
                    return rows;
                }
                current.close();
                current = null;
                done.incrementAndGet();
            }
            return 0;
        }

        private boolean begin() throws SQLException {
            if (cancelled) {
                throw new SQLException("reading " + table.sql() + " was ended", "57014");
            }
            KeyRange range = next(left);
            if (range == null) {
                return false;
            }
            String where = range.predicate();
            current = ResponseBatches.run(
                    connection,
                    select + " FROM " + table.sql() + (where.isEmpty() ? "" : " WHERE " + where),
                    RequestOptions.DEFAULTS);
            if (cancelled) {
                // It may have been too early for the cancel, which then was for nothing.
                connection.cancel();
            }
            return true;
        }

        @Override
        public void close() throws SQLException {
            if (current != null) {
                current.close();
                current = null;
            }
        }
    }
}
