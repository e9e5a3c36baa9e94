package dev.tidegate.jdbc;

import dev.tidegate.client.Response;
import dev.tidegate.jdbc.convert.SqlKind;
import dev.tidegate.tds.row.RowCursor;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnreadableValueException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;

/** The row that stands on the line, read in place. */
final class LiveRow implements Row {
    private final Response response;
    private final RowCursor cursor;
    private final List<Column> columns;

    LiveRow(Response response, RowCursor cursor, List<Column> columns) {
        this.response = response;
        this.cursor = cursor;
        this.columns = columns;
    }

    @Override
    public boolean isNull(int column) throws SQLException {
        try {
            return cursor.isNull(column);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public Object value(int column) throws SQLException {
        try {
            return cursor.getObject(column);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public long integer(int column) throws SQLException {
        try {
            return cursor.getLong(column);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public InputStream stream(int column) throws SQLException {
        if (!isLong(column)) {
            return null;
        }
        try {
            InputStream value = cursor.stream(column);
            return value == null ? null : new LineStream(value);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** A value that was streamed before and is gone becomes the error that says so. */
    @Override
    public Object[] detach() throws SQLException {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = value(i);
            } catch (SQLDataException e) {
                values[i] = new Gone(e);
            }
        }
        return values;
    }

    private boolean isLong(int column) {
        TypeInfo type = columns.get(column).type();
        SqlKind kind = SqlKind.of(type);
        return type.isPlp() || kind == SqlKind.TEXT || kind == SqlKind.NTEXT || kind == SqlKind.IMAGE;
    }

    private SQLException failure(IOException cause) {
        return cause instanceof UnreadableValueException
                ? new SQLDataException(cause.getMessage(), "HY000", cause)
                : response.failed(cause);
    }

    /** A failed line ends the connection, also when it fails under a stream. */
    private final class LineStream extends FilterInputStream {
        LineStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (UnreadableValueException e) {
                throw e;
            } catch (IOException e) {
                SQLException failure = response.failed(e);
                throw new IOException(failure.getMessage(), failure);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] chunk = new byte[(int) Math.min(Math.max(count, 0), 8192)];
            int done = chunk.length == 0 ? 0 : read(chunk, 0, chunk.length);
            return Math.max(done, 0);
        }
    }
}
