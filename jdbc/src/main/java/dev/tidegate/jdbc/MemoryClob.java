package dev.tidegate.jdbc;

import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** A Clob whose text is in memory; positions count UTF-16 code units from 1. Not thread-safe. */
final class MemoryClob implements NClob {
    private String text;

    MemoryClob(String text) {
        this.text = text;
    }

    @Override
    public long length() throws SQLException {
        return live().length();
    }

    @Override
    public String getSubString(long position, int length) throws SQLException {
        int from = LobPositions.start(position, live().length(), length);
        return text.substring(from, from + Math.min(length, text.length() - from));
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return new StringReader(live());
    }

    @Override
    public Reader getCharacterStream(long position, long length) throws SQLException {
        return new StringReader(getSubString(position, (int) Math.min(length, Integer.MAX_VALUE)));
    }

    @Override
    public InputStream getAsciiStream() throws SQLException {
        return new AsciiStream(getCharacterStream());
    }

    @Override
    public long position(String pattern, long start) throws SQLException {
        int found = live().indexOf(pattern, LobPositions.start(start, text.length(), 0));
        return found < 0 ? -1 : found + 1L;
    }

    @Override
    public long position(Clob pattern, long start) throws SQLException {
        return position(pattern.getSubString(1, (int) pattern.length()), start);
    }

    @Override
    public int setString(long position, String source) throws SQLException {
        return setString(position, source, 0, source.length());
    }

    @Override
    public int setString(long position, String source, int offset, int length) throws SQLException {
        int from = LobPositions.start(position, live().length(), length);
        int end = LobPositions.end(from, length);
        String tail = end < text.length() ? text.substring(end) : "";
        text = text.substring(0, from) + source.substring(offset, offset + length) + tail;
        return length;
    }

    /** What is written is in the Clob after the stream's close. */
    @Override
    public OutputStream setAsciiStream(long position) throws SQLException {
        Writer writer = setCharacterStream(position);
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if ((b & 0x80) != 0) {
                    throw new IOException("0x" + Integer.toHexString(b & 0xFF) + " is no ASCII character");
                }
                writer.write(b & 0x7F);
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    /** What is written is in the Clob after the writer's close. */
    @Override
    public Writer setCharacterStream(long position) throws SQLException {
        LobPositions.start(position, live().length(), 0);
        return new Writer() {
            private final CharArrayWriter written = new CharArrayWriter();
            private boolean done;

            @Override
            public void write(char[] source, int offset, int length) {
                written.write(source, offset, length);
            }

            @Override
            public void flush() {
                // Nothing is kept back but for close.
            }

            @Override
            public void close() throws IOException {
                if (done) {
                    return;
                }
                done = true;
                try {
                    setString(position, written.toString());
                } catch (SQLException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        };
    }

    @Override
    public void truncate(long length) throws SQLException {
        text = live().substring(0, LobPositions.shorter(length, text.length()));
    }

    @Override
    public void free() {
        text = null;
    }

    private String live() throws SQLException {
        if (text == null) {
            throw Failures.closed("Clob");
        }
        return text;
    }
}
