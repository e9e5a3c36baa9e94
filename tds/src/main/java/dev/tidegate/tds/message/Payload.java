package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.Utf16;
import java.io.IOException;
import java.util.Arrays;

/** Reading of messages, or ends of messages, that have no length of their own: they last until the message ends. */
final class Payload {
    private Payload() {}

    /** Reads up to the end of the message; grows with what has arrived, so a long message costs only its own length. */
    static byte[] rest(TdsReader in, int limit, String what) throws IOException {
        byte[] bytes = new byte[Math.min(in.available(), limit)];
        int done = 0;
        while (!in.atEnd()) {
            int part = in.available();
            if (part > limit - done) {
                throw new TdsProtocolException(what + " is longer than " + limit + " bytes", in.position());
            }
            if (part > bytes.length - done) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(done + part, bytes.length * 2L)));
            }
            System.arraycopy(in.buffer(), in.offset(), bytes, done, part);
            in.advance(part);
            done += part;
        }
        return done == bytes.length ? bytes : Arrays.copyOf(bytes, done);
    }

    /** UTF-16LE up to the end of the message. */
    static String restUtf16(TdsReader in, int limit, String what) throws IOException {
        byte[] bytes = rest(in, limit, what);
        if ((bytes.length & 1) != 0) {
            throw new TdsProtocolException(
                    what + " has " + bytes.length + " bytes, which is not a whole number of UTF-16 code units",
                    in.position());
        }
        return Utf16.decode(bytes);
    }

    static void expectEnd(TdsReader in, String what) throws IOException {
        if (!in.atEnd()) {
            throw new TdsProtocolException("bytes follow the end of the " + what, in.position());
        }
    }
}
