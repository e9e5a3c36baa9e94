package dev.tidegate.jdbc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;

/** A value that streams from the line: ends with its row, and never lets two threads read the line at once. */
final class RowBoundStream extends FilterInputStream {
    private final TidegateResultSet result;
    private final Row row;

    RowBoundStream(InputStream in, TidegateResultSet result, Row row) {
        super(in);
        this.result = result;
        this.row = row;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        result.lock().lock();
        try {
            requireRow();
            return in.read(target, offset, length);
        } finally {
            result.lock().unlock();
        }
    }

    @Override
    public long skip(long count) throws IOException {
        result.lock().lock();
        try {
            requireRow();
            return in.skip(count);
        } finally {
            result.lock().unlock();
        }
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Leaves the rest of the value to the move to the next row. */
    @Override
    public void close() {
        // The value belongs to the row, not to this stream.
    }

    private void requireRow() throws IOException {
        try {
            result.requireRow();
            if (result.isAt(row)) {
                return;
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
        throw new IOException("the stream has ended with its row: the result has moved on, or another request of the"
                + " connection took the rest of it into memory");
    }
}
