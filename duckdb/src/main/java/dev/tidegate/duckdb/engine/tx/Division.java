package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.range.KeyRange;
import dev.tidegate.client.range.RangeKey;
import dev.tidegate.client.range.Together;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.push.remote.Tsql;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Reads a table by several connections of the pool, each one range of its key after the other. The first is waited for as for any scan; the
 * others are those that nobody has to be waited for, and at most half of them, so that whoever comes next finds some too. One request on one
 * connection does it wherever the table cannot be divided, no connection is left, or no common snapshot can be had at once.
 */
final class Division {
    /** Ranges a connection, where a range costs the server no more than its rows: one that is fuller leaves the others not idle. */
    private static final int RANGES_A_CONNECTION = 8;

    /** For a connection that has to be opened. Without it there is one less. */
    private static final Duration TO_OPEN = Duration.ofSeconds(10);

    /** Nobody is kept waiting by a lock that is itself waited for. */
    private static final Duration NO_PATIENCE = Duration.ZERO;

    /** For as long as writers of the table have to wait at most. */
    private static final Duration TO_BEGIN = Duration.ofSeconds(10);

    private final AttachedDatabase database;
    private final Run run;
    private final TableName table;
    private final Parallelism wish;
    private final Function<Optional<Tsql>, Tsql> request;
    private final List<TdsConnection> open = new ArrayList<>();
    /** A query for each. */
    private final Queue<Tsql> ranges = new ConcurrentLinkedQueue<>();

    private Division(
            AttachedDatabase database,
            Run run,
            RemoteName table,
            Parallelism wish,
            Function<Optional<Tsql>, Tsql> request) {
        this.database = database;
        this.run = run;
        this.table = TableName.parse(table.sql());
        this.wish = wish;
        this.request = request;
    }

    /**
     * @param request of those rows for which a condition holds, or of all
     * @return at least one part; the caller closes all
     */
    static List<ScanPart> of(
            AttachedDatabase database,
            Run run,
            RemoteName table,
            Parallelism wish,
            Function<Optional<Tsql>, Tsql> request)
            throws SQLException {
        Division division = new Division(database, run, table, wish, request);
        boolean done = false;
        try {
            List<ScanPart> parts = division.parts();
            done = true;
            return parts;
        } finally {
            if (!done) {
                division.closeAll();
            }
        }
    }

    private List<ScanPart> parts() throws SQLException {
        try {
            if (isDivided()) {
                return asked();
            }
        } catch (SQLException e) {
            if (!mayBeReadWhole(e)) {
                throw e;
            }
            System.getLogger(Division.class.getName())
                    .log(Level.DEBUG, "{0} is read by one connection: {1}", table.sql(), e.getMessage());
            closeAll();
        }
        if (open.isEmpty()) {
            open.add(database.acquire(run));
        }
        Tsql all = request.apply(Optional.empty());
        return List.of(new WholePart(PooledRows.of(open.get(0), run, all.sql(), all.parameters())));
    }

    /** Whether a failure is one of the preparations only: a writer is there, or the server does not tell of indexes. */
    private boolean mayBeReadWhole(SQLException e) throws SQLException {
        run.checkCancelled();
        run.remaining();
        return !Disconnects.isDisconnect(e)
                && (e instanceof SQLTimeoutException || DatabaseError.of(e).isPresent());
    }

    /** Opens the connections; if false, there is only the first, and nothing was begun on it. */
    private boolean isDivided() throws SQLException {
        TdsConnection first = database.acquire(run);
        open.add(first);
        Optional<RangeKey> key =
                RangeKey.find(first, table, run::execute).filter(found -> found.clustered() || wish.isAsked());
        boolean isTogether = key.isPresent() && Together.isAllowed(first, table, run::execute);
        if (key.isEmpty() || !isTogether && !wish.isAsked()) {
            return false;
        }
        // One more for the moment at which all begin.
        int others = isTogether ? wish.connections() : wish.connections() - 1;
        int spare = Math.min(others, database.spare() / 2);
        if (spare < (isTogether ? 2 : 1)) {
            return false;
        }
        takeSpare(spare);
        if (open.size() < (isTogether ? 3 : 2)) {
            while (open.size() > 1) {
                close(open.remove(open.size() - 1));
            }
            return false;
        }
        if (isTogether) {
            beginTogether();
        }
        int count = key.get().clustered() ? open.size() * RANGES_A_CONNECTION : open.size();
        for (KeyRange range : key.get().divide(first, table, count, run::execute)) {
            String predicate = range.predicate();
            ranges.add(request.apply(predicate.isEmpty() ? Optional.empty() : Optional.of(Tsql.text(predicate))));
        }
        return true;
    }

    private List<ScanPart> asked() throws SQLException {
        List<ScanPart> parts = new ArrayList<>();
        for (TdsConnection connection : open) {
            RangePart part = new RangePart(connection, run, ranges);
            part.ask();
            parts.add(part);
        }
        return parts;
    }

    /** One that cannot be had is done without, whatever the reason is: the first connection can read all. */
    private void takeSpare(int most) {
        try {
            for (int i = 0; i < most; i++) {
                Optional<TdsConnection> spare = database.acquireSpare(TO_OPEN, run);
                if (spare.isEmpty()) {
                    return;
                }
                open.add(spare.get());
            }
        } catch (SQLException e) {
            System.getLogger(Division.class.getName())
                    .log(Level.DEBUG, "no more connections to read {0}: {1}", table.sql(), e.getMessage());
        }
    }

    /** The last of the connections holds the moment for the others, and goes back. */
    private void beginTogether() throws SQLException {
        TdsConnection gate = open.get(open.size() - 1);
        List<TdsConnection> readers = List.copyOf(open.subList(0, open.size() - 1));
        for (TdsConnection connection : open) {
            run.enter(connection);
        }
        Together.begin(readers, gate, table, NO_PATIENCE, TO_BEGIN, new RequestOptions(run.atMost(TO_BEGIN)));
        open.remove(gate);
        close(gate);
    }

    private void closeAll() {
        open.forEach(this::close);
        open.clear();
    }

    private void close(TdsConnection connection) {
        run.left(connection);
        connection.close();
    }
}
