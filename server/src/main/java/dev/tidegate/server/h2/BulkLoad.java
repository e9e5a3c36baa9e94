package dev.tidegate.server.h2;

import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.SqlText;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Column;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/** Loads rows by batches of one prepared INSERT, in the session's transaction or in one of its own. */
final class BulkLoad implements BulkTarget {
    private static final int BATCH = 500;

    private final SessionCore core;
    private final TableInfo table;
    private final boolean keepIdentity;
    private final boolean ownTransaction;
    private final List<ColumnInfo> targets = new ArrayList<>();
    private final List<Integer> sources = new ArrayList<>();
    private final List<SqlType> sent = new ArrayList<>();
    private final PreparedStatement insert;
    private final Savepoint start;
    private int pending;
    private long rows;
    private boolean open = true;

    BulkLoad(SessionCore core, Statement.InsertBulk bulk, List<Column> columns)
            throws SqlServerException, SQLException {
        this.core = core;
        this.table = core.tables
                .find(bulk.table())
                .orElseThrow(() -> new SqlServerException(208, 1, 16, "Invalid object name '" + bulk.table() + "'."));
        this.keepIdentity = bulk.options().contains("KEEPIDENTITY")
                || bulk.options().contains("KEEP_IDENTITY")
                || table.display().equalsIgnoreCase(core.settings.identityInsert);
        map(bulk, columns);
        boolean keepNulls = bulk.options().contains("KEEP_NULLS");
        String sql = sql(keepNulls);
        core.database.own().makeFor(sql);
        this.insert = core.connection.prepareStatement(sql);
        this.ownTransaction = !core.transactions.isOpen();
        if (ownTransaction) {
            core.connection.setAutoCommit(false);
        }
        this.start = core.connection.setSavepoint();
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
                    .orElseThrow(() -> new SqlServerException(207, 1, 16, "Invalid column name '" + wanted + "'."));
            if (target.computed()) {
                throw new SqlServerException(
                        271,
                        1,
                        16,
                        "The column \"" + target.name()
                                + "\" cannot be modified because it is either a computed column or is the result of a"
                                + " UNION operator.");
            }
            if (!target.identity() || keepIdentity) {
                targets.add(target);
                sources.add(i);
                sent.add(type(columns.get(i)));
            }
        }
    }

    private static SqlType type(Column column) throws SqlServerException {
        try {
            return SqlType.of(column.type());
        } catch (IllegalArgumentException e) {
            throw new SqlServerException(40510, 1, 16, "Column '" + column.name() + "': " + e.getMessage(), e);
        }
    }

    private String sql(boolean keepNulls) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (ColumnInfo target : targets) {
            names.add(SqlText.quote(target.name()));
            // without KEEP_NULLS a NULL means the column's default
            String otherwise = keepNulls || target.identity() ? null : core.tables.defaultSql(table, target.name());
            values.add(
                    otherwise == null ? "?" : "COALESCE(" + SqlText.cast("?", target.type()) + ", " + otherwise + ")");
        }
        return targets.isEmpty()
                ? "INSERT INTO " + table.sql() + " DEFAULT VALUES"
                : "INSERT INTO " + table.sql() + " (" + String.join(", ", names) + ") VALUES ("
                        + String.join(", ", values) + ")";
    }

    @Override
    public void add(Object[] values) throws SqlServerException {
        try {
            for (int i = 0; i < targets.size(); i++) {
                insert.setObject(i + 1, fit(values[sources.get(i)], i));
            }
            insert.addBatch();
            rows++;
            if (++pending == BATCH) {
                flush();
            }
        } catch (SQLException e) {
            throw core.map(e, "INSERT", table.display());
        }
    }

    private Object fit(Object value, int index) throws SqlServerException {
        if (value == null) {
            return null;
        }
        ColumnInfo target = targets.get(index);
        SqlType type = target.type();
        if (value instanceof String text && type.isCharacter() && type.length() > 0) {
            if (text.length() > type.length() && !text.substring(type.length()).isBlank()) {
                throw new SqlServerException(
                        2628,
                        1,
                        16,
                        "String or binary data would be truncated in table '" + core.database.name() + "."
                                + table.display() + "', column '" + target.name() + "'. Truncated value: '"
                                + text.substring(0, type.length()) + "'.");
            }
        } else if (value instanceof byte[] bytes
                && type.kind().isBinary()
                && type.length() > 0
                && bytes.length > type.length()) {
            throw new SqlServerException(
                    2628,
                    1,
                    16,
                    "String or binary data would be truncated in table '" + core.database.name() + "." + table.display()
                            + "', column '" + target.name() + "'. Truncated value: ''.");
        }
        return Conversion.convert(value, sent.get(index), type, 0);
    }

    private void flush() throws SQLException {
        if (pending > 0) {
            core.cancellation.check();
            insert.executeBatch();
            pending = 0;
        }
    }

    @Override
    public long finish() throws SqlServerException {
        try {
            flush();
            insert.close();
            if (keepIdentity && table.identity().isPresent()) {
                IdentitySequence.moveBeyond(core, table);
            }
            if (ownTransaction) {
                core.connection.commit();
                core.connection.setAutoCommit(true);
            }
            open = false;
            core.claims.endStatement();
            core.rowCount = rows;
            return rows;
        } catch (SQLException e) {
            throw core.map(e, "INSERT", table.display());
        }
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            insert.close();
            core.connection.rollback(start);
            if (ownTransaction) {
                core.connection.rollback();
                core.connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            System.getLogger(BulkLoad.class.getName()).log(System.Logger.Level.DEBUG, "bulk load given up", e);
        } finally {
            core.claims.endStatement();
        }
    }
}
