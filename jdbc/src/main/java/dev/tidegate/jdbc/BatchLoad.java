package dev.tidegate.jdbc;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.event.Batching;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.jdbc.convert.Binding;
import dev.tidegate.jdbc.convert.ExactValue;
import dev.tidegate.jdbc.sql.PlainInsert;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.UnsupportedCollationException;
import java.sql.SQLException;
import java.util.List;

/**
 * The rows of a batch behind its first one as a bulk load, where nobody could tell the difference from calls. The first row goes by a call:
 * it shows that the statement compiles in this session, that its user may run it, and that the server tells its count.
 *
 * <p>The load runs in the user's transaction, behind a savepoint, or in one of its own. One that fails is taken back, and says so: the
 * calls then give each row its own error.
 */
final class BatchLoad {
    /** Up to so many rows the questions and requests around a load take longer than the calls, on a line that costs nothing. */
    static final int LEAST_ROWS = 250;

    /** A later one hides an earlier one of the same name, which is over by then. */
    private static final String SAVEPOINT = "tidegate_batch";

    /** The server's "INSERT BULK is not a supported statement type". */
    private static final int NOT_SUPPORTED = 22_424;

    private final StatementResults statement;
    private final PlainInsert insert;
    /** Behind the first. */
    private final List<List<Binding>> rows;

    private final Deadline deadline;
    /** Null as long as a load is wanted. */
    private BatchWay way;

    private BatchLoad(
            StatementResults statement, PlainInsert insert, List<List<Binding>> rows, BatchWay way, Deadline deadline) {
        this.statement = statement;
        this.insert = insert;
        this.rows = rows;
        this.way = way;
        this.deadline = deadline;
    }

    /**
     * With what is known before anything is asked of the server.
     *
     * @param sql with its markers
     * @param all rows of the batch
     * @param deadline of the batch
     */
    static BatchLoad of(
            StatementResults statement, boolean keysWanted, String sql, List<List<Binding>> all, Deadline deadline) {
        ConnectionSettings settings = statement.session().client().settings();
        BatchWay way = !settings.flag(ConnectionProperty.USE_BULK_COPY_FOR_BATCH_INSERT)
                ? BatchWay.SWITCHED_OFF
                : all.size() <= LEAST_ROWS ? BatchWay.FEW_ROWS : keysWanted ? BatchWay.KEYS_WANTED : null;
        PlainInsert insert = way == null ? PlainInsert.of(sql).orElse(null) : null;
        if (way == null && insert == null) {
            way = BatchWay.OTHER_STATEMENT;
        } else if (way == null && all.stream().anyMatch(BatchLoad::isStreamed)) {
            way = BatchWay.STREAM;
        }
        return new BatchLoad(statement, insert, all.subList(Math.min(1, all.size()), all.size()), way, deadline);
    }

    private static boolean isStreamed(List<Binding> row) {
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i).isStream()) {
                return true;
            }
        }
        return false;
    }

    boolean isWanted() {
        return way == null;
    }

    /** Whether to try now. */
    boolean isDue(Batches counts) {
        if (way == null && counts.done() > 0 && !counts.beginWithOne()) {
            way = BatchWay.FIRST_ROW;
        }
        return way == null && counts.done() > 0;
    }

    /**
     * Loads all rows behind the first, or none.
     *
     * @return false if the batch must not go on: it was cancelled, timed out, or its transaction or connection is lost
     */
    boolean run(Batches counts) {
        try {
            way = statement.work(this::attempt);
            for (int i = 0; way == BatchWay.LOADED && i < rows.size(); i++) {
                counts.succeeded(1);
            }
            return true;
        } catch (SQLException e) {
            counts.failed(e);
            return false;
        }
    }

    /** The batch is over. */
    void count(Batching told, String outcome) {
        long loaded = way == BatchWay.LOADED ? rows.size() : 0;
        if (way != null) {
            statement.session().batches().count(way, loaded);
        }
        told.end(way == null ? null : way.name(), loaded, outcome);
    }

    private BatchWay attempt(Execution execution) throws SQLException {
        Session session = statement.session();
        TdsConnection client = session.client();
        Stand stand = new Stand();
        try {
            LoadTarget target = session.loadTargets().of(session, insert, deadline);
            execution.checkCancelled();
            if (target.way() != BatchWay.LOADED) {
                return target.way();
            }
            try (BulkLoad load = client.bulkLoad(insert.table().sql(), asInserted(), deadline)) {
                load.map(target.columns().toArray(String[]::new));
                Object[][] values = values(load.columns());
                execution.checkCancelled();
                if (values == null) {
                    return BatchWay.VALUE;
                }
                stand.save();
                fill(load, values, execution);
                load.finish();
            }
            return BatchWay.LOADED;
        } catch (UnsupportedCollationException e) {
            return BatchWay.COLUMN;
        } catch (SQLException e) {
            session.watch().failed(e);
            stand.goBack(e);
            if (e.getErrorCode() == NOT_SUPPORTED) {
                session.loadTargets().serverTakesNone();
                return BatchWay.SERVER;
            }
            return BatchWay.LOAD_FAILED;
        }
    }

    /**
     * Nothing is to be different from an INSERT. A trigger that somebody makes between the question and the load is not there for the rows
     * before, but must not be passed over. What the load itself has to undo may take as long as the whole batch: a limit that is over would
     * leave the transaction open.
     */
    private BulkLoadOptions asInserted() {
        return BulkLoadOptions.builder()
                .checkConstraints(true)
                .fireTriggers(true)
                .keepNulls(true)
                .timeout(statement.limit())
                .build();
    }

    /** Null if one of them cannot be had. */
    private Object[][] values(List<Column> columns) {
        Object[][] values = new Object[rows.size()][columns.size()];
        for (int row = 0; row < values.length; row++) {
            List<Binding> bound = rows.get(row);
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                Object value = ExactValue.in(column.type(), bound.get(i));
                if (value == ExactValue.NONE || value == null && !column.isNullable()) {
                    return null;
                }
                values[row][i] = value;
            }
        }
        return values;
    }

    private void fill(BulkLoad load, Object[][] values, Execution execution) throws SQLException {
        for (Object[] row : values) {
            load.writeRow(row);
            if (execution.isCancelled()) {
                // It may have come between two requests, and met neither.
                statement.session().client().cancel();
            }
        }
    }

    /** Where the batch stood before the load. */
    private final class Stand {
        private final TdsConnection client = statement.session().client();
        private final boolean inTransaction = client.inTransaction();
        private boolean saved;

        void save() throws SQLException {
            if (inTransaction) {
                client.save(SAVEPOINT, RequestOptions.until(deadline));
                saved = true;
            }
        }

        /** @throws SQLException {@code because}, if the batch cannot go on from there */
        void goBack(SQLException because) throws SQLException {
            if (Batches.endsAll(because) || !client.isOpen() || client.inTransaction() != inTransaction) {
                throw because;
            }
            if (saved) {
                try {
                    client.rollbackTo(SAVEPOINT, new RequestOptions(statement.limit()));
                } catch (SQLException e) {
                    throw notTakenBack(because, e);
                }
            }
        }

        private SQLException notTakenBack(SQLException because, SQLException refusal) {
            SQLException failure = new SQLException(
                    "a load of the batch has failed and could not be taken back, so that nobody can tell what of it is in the transaction:"
                            + " roll that back; the error was: " + because.getMessage(),
                    because.getSQLState(),
                    because.getErrorCode(),
                    because);
            failure.addSuppressed(refusal);
            return failure;
        }
    }
}
