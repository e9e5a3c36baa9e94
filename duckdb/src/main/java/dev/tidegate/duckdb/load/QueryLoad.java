package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.client.column.UnstorableValueException;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.load.SideBySide.Lane;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDataChunkReader;

/**
 * Sends the rows of a DuckDB query into a bulk load. Columns are paired by name, ignoring case, and every value is checked against its
 * target column before it is sent.
 */
public final class QueryLoad {
    private final Connection duckdb;
    private final String sql;
    private final Mapping mapping;
    private final Binding parameters;
    private final boolean isOwn;
    private final boolean inTransaction;
    private int seconds;
    private volatile ChunkStream running;
    private volatile Statement statement;
    private volatile SideBySide several;
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
        this(duckdb, sql, mapping, Binding.NONE, true, false);
    }

    private QueryLoad(
            Connection duckdb, String sql, Mapping mapping, Binding parameters, boolean isOwn, boolean inTransaction) {
        this.inTransaction = inTransaction;
        this.duckdb = duckdb;
        this.sql = sql;
        this.mapping = mapping;
        this.parameters = parameters;
        this.isOwn = isOwn;
    }

    /**
     * A load over a connection that is an application's: a cancel does not close it, and so waits for the query's next chunk where {@link
     * #run(RowTarget, LongConsumer)} reads it.
     *
     * @param parameters of the query; only for {@link #run(RowTarget, LongConsumer)}
     * @param inTransaction whether the query is part of one, also where the JDBC driver does not know of it
     */
    public static QueryLoad over(Connection duckdb, String sql, Binding parameters, boolean inTransaction) {
        return new QueryLoad(duckdb, sql, new LoadMapping(Set.of()), parameters, false, inTransaction);
    }

    /** @param limit for DuckDB's query, of which whole seconds count; zero: none */
    public QueryLoad within(Duration limit) {
        seconds = limit.isZero()
                ? 0
                : (int) Math.min(Integer.MAX_VALUE, limit.plusMillis(999).toSeconds());
        return this;
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
        return DuckColumn.of(duckdb, sql, parameters).stream()
                .map(DuckColumn::name)
                .toList();
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
        String query = query(feeds);
        ChunkSource[] sources = sources(feeds);
        long sent = 0;
        try (ChunkStream chunks = new ChunkStream(duckdb, query, parameters, isOwn, inTransaction)) {
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
     * Runs the query and sends each of its rows into one of several targets, as many at a time as DuckDB has threads to run the query
     * with; the caller finishes the bulk loads. Where the order of rows matters to DuckDB, it may use one thread only:
     * {@code SET preserve_insertion_order = false}.
     *
     * @param functions of the database
     * @param targets with the same columns each, as in {@link #run(RowTarget, LongConsumer)}
     * @param progress told the number of rows sent so far, on any thread
     * @return rows sent
     * @throws UnstorableValueException for a value that the targets cannot hold
     */
    public long run(LoadFunctions functions, List<? extends RowTarget> targets, LongConsumer progress)
            throws SQLException {
        List<Lane> lanes = new ArrayList<>();
        String query = null;
        for (RowTarget target : targets) {
            List<Feed> feeds = feeds(target.columns());
            query = query(feeds);
            lanes.add(new Lane(target, sources(feeds)));
        }
        List<DuckColumn> columns = DuckColumn.of(duckdb, query);
        String function = functions.forTypes(
                duckdb, columns.stream().map(DuckColumn::type).toList());
        SideBySide load = new SideBySide(lanes, progress);
        long id = functions.begin(load);
        try (Statement counting = duckdb.createStatement()) {
            counting.setQueryTimeout(seconds);
            several = load;
            statement = counting;
            if (cancelled) {
                load.cancel();
            }
            String arguments = columns.stream()
                    .map(column -> ", " + Identifiers.duckdb(column.name()))
                    .collect(Collectors.joining());
            long taken = total(
                    counting, "SELECT coalesce(sum(" + function + "(" + id + arguments + ")), 0) FROM (" + query + ")");
            if (taken != load.sent()) {
                throw new SQLException(
                        "DuckDB gave " + taken + " rows to the load, which has sent " + load.sent(), "58000");
            }
            return taken;
        } catch (SQLException e) {
            throw reason(load.failure(), e);
        } finally {
            statement = null;
            functions.end(id);
        }
    }

    private SQLException reason(Throwable first, SQLException reported) {
        if (first == null) {
            return cancelled ? new SQLException("the load was cancelled", "57014", reported) : reported;
        }
        return first instanceof SQLException known ? known : new SQLException(first.getMessage(), "XX000", first);
    }

    private static long total(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String query(List<Feed> feeds) {
        return IntStream.range(0, feeds.size())
                .mapToObj(i -> feeds.get(i).projection() + " AS c" + i)
                .collect(Collectors.joining(", ", "SELECT ", " FROM (" + sql + "\n)"));
    }

    private static ChunkSource[] sources(List<Feed> feeds) {
        return feeds.stream().map(Feed::source).toArray(ChunkSource[]::new);
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
        SideBySide load = several;
        if (load != null) {
            load.cancel();
        }
        Statement counting = statement;
        if (counting != null) {
            try {
                counting.cancel();
            } catch (IllegalStateException e) {
                // It ended by itself meanwhile.
                System.getLogger(QueryLoad.class.getName()).log(System.Logger.Level.DEBUG, "nothing to cancel", e);
            }
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
        Map<String, DuckColumn> byName = DuckColumn.of(duckdb, sql, parameters).stream()
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
