package dev.tidegate.server.h2;

import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.h2.row.LoadCell;
import dev.tidegate.server.h2.row.LoadCells;
import dev.tidegate.server.h2.row.LoadErrors;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.convert.StoredForm;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/** Loads rows by prepared INSERTs, in the session's transaction or in one of its own. */
final class BulkLoad implements BulkTarget {
    private static final int DEADLOCK = 1205;

    private final SessionCore core;
    private final TableInfo table;
    private final boolean ownTransaction;
    private final List<ColumnInfo> targets = new ArrayList<>();
    private final List<SqlType> sent = new ArrayList<>();
    private final TableLocks.Writing lock;
    private final BulkInsert insert;

    /** How the columns take their values from the wire; null if values have to be converted. */
    private final LoadCell[] cells;

    /** What is wrong with the row after those that wait. */
    private SqlServerException refusal;
    /** Where the load began in the session's transaction; null in one of its own. */
    private final Savepoint start;

    private long rows;
    private boolean open = true;

    BulkLoad(SessionCore core, Statement.InsertBulk bulk, List<Column> columns)
            throws SqlServerException, SQLException {
        this.core = core;
        this.table = core.tables
                .find(bulk.table())
                .orElseThrow(() -> KnownError.INVALID_OBJECT.exception(bulk.table()));
        map(bulk, columns);
        boolean keepNulls = bulk.options().contains("KEEP_NULLS");
        this.cells = cells();
        this.ownTransaction = !core.transactions.isOpen();
        this.insert = new BulkInsert(core, table, targets, keepNulls);
        this.lock = TableLocks.write(core, table);
        try {
            insert.prepare();
        } catch (SQLException | RuntimeException e) {
            lock.close();
            throw e;
        }
        try {
            core.connection.setAutoCommit(false);
            this.start = ownTransaction ? null : core.connection.setSavepoint();
        } catch (SQLException e) {
            lock.close();
            insert.close();
            throw e;
        }
    }

    private void map(Statement.InsertBulk bulk, List<Column> columns) throws SqlServerException {
        for (int i = 0; i < columns.size(); i++) {
            // clients may leave the names out of their COLMETADATA: then those of the statement count, by position
            boolean named = !columns.get(i).name().isEmpty();
            String name = named
                    ? columns.get(i).name()
                    : i < bulk.columns().size() ? bulk.columns().get(i).name() : "";
            if (!named && name.isEmpty() && i < table.columns().size()) {
                name = table.columns().get(i).name();
            }
            String wanted = name;
            ColumnInfo target = table.column(wanted)
                    .orElseThrow(() -> KnownError.INVALID_COLUMN.exception(wanted));
            if (target.computed()) {
                throw KnownError.COMPUTED_COLUMN_MODIFIED.exception(target.name());
            }
            // An identity column too: who wants it numbered does not send it.
            targets.add(target);
            sent.add(type(columns.get(i)));
        }
    }

    private static SqlType type(Column column) throws SqlServerException {
        try {
            return SqlType.of(column.type());
        } catch (IllegalArgumentException e) {
            throw KnownError.UNSUPPORTED.with("Column '" + column.name() + "': " + e.getMessage()).asServerException(e);
        }
    }

    private LoadCell[] cells() {
        LoadCell[] chosen = new LoadCell[targets.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = LoadCells.of(sent.get(i), targets.get(i).type(), errors(i));
            if (chosen[i] == null) {
                return null;
            }
        }
        return chosen;
    }

    private LoadErrors errors(int column) {
        return new LoadErrors() {
            @Override
            public SqlServerException truncated(String shown) {
                return BulkLoad.this.truncated(targets.get(column), shown);
            }

            @Override
            public SqlServerException unreadable(String why) {
                String place = "column " + (column + 1) + " (" + targets.get(column).name() + "): ";
                return KnownError.BULK_CONVERSION.exception(rows + insert.waiting() + 1, place + why);
            }
        };
    }

    @Override
    public ColumnSink[] sinks() {
        return cells == null ? null : cells.clone();
    }

    /**
     * Takes the row that the sinks have got, without a word to H2.
     *
     * @return whether {@link #store} has to be called before the next row
     */
    boolean take() {
        for (int i = 0; i < cells.length; i++) {
            insert.set(i, cells[i].value());
            SqlServerException why = cells[i].refusal();
            refusal = refusal == null ? why : refusal;
        }
        return refusal != null || insert.add();
    }

    @Override
    public void addRow() throws SqlServerException {
        if (take()) {
            store();
        }
    }

    @Override
    public void add(Object[] values) throws SqlServerException {
        try {
            for (int i = 0; i < targets.size(); i++) {
                insert.set(i, fit(values[i], i));
            }
        } catch (SqlServerException e) {
            refusal = e;
        }
        if (refusal != null || insert.add()) {
            store();
        }
    }

    /** Stores the rows that wait. @throws SqlServerException what is wrong with one of them, or else with the row after them */
    void store() throws SqlServerException {
        try {
            rows += insert.store();
        } catch (SQLException e) {
            throw failed(e);
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private Object fit(Object value, int index) throws SqlServerException {
        if (value == null) {
            return null;
        }
        ColumnInfo target = targets.get(index);
        SqlType type = target.type();
        if (value instanceof String text && type.isCharacter() && type.length() > 0) {
            if (Conversion.withoutSpacesBeyond(text, type.length()).length() > type.length()) {
                throw truncated(target, text.substring(0, type.length()));
            }
        } else if (value instanceof byte[] bytes
                && type.kind().isBinary()
                && type.length() > 0
                && bytes.length > type.length()) {
            throw truncated(target, "");
        }
        return StoredForm.of(Conversion.convert(value, sent.get(index), type, 0));
    }

    private SqlServerException truncated(ColumnInfo target, String shown) {
        return KnownError.VALUE_TRUNCATED.exception(core.database.name() + "." + table.display(), target.name(), shown);
    }

    @Override
    public long finish() throws SqlServerException {
        store();
        try {
            if (targets.stream().anyMatch(ColumnInfo::identity)) {
                IdentitySequence.moveBeyond(core, table);
            }
            if (ownTransaction) {
                core.connection.commit();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        open = false;
        core.rowCount = rows;
        end(insert::close);
        return rows;
    }

    /** The victim of a deadlock has lost its whole transaction, whoever had begun it. */
    private SqlServerException failed(SQLException failure) {
        SqlServerException error = core.map(failure, "INSERT", table.display());
        if (error.number() == DEADLOCK && !ownTransaction) {
            close();
            try {
                core.transactions.discard();
            } catch (SQLException e) {
                error.addSuppressed(e);
            }
        }
        return error;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            end(() -> {
                try (insert) {
                    if (ownTransaction) {
                        core.connection.rollback();
                    } else {
                        core.connection.rollback(start);
                    }
                }
            });
        }
    }

    /** What belongs to the end of the load. */
    @FunctionalInterface
    private interface End {
        void run() throws SQLException;
    }

    /** Whatever fails, a session that had no transaction has none afterwards: else it would lose what it does next. */
    private void end(End work) {
        try {
            try {
                work.run();
            } finally {
                lock.close();
                if (ownTransaction) {
                    core.connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            System.getLogger(BulkLoad.class.getName()).log(System.Logger.Level.DEBUG, "end of a bulk load", e);
        }
    }
}
