package dev.tidegate.client;

import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.error.LineErrors;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.row.RunEncoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Loads rows into one table by INSERT BULK ([MS-TDS] 2.2.6.1), in the transaction and session of its connection, which takes no other
 * request meanwhile.
 *
 * <p>A load without {@code batchSize} is all or nothing: outside a transaction it makes one of its own. With a {@code batchSize},
 * batches that the server has confirmed stay when a later one fails. A load that fails is over; what is left to do is {@link #close}.
 *
 * <p>One thread at a time; the connection's {@code cancel} and {@code close} may come from others and end the load. A cancel that comes
 * when the server has stored a batch already leaves it stored and counted. It ends the load all the same where something is still to
 * come: the next batch, or the commit of the load's own transaction, which is rolled back then.
 */
public final class BulkLoad implements AutoCloseable {
    private enum Stage {
        /** Nothing sent yet. */
        NEW,
        /** In the middle of a message. */
        WRITING,
        /** The last batch is confirmed; the next row begins another. */
        BETWEEN,
        OVER
    }

    private final TdsConnection connection;
    private final Session session;
    private final BulkTarget target;
    private final BulkLoadOptions options;
    private final RequestOptions requestOptions;
    /** Of all requests together; null: each has {@link #requestOptions}. */
    private final Deadline whole;

    private List<Column> columns;
    private RowEncoder encoder;
    /** Null until sources are written; empty if there are columns whose values are written one by one only. */
    private Optional<RunEncoder> runs;

    private final RunLength runLength = new RunLength();

    private RunningRequest request;
    private Stage stage = Stage.NEW;
    private boolean ownTransaction;
    private boolean closing;
    private long rows;
    private long rowsInBatch;
    private long confirmed;

    private BulkLoad(
            TdsConnection connection, Session session, BulkTarget target, BulkLoadOptions options, Deadline whole) {
        this.connection = connection;
        this.session = session;
        this.target = target;
        this.options = options;
        this.requestOptions = new RequestOptions(options.timeout());
        this.whole = whole;
        choose(target.loadable());
    }

    static BulkLoad prepare(
            TdsConnection connection, Session session, String table, BulkLoadOptions options, Deadline whole)
            throws SQLException {
        TableName name = TableName.parse(table);
        String sql = "SELECT TOP 0 * FROM " + name.sql();
        try (Response response = connection.execute(sql, limit(new RequestOptions(options.timeout()), whole))) {
            List<Column> found = List.of();
            for (Item item = response.next(); item != null; item = response.next()) {
                found = item instanceof Item.Rows described ? described.columns() : found;
            }
            if (found.isEmpty()) {
                throw LineErrors.wrongOrder("the server does not describe the columns of " + name.sql());
            }
            return new BulkLoad(connection, session, target(name, found, options), options, whole);
        }
    }

    private static RequestOptions limit(RequestOptions each, Deadline whole) throws SQLException {
        return whole == null ? each : RequestOptions.until(whole);
    }

    private static BulkTarget target(TableName name, List<Column> columns, BulkLoadOptions options)
            throws SQLException {
        try {
            return new BulkTarget(name, columns, options);
        } catch (IllegalArgumentException e) {
            throw unknownColumn(e);
        }
    }

    private static SQLException unknownColumn(IllegalArgumentException cause) {
        return new SQLException(cause.getMessage(), "42S22", cause);
    }

    /**
     * The columns that {@link #write} and {@link #writeRow} take, in this order: those of {@link #map}, or else all of the table but
     * computed ones, rowversions and, without {@code keepIdentity}, the identity.
     */
    public List<Column> columns() {
        return columns;
    }

    /**
     * Says which columns of the target the source has, in the source's order; the others get their defaults. Before the first row.
     *
     * @throws SQLException if a name is unknown, stands twice, or is of a column that cannot be loaded
     */
    public void map(String... columnNames) throws SQLException {
        checkUsable();
        if (stage != Stage.NEW) {
            throw LineErrors.wrongOrder("columns are mapped before the first row is written");
        }
        try {
            choose(target.named(List.of(columnNames)));
        } catch (IllegalArgumentException e) {
            throw unknownColumn(e);
        }
    }

    /**
     * Sends rows 0 to {@code count} - 1 of the sources. Waits for the server only as far as the line does.
     *
     * @param sources one for each of {@link #columns()}
     * @throws SQLDataException naming row (from 1, over the whole load) and column of a value that does not fit; nothing of the batch is
     *     stored
     */
    public void write(ColumnSource[] sources, int count) throws SQLException {
        checkUsable();
        checkWidth(sources.length);
        if (runs == null) {
            runs = RunEncoder.of(types(), encoder);
        }
        boolean inRuns = runs.isPresent() && RunEncoder.takes(sources);
        int row = 0;
        while (row < count) {
            int end = row + (inRuns ? run(count - row) : 1);
            if (!inRuns || !writeRun(runs.get(), sources, row, end - row)) {
                for (int each = row; each < end; each++) {
                    int index = each;
                    writeOne(() -> encoder.encode(session.line().writer(), sources, index));
                }
            }
            row = end;
        }
    }

    /** As many rows at once as there are, and as the batch takes. */
    private int run(int left) {
        long room = options.batchSize() == 0
                ? Long.MAX_VALUE
                : options.batchSize() - (stage == Stage.WRITING ? rowsInBatch : 0);
        return (int) Math.min(Math.min(left, runLength.rows()), room);
    }

    /**
     * Sends one row.
     *
     * @param values one for each of {@link #columns()}, in the Java forms of {@code dev.tidegate.tds.type.ValueCodec}
     * @throws SQLDataException as {@link #write}
     */
    public void writeRow(Object... values) throws SQLException {
        checkUsable();
        checkWidth(values.length);
        writeOne(() -> encoder.encode(session.line().writer(), values));
    }

    /**
     * Ends the load and waits until the server has stored everything.
     *
     * @return rows that the server has confirmed
     * @throws SQLException if the server refuses, or confirms another number of rows than were sent; nothing is stored then, except
     *     batches that were confirmed before
     */
    public long finish() throws SQLException {
        checkUsable();
        if (stage == Stage.WRITING) {
            endBatch();
        }
        if (ownTransaction) {
            checkCancelled();
            commit();
        }
        stage = Stage.OVER;
        return confirmed;
    }

    /** A cancel that came when the batch was done has cost nothing of it, but goes for what is still to come. */
    private void checkCancelled() throws SQLException {
        if (request != null && request.cancelled() != null) {
            throw over(session.cancelled(request));
        }
    }

    private void commit() throws SQLException {
        try {
            connection.commit(limit(requestOptions, whole));
            ownTransaction = false;
        } catch (SQLException e) {
            throw over(e);
        }
    }

    /**
     * Gives the load up if it was not finished: nothing of the running batch stays, and nothing at all without {@code batchSize}. The
     * connection can be used again. A server that takes longer than twice {@code closeTimeout} to undo the load loses its connection.
     *
     * @throws SQLException if the line fails
     */
    @Override
    public void close() throws SQLException {
        if (stage == Stage.WRITING && !session.isOpen()) {
            // The server has dropped the load with the connection.
            stage = Stage.OVER;
        } else if (stage == Stage.WRITING) {
            closing = true;
            request.giveUp();
            SQLException failure = giveUp(null);
            if (failure != null) {
                throw failure;
            }
        } else {
            stage = Stage.OVER;
        }
    }

    private interface RowWriter {
        void write() throws IOException;
    }

    private void writeOne(RowWriter row) throws SQLException {
        admit();
        rows++;
        attempt(row);
        written(1);
    }

    /** @return false if nothing was written, because the rows have to be written one by one */
    private boolean writeRun(RunEncoder runs, ColumnSource[] sources, int first, int count) throws SQLException {
        if (!runLength.isWorthwhile(count)) {
            return false;
        }
        admit();
        boolean[] taken = {false};
        attempt(() -> taken[0] = runs.encode(session.line().writer(), sources, first, count));
        runLength.tried(count, taken[0]);
        if (taken[0]) {
            rows += count;
            written(count);
        }
        return taken[0];
    }

    /** Sees to it that rows can be written now. */
    private void admit() throws SQLException {
        if (stage != Stage.WRITING) {
            checkCancelled();
            beginBatch();
        }
        if (!session.isOpen()) {
            // What is written goes to a buffer first, which nobody would send any more.
            throw lost(new ClosedChannelException());
        }
        if (request.cancelled() != null) {
            throw giveUp(session.cancelled(request));
        }
    }

    private void attempt(RowWriter some) throws SQLException {
        try {
            some.write();
        } catch (ValueOutOfRangeException e) {
            throw giveUp(doesNotFit(e));
        } catch (IOException e) {
            throw lost(e);
        } catch (RuntimeException | Error e) {
            // Of the source: half a row is written, so the message cannot go on.
            giveUpAfter(e);
            throw e;
        }
    }

    private void written(int count) throws SQLException {
        rowsInBatch += count;
        if (options.batchSize() > 0 && rowsInBatch == options.batchSize()) {
            endBatch();
        }
    }

    private void beginBatch() throws SQLException {
        if (stage == Stage.NEW && options.batchSize() == 0 && !connection.inTransaction()) {
            connection.begin(IsolationLevel.CURRENT, limit(requestOptions, whole));
            ownTransaction = true;
        }
        String sql = target.insertBulk(columns, session.environment().collation());
        request = null;
        try {
            request = connection.begin("bulk load into " + target.table().sql(), limit(requestOptions, whole));
            session.send(
                    request,
                    PacketType.SQL_BATCH,
                    out -> new SqlBatch(session.headers(), sql).write(out, session.version()));
            readAnswer(true);
            session.open(PacketType.BULK_LOAD);
            stage = Stage.WRITING;
            rowsInBatch = 0;
            new TokenWriter(session.line().writer(), session.version()).write(new ColMetadata(columns));
        } catch (IOException e) {
            throw lost(e);
        } catch (SQLException e) {
            if (request != null) {
                session.withdraw(request);
            }
            throw over(e);
        } catch (RuntimeException | Error e) {
            giveUpAfter(e);
            throw e;
        }
    }

    /** The message ends with a DONE of its own; there are servers that refuse a load without it. */
    private void endBatch() throws SQLException {
        if (session.isOpen() && request.cancelled() != null) {
            throw giveUp(session.cancelled(request));
        }
        long stored;
        try {
            TokenWriter tokens = new TokenWriter(session.line().writer(), session.version());
            tokens.write(new Done(Done.Kind.DONE, Done.FINAL, 0, 0));
            session.line().writer().end();
            session.sent(request);
            stage = Stage.BETWEEN;
            stored = readAnswer(false);
        } catch (IOException e) {
            throw lost(e);
        } catch (SQLException e) {
            throw over(e);
        } catch (RuntimeException | Error e) {
            giveUpAfter(e);
            throw e;
        }
        if (stored != rowsInBatch) {
            throw over(new SQLException(
                    "the server confirms " + stored + " rows of the " + rowsInBatch + " that were sent ("
                            + session.context(request.operation()) + ")",
                    "HY000"));
        }
        confirmed += stored;
    }

    /** @param goesOn whether another message of the same request follows */
    private long readAnswer(boolean goesOn) throws SQLException {
        AnswerReader answer = new AnswerReader(session, request, goesOn);
        long count = 0;
        SQLException errors = null;
        for (Token token = answer.next(); token != null; token = answer.next()) {
            if (token instanceof Done done) {
                count += done.hasCount() ? done.rowCount() : 0;
                SQLException more = answer.takeErrors(done);
                if (errors == null) {
                    errors = more;
                } else if (more != null) {
                    errors.setNextException(more);
                }
            }
        }
        if (errors != null) {
            throw errors;
        }
        return count;
    }

    /** What no connection expects was thrown, which comes through; a message that is half written is taken back, anything else cut. */
    private void giveUpAfter(Throwable primary) {
        try {
            if (stage != Stage.WRITING) {
                session.breakLine(primary);
            }
            SQLException failure = stage == Stage.WRITING ? giveUp(null) : over(null);
            if (failure != null) {
                primary.addSuppressed(failure);
            }
        } catch (RuntimeException | Error e) {
            stage = Stage.OVER;
            session.ruin(e, primary);
        }
    }

    /** Takes the running message back: the server drops what it has of it. Returns {@code because}, or what went wrong here if null. */
    private SQLException giveUp(SQLException because) {
        SQLException failure = null;
        try {
            session.abort(request);
            AnswerReader answer = new AnswerReader(session, request, false);
            answer.drain();
        } catch (IOException e) {
            failure = session.fail(e, request);
        } catch (SQLException e) {
            failure = e;
        }
        if (because == null) {
            return over(failure);
        }
        if (failure != null) {
            because.addSuppressed(failure);
        }
        return over(because);
    }

    private SQLException lost(IOException cause) {
        return over(session.failWriting(cause, request));
    }

    /** The load has failed: what it began itself is rolled back. The first error stays the first. */
    private SQLException over(SQLException because) {
        stage = Stage.OVER;
        boolean rollback = ownTransaction;
        ownTransaction = false;
        boolean lost = session.hasLostTransaction();
        if (rollback && (lost || session.isOpen()) && connection.inTransaction()) {
            try {
                rollBack();
                if (lost) {
                    session.breakUnlessRecoverable();
                }
            } catch (SQLException e) {
                if (because == null) {
                    return e;
                }
                because.addSuppressed(e);
            }
        }
        return because;
    }

    private void rollBack() throws SQLException {
        if (closing) {
            connection.rollbackBeforeClose();
        } else {
            connection.rollback(requestOptions);
        }
    }

    private SQLException doesNotFit(ValueOutOfRangeException cause) {
        int index = cause.column();
        String column = index < 0 || index >= columns.size()
                ? "unknown"
                : columns.get(index).name();
        ErrorContext context = session.context(request.operation());
        return new SQLDataException(
                "row " + rows + ", column " + TableName.quote(column) + ": " + cause.why() + " (" + context + ")",
                "22000",
                cause);
    }

    private void choose(List<Column> chosen) {
        columns = List.copyOf(chosen);
        encoder = RowEncoder.of(types());
        runs = null;
    }

    private List<TypeInfo> types() {
        return columns.stream().map(Column::type).toList();
    }

    private void checkWidth(int width) throws SQLException {
        if (width != columns.size()) {
            throw LineErrors.wrongOrder(
                    "a row of " + width + " values for the " + columns.size() + " columns of the load");
        }
    }

    private void checkUsable() throws SQLException {
        if (stage == Stage.OVER) {
            throw LineErrors.wrongOrder("the load into " + target.table().sql() + " is over");
        }
    }
}
