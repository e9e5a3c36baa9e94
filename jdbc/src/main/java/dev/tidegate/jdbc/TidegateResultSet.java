package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.Cell;
import dev.tidegate.jdbc.convert.ObjectConversion;
import dev.tidegate.jdbc.convert.SqlKind;
import dev.tidegate.tds.row.Utf16Reader;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TextBytes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A forward-only, read-only result. Rows stream from the server as {@link #next} is called; long values stream as they are read from
 * {@link #getBinaryStream} or {@link #getCharacterStream}, which are valid until the next row.
 *
 * <p>Methods may be called from any thread; values of one row are consistent only if one thread moves and reads.
 */
final class TidegateResultSet extends ValueResultSet {
    /** What a result tells its statement. */
    interface Owner {
        /** Null for results that no statement made, such as those of metadata. */
        Statement statement();

        /**
         * Whether the user has closed the connection, which then may be another user's. One that broke is not closed: that is told by
         * whatever is asked for next.
         */
        boolean isConnectionClosed();

        /** Called once, after the result is closed. */
        void resultClosed() throws SQLException;
    }

    private final RowSource source;
    private final Owner owner;
    private final long maxRows;
    /** Null until a column is asked for by its label. */
    private volatile ColumnLabels labels;
    /** Of the present row, null if there was never one; guarded by the lock. */
    private List<RowLob<?, ?>> lobs;

    private volatile boolean closed;

    /** @param maxRows rows after which the result ends; 0: no limit */
    TidegateResultSet(RowSource source, Owner owner, long maxRows) {
        super(source.columns(), source.lock());
        this.source = source;
        this.owner = owner;
        this.maxRows = maxRows;
    }

    @Override
    boolean advance() throws SQLException {
        boolean mayGoOn = maxRows == 0 || rowNumber() < maxRows;
        // No LOB of the row before is left to be settled then: whoever gave one out has stopped this.
        if (mayGoOn && advanceInPlace()) {
            return true;
        }
        readInPlace(null);
        return mayGoOn && advanceUnderLock();
    }

    private boolean advanceUnderLock() throws SQLException {
        lock().lock();
        try {
            requireOpen();
            settleLobs();
            boolean moved = source.next();
            readInPlace(source.inPlace());
            return moved;
        } finally {
            lock().unlock();
        }
    }

    @Override
    Row row() throws SQLException {
        Row row = source.current();
        if (row == null) {
            throw Failures.sequence("the result stands on no row: the move to the next one has failed");
        }
        return row;
    }

    /** Whether that row is still the one that the result stands on. */
    boolean isAt(Row row) throws SQLException {
        return source.current() == row;
    }

    @Override
    void requireOpen() throws SQLException {
        if (isClosed()) {
            throw Failures.closed("result");
        }
    }

    /** Case does not matter; of several columns with the label, the first. */
    @Override
    public int findColumn(String label) throws SQLException {
        requireOpen();
        ColumnLabels known = labels;
        if (known == null) {
            known = new ColumnLabels(columns());
            labels = known;
        }
        int number = label == null ? 0 : known.number(label);
        if (number == 0) {
            throw Failures.invalid("the result has no column named '" + label + "'");
        }
        return number;
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        requireOpen();
        return new TidegateResultSetMetaData(columns());
    }

    @Override
    public InputStream getBinaryStream(int column) throws SQLException {
        lock().lock();
        try {
            checkColumn(column);
            if (kind(column).isBinary()) {
                Row row = row();
                InputStream stream = row.stream(column - 1);
                if (stream != null) {
                    noteNull(false);
                    return new RowBoundStream(stream, this, row);
                }
            }
        } finally {
            lock().unlock();
        }
        byte[] bytes = getBytes(column);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public Reader getCharacterStream(int column) throws SQLException {
        lock().lock();
        try {
            checkColumn(column);
            if (kind(column).isText()) {
                Row row = row();
                InputStream stream = row.stream(column - 1);
                if (stream != null) {
                    noteNull(false);
                    InputStream bound = new RowBoundStream(stream, this, row);
                    Charset charset = charset(column);
                    return charset.equals(StandardCharsets.UTF_16LE)
                            ? new Utf16Reader(bound)
                            : new InputStreamReader(bound, TextBytes.decoder(charset));
                }
            }
        } finally {
            lock().unlock();
        }
        String text = getString(column);
        return text == null ? null : new StringReader(text);
    }

    @Override
    public Reader getNCharacterStream(int column) throws SQLException {
        return getCharacterStream(column);
    }

    @Override
    public InputStream getAsciiStream(int column) throws SQLException {
        Reader reader = getCharacterStream(column);
        return reader == null ? null : new AsciiStream(reader);
    }

    @Override
    public Blob getBlob(int column) throws SQLException {
        if (isLongValue(column) && kind(column).isBinary()) {
            return kept(new RowBlob(this, column));
        }
        byte[] bytes = getBytes(column);
        return bytes == null ? null : new MemoryBlob(bytes);
    }

    @Override
    public Clob getClob(int column) throws SQLException {
        return getNClob(column);
    }

    @Override
    public NClob getNClob(int column) throws SQLException {
        if (isLongValue(column) && kind(column).isText()) {
            return kept(new RowClob(this, column));
        }
        String text = getString(column);
        return text == null ? null : new MemoryClob(text);
    }

    @Override
    public SQLXML getSQLXML(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : new MemoryXml(cell.toText());
    }

    @Override
    public <T> T getObject(int column, Class<T> type) throws SQLException {
        if (type == null) {
            throw Failures.invalid("getObject needs a class");
        }
        Object special = special(column, type);
        if (special != null) {
            return type.cast(special);
        }
        Object value = value(column);
        if (value == null || ObjectConversion.is(value, type)) {
            return type.cast(value);
        }
        return ObjectConversion.to(cell(column, value), type);
    }

    private Object special(int column, Class<?> type) throws SQLException {
        if (type == Blob.class) {
            return getBlob(column);
        }
        if (type == Clob.class || type == NClob.class) {
            return getNClob(column);
        }
        if (type == SQLXML.class) {
            return getSQLXML(column);
        }
        if (type == InputStream.class) {
            return getBinaryStream(column);
        }
        return type == Reader.class ? getCharacterStream(column) : null;
    }

    private boolean isLongValue(int column) throws SQLException {
        lock().lock();
        try {
            checkColumn(column);
            requireRow();
            Column described = columns().get(column - 1);
            boolean isNull = row().isNull(column - 1);
            noteNull(isNull);
            return described.type().isPlp() && !isNull;
        } finally {
            lock().unlock();
        }
    }

    private <L extends RowLob<?, ?>> L kept(L lob) {
        lock().lock();
        try {
            if (lobs == null) {
                lobs = new ArrayList<>();
            }
            lobs.add(lob);
            return lob;
        } finally {
            lock().unlock();
        }
    }

    /** Nobody may find a value gone that was asked for and never read. */
    private void settleLobs() {
        if (lobs != null) {
            lobs.forEach(RowLob::settle);
            lobs.clear();
        }
    }

    private Charset charset(int column) {
        Column described = columns().get(column - 1);
        SqlKind kind = kind(column);
        boolean narrow = kind == SqlKind.CHAR || kind == SqlKind.VARCHAR || kind == SqlKind.TEXT;
        if (narrow && described.type().collation() != null) {
            return described.type().collation().charset();
        }
        return kind == SqlKind.JSON ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE;
    }

    @Override
    public Statement getStatement() throws SQLException {
        requireOpen();
        return owner.statement();
    }

    /** Warnings go to the statement. */
    @Override
    public SQLWarning getWarnings() throws SQLException {
        requireOpen();
        return null;
    }

    @Override
    public void clearWarnings() throws SQLException {
        requireOpen();
    }

    @Override
    public String getCursorName() throws SQLException {
        throw Failures.unsupported("the result has no cursor that could be named: it streams");
    }

    @Override
    public int getHoldability() throws SQLException {
        requireOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public boolean isClosed() {
        return closed || owner.isConnectionClosed();
    }

    @Override
    boolean isMarkedClosed() {
        return closed;
    }

    /** Marks the result closed without touching the wire: the statement or connection that does so has taken care of that. */
    void markClosed() {
        closed = true;
    }

    /** Any thread; idempotent. A thread that waits for the next row gets an error. */
    @Override
    public void close() throws SQLException {
        if (!lock().tryLock()) {
            if (closed || !source.interrupt()) {
                closed = true;
                return;
            }
            lock().lock();
        }
        try {
            if (closed) {
                return;
            }
            settleLobs();
            closed = true;
            source.close();
        } finally {
            lock().unlock();
        }
        owner.resultClosed();
    }
}
