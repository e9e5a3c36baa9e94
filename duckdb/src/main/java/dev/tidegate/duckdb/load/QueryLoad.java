package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.client.column.UnstorableValueException;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDataChunkReader;

/**
 * Sends the rows of a DuckDB query into a bulk load. Columns are paired by name, ignoring case, and every value is checked against its
 * target column before it is sent.
 */
public final class QueryLoad {
    private final Connection duckdb;
    private final String sql;
    private final Mapping mapping;
    private volatile ChunkStream running;
    private volatile boolean cancelled;

    /**
     * @param duckdb used by this load alone while it runs; when it is in auto-commit mode the query gets a transaction of its own
     * @param sql a SELECT, or FROM …
     * @param allowed what may be lost on the way into the target's types
     */
    public QueryLoad(Connection duckdb, String sql, Set<Loss> allowed) {
        this(duckdb, sql, new LoadMapping(Set.copyOf(allowed)));
    }

    private QueryLoad(Connection duckdb, String sql, Mapping mapping) {
        this.duckdb = duckdb;
        this.sql = sql;
        this.mapping = mapping;
    }

    /**
     * A load of values that stand as texts in a file without types: each becomes a value of its column's type there, exactly or with an
     * error. Binary values are written 0x and in hexadecimal digits.
     *
     * @param sql gives VARCHAR columns only
     */
    public static QueryLoad ofTexts(Connection duckdb, String sql, Set<Loss> allowed) {
        return new QueryLoad(duckdb, sql, new TextMapping(Set.copyOf(allowed)));
    }

    /** Names of the query's columns, in order: those that the target has to take. */
    public List<String> columnNames() throws SQLException {
        return DuckColumn.of(duckdb, sql).stream().map(DuckColumn::name).toList();
    }

    /**
     * Runs the query and sends all its rows; the caller finishes the bulk load.
     *
     * @param target its columns are those named by {@link #columnNames}, in any order
     * @param progress told the number of rows sent so far after each chunk, on this thread
     * @return rows sent
     * @throws UnstorableValueException for a value that the target cannot hold; nothing of its chunk counts as sent
     */
    public long run(RowTarget target, LongConsumer progress) throws SQLException {
        List<Feed> feeds = feeds(target.columns());
        String query = feeds.stream()
                .map(Feed::projection)
                .collect(Collectors.joining(", ", "SELECT ", " FROM (" + sql + "\n)"));
        ChunkSource[] sources = feeds.stream().map(Feed::source).toArray(ChunkSource[]::new);
        long sent = 0;
        try (ChunkStream chunks = new ChunkStream(duckdb, query)) {
            running = chunks;
            if (cancelled) {
                chunks.cancel();
            }
            while (chunks.next()) {
                sent += send(target, sources, chunks.chunk(), sent);
                progress.accept(sent);
            }
        }
        return sent;
    }

    /**
     * Makes {@link #run} end with an SQLException (57014); what it sent until then is the bulk load's to undo. May close the DuckDB
     * connection, where its query cannot be stopped otherwise. Any thread, before or while the load runs.
     */
    public void cancel() throws SQLException {
        cancelled = true;
        ChunkStream chunks = running;
        if (chunks != null) {
            chunks.cancel();
        }
    }

    private static int send(RowTarget target, ChunkSource[] sources, DuckDBDataChunkReader chunk, long sentBefore)
            throws SQLException {
        for (int i = 0; i < sources.length; i++) {
            sources[i].begin(chunk.vector(i));
        }
        int rows = Math.toIntExact(chunk.rowCount());
        try {
            target.write((ColumnSource[]) sources, rows);
        } catch (Misfit e) {
            throw e.after(sentBefore);
        }
        return rows;
    }

    private List<Feed> feeds(List<Column> targets) throws SQLException {
        Map<String, DuckColumn> byName = DuckColumn.of(duckdb, sql).stream()
                .collect(Collectors.toMap(
                        column -> folded(column.name()), Function.identity(), (first, second) -> first));
        List<Feed> feeds = new ArrayList<>();
        for (Column target : targets) {
            DuckColumn from = byName.remove(folded(target.name()));
            if (from == null) {
                throw new SQLSyntaxErrorException(
                        "the query has no column \"" + target.name() + "\" for the target's column of that name",
                        "42703");
            }
            feeds.add(mapping.feed(from, target));
        }
        if (!byName.isEmpty()) {
            throw new SQLSyntaxErrorException(
                    "the target has no column for "
                            + byName.values().stream()
                                    .map(column -> Identifiers.duckdb(column.name()))
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    "42703");
        }
        return feeds;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
