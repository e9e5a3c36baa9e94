package dev.tidegate.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;

/** A Blob whose bytes are in memory; positions count from 1. Not thread-safe. */
final class MemoryBlob implements Blob {
    private byte[] bytes;

    MemoryBlob(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long length() throws SQLException {
        return live().length;
    }

    @Override
    public byte[] getBytes(long position, int length) throws SQLException {
        int from = LobPositions.start(position, live().length, length);
        return Arrays.copyOfRange(bytes, from, from + Math.min(length, bytes.length - from));
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        return new ByteArrayInputStream(live());
    }

    @Override
    public InputStream getBinaryStream(long position, long length) throws SQLException {
        int from = LobPositions.start(position, live().length, length);
        return new ByteArrayInputStream(bytes, from, (int) Math.min(length, bytes.length - from));
    }

    @Override
    public long position(byte[] pattern, long start) throws SQLException {
        int from = LobPositions.start(start, live().length, 0);
        for (int at = from; at <= bytes.length - pattern.length; at++) {
            if (Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
                return at + 1L;
            }
        }
        return -1;
    }

    @Override
    public long position(Blob pattern, long start) throws SQLException {
        return position(pattern.getBytes(1, (int) pattern.length()), start);
    }

    @Override
    public int setBytes(long position, byte[] source) throws SQLException {
        return setBytes(position, source, 0, source.length);
    }

    @Override
    public int setBytes(long position, byte[] source, int offset, int length) throws SQLException {
        int from = LobPositions.start(position, live().length, length);
        int end = LobPositions.end(from, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, end);
        }
        System.arraycopy(source, offset, bytes, from, length);
        return length;
    }

    /** What is written is in the Blob after the stream's close. */
    @Override
    public OutputStream setBinaryStream(long position) throws SQLException {
        LobPositions.start(position, live().length, 0);
        return new ByteArrayOutputStream() {
            private boolean done;

            @Override
            public void close() throws java.io.IOException {
                if (done) {
                    return;
                }
                done = true;
                try {
                    setBytes(position, toByteArray());
                } catch (SQLException e) {
                    throw new java.io.IOException(e.getMessage(), e);
                }
            }
        };
    }

    @Override
    public void truncate(long length) throws SQLException {
        bytes = Arrays.copyOf(live(), LobPositions.shorter(length, bytes.length));
    }

    @Override
    public void free() {
        bytes = null;
    }

    private byte[] live() throws SQLException {
        if (bytes == null) {
            throw Failures.closed("Blob");
        }
        return bytes;
    }
}
