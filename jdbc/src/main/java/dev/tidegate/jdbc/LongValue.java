package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.Binder;
import dev.tidegate.jdbc.convert.Binding;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLDataException;
import java.sql.SQLException;

/**
 * Parameters given as streams. They are read when the statement runs, piece by piece on their way to the wire, so that a value of any
 * length needs no memory. One that fails on the way takes the request back: nothing is run, and the connection stays usable.
 */
final class LongValue {
    /** For a stream of unknown length: it is read to its end. */
    static final long UNKNOWN = StreamLength.UNKNOWN;

    /** The longest value that SQL Server stores. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private LongValue() {}

    static Binding bytes(InputStream in, long length, Binder binder) throws SQLException {
        return in == null ? binder.bytes(null) : binder.of(new ParameterStream(in, checked(length, 1)));
    }

    static Binding ascii(InputStream in, long length, Binder binder) throws SQLException {
        if (in == null) {
            return binder.text((String) null);
        }
        // A byte is a character, so that the length is that of the text.
        Reader text = new InputStreamReader(
                in,
                StandardCharsets.US_ASCII
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return text(text, length, binder);
    }

    static Binding text(Reader in, long length, Binder binder) throws SQLException {
        return in == null ? binder.text((String) null) : binder.text(new ParameterReader(in, checked(length, 1)));
    }

    static Binding national(Reader in, long length, Binder binder) throws SQLException {
        return in == null ? binder.national(null) : binder.of(new ParameterReader(in, checked(length, 2)));
    }

    /** What it means that a stream failed while it was sent. */
    static SQLException failed(UncheckedIOException thrown) {
        IOException cause = thrown.getCause();
        if (cause instanceof CharacterCodingException) {
            return new SQLDataException(
                    "a parameter's ASCII stream has a byte that is no ASCII character; nothing was run",
                    "22021",
                    cause);
        }
        String state = cause instanceof StreamLength.Mismatch ? "22026" : "HY000";
        return new SQLDataException(
                "a parameter's stream could not be sent: " + cause.getMessage() + "; nothing was run", state, cause);
    }

    private static long checked(long length, int bytesEach) throws SQLException {
        if (length > MOST_BYTES / bytesEach) {
            throw new SQLDataException("a value of " + length + " is longer than SQL Server's 2 GB", "22001");
        }
        return length;
    }
}
