package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import java.io.IOException;

/**
 * The extent of a token that announces its length: everything inside has to end where the token does. A token that is longer or
 * shorter than its parts means that the place in the stream is lost.
 */
final class TokenBody {
    private final TdsReader in;
    private final String name;
    private final long start;
    private final long end;

    private TokenBody(TdsReader in, String name, long length) {
        this.in = in;
        this.name = name;
        this.start = in.position();
        this.end = start + length;
    }

    /** A token with a length of two bytes. */
    static TokenBody ofShortLength(TdsReader in, String name) throws IOException {
        int length = in.readUnsignedShort();
        return new TokenBody(in, name, length);
    }

    /** A token with a length of four bytes, at most {@code limit}. */
    static TokenBody ofLongLength(TdsReader in, String name, int limit) throws IOException {
        long position = in.position();
        long length = in.readUnsignedInt();
        if (length > limit) {
            throw new TdsProtocolException(
                    name + " claims a length of " + length + " bytes; at most " + limit + " is allowed", position);
        }
        return new TokenBody(in, name, length);
    }

    /** Bytes that are left; negative once the parts have run over the end. */
    long left() {
        return end - in.position();
    }

    boolean atEnd() {
        return left() <= 0;
    }

    byte[] rest() throws IOException {
        return in.readBytes(left(), Integer.MAX_VALUE, name);
    }

    /** Checks that the parts were exactly as long as the token. */
    void finish() throws TdsProtocolException {
        if (in.position() != end) {
            throw new TdsProtocolException(
                    name + " claims a length of " + (end - start) + " bytes; its parts have " + (in.position() - start),
                    start);
        }
    }
}
