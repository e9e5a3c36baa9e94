package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.Binder;
import dev.tidegate.jdbc.convert.Binding;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLDataException;
import java.sql.SQLException;

/**
 * Parameters given as streams. They are read when they are set, so that a stream that fails or lies about its length is an error before
 * anything is sent; the whole value is in memory then.
 */
final class LongValue {
    /** For a stream of unknown length: it is read to its end. */
    static final long UNKNOWN = -1;

    private static final int CHUNK = 8 * 1024;

    private LongValue() {}

    static Binding bytes(InputStream in, long length, Binder binder) throws SQLException {
        return binder.bytes(in == null ? null : readBytes(in, length));
    }

    static Binding ascii(InputStream in, long length, Binder binder) throws SQLException {
        return binder.text(in == null ? null : new String(readBytes(in, length), StandardCharsets.US_ASCII));
    }

    static Binding text(Reader in, long length, Binder binder) throws SQLException {
        return binder.text(in == null ? null : readText(in, length));
    }

    private static byte[] readBytes(InputStream in, long length) throws SQLException {
        try {
            byte[] bytes = length == UNKNOWN ? in.readAllBytes() : in.readNBytes(checked(length));
            requireLength(bytes.length, length, "bytes");
            return bytes;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static String readText(Reader in, long length) throws SQLException {
        long left = length == UNKNOWN ? Long.MAX_VALUE : checked(length);
        StringWriter text = new StringWriter();
        char[] chunk = new char[CHUNK];
        try {
            while (left > 0) {
                int count = in.read(chunk, 0, (int) Math.min(left, CHUNK));
                if (count < 0) {
                    break;
                }
                text.write(chunk, 0, count);
                left -= count;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        requireLength(text.getBuffer().length(), length, "characters");
        return text.toString();
    }

    private static int checked(long length) throws SQLException {
        if (length > Integer.MAX_VALUE - 8) {
            throw new SQLDataException("a value of " + length + " is longer than SQL Server's 2 GB", "22001");
        }
        return (int) length;
    }

    private static void requireLength(long found, long announced, String unit) throws SQLException {
        if (announced != UNKNOWN && found != announced) {
            throw new SQLDataException(
                    "the stream was announced with " + announced + " " + unit + " and ended after " + found, "22026");
        }
    }

    private static SQLException unreadable(IOException cause) {
        return new SQLDataException("the parameter's stream cannot be read: " + cause.getMessage(), "HY000", cause);
    }
}
