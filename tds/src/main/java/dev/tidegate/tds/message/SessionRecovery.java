package dev.tidegate.tds.message;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.Utf16;
import dev.tidegate.tds.token.SessionStates;
import dev.tidegate.tds.type.Collation;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;

/**
 * The data of LOGIN7's session recovery feature ([MS-TDS] 2.2.6.4) in a login that takes up a session which was cut: what it was right
 * after its own login, and what it has to be now. A first login sends the feature without data. The server answers with the {@link
 * SessionStates} of the session in FEATUREEXTACK.
 *
 * @param initial as the first login left it
 * @param wanted what differs from that; parts that do not are empty
 */
public record SessionRecovery(State initial, State wanted) {
    private static final int COLLATION_LENGTH = 5;
    private static final int LENGTH_BYTES = 4;

    /**
     * The state of a session.
     *
     * @param database empty for none, at most 255 UTF-16 code units
     * @param collation null for none
     * @param language empty for none, at most 255 UTF-16 code units
     * @param states by id; see {@link SessionStates}
     */
    public record State(String database, Collation collation, String language, Map<Integer, byte[]> states) {}

    /** @throws TdsProtocolException if a part is longer than what is left for it */
    public static SessionRecovery parse(byte[] data) throws TdsProtocolException {
        int second = end(data, 0);
        int end = end(data, second);
        if (end != data.length) {
            throw new TdsProtocolException(
                    "session recovery data of " + data.length + " bytes claims to have " + end, second);
        }
        return new SessionRecovery(
                parse(Arrays.copyOfRange(data, LENGTH_BYTES, second), LENGTH_BYTES),
                parse(Arrays.copyOfRange(data, second + LENGTH_BYTES, end), second + LENGTH_BYTES));
    }

    /** Where the state that begins here ends. */
    private static int end(byte[] data, int start) throws TdsProtocolException {
        long length = data.length - start < LENGTH_BYTES ? -1 : LittleEndian.getInt(data, start) & 0xFFFF_FFFFL;
        if (length < 0 || length > data.length - start - LENGTH_BYTES) {
            throw new TdsProtocolException(
                    "session recovery data has " + (data.length - start) + " bytes left, too few for a state"
                            + (length < 0 ? "" : " of " + length),
                    start);
        }
        return start + LENGTH_BYTES + (int) length;
    }

    private static State parse(byte[] bytes, int position) throws TdsProtocolException {
        int collation = 1 + size(bytes, 0, 2, position);
        int language = collation + 1 + size(bytes, collation, 1, position);
        int states = language + 1 + size(bytes, language, 2, position);
        int collationLength = bytes[collation];
        if (collationLength != 0 && collationLength != COLLATION_LENGTH) {
            throw new TdsProtocolException(
                    "a collation in session recovery data has " + collationLength + " bytes, not " + COLLATION_LENGTH,
                    position + collation);
        }
        return new State(
                Utf16.decode(bytes, 1, collation - 1),
                collationLength == 0
                        ? null
                        : new Collation(LittleEndian.getInt(bytes, collation + 1), bytes[collation + 5] & 0xFF),
                Utf16.decode(bytes, language + 1, states - language - 1),
                SessionStates.parse(Arrays.copyOfRange(bytes, states, bytes.length)));
    }

    /** Bytes of the part whose length stands here. */
    private static int size(byte[] bytes, int at, int unit, int position) throws TdsProtocolException {
        int size = at < bytes.length ? (bytes[at] & 0xFF) * unit : 0;
        if (at + 1 + size > bytes.length) {
            throw new TdsProtocolException(
                    "a part of session recovery data claims " + size + " bytes; " + Math.max(0, bytes.length - at - 1)
                            + " are left",
                    position + at);
        }
        return size;
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, initial);
        write(bytes, wanted);
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, State state) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        writeText(content, state.database);
        byte[] collation = new byte[state.collation == null ? 0 : COLLATION_LENGTH];
        if (state.collation != null) {
            LittleEndian.putInt(collation, 0, state.collation.info());
            collation[4] = (byte) state.collation.sortId();
        }
        content.write(collation.length);
        content.writeBytes(collation);
        writeText(content, state.language);
        content.writeBytes(SessionStates.toBytes(state.states));
        byte[] length = new byte[LENGTH_BYTES];
        LittleEndian.putInt(length, 0, content.size());
        bytes.writeBytes(length);
        bytes.writeBytes(content.toByteArray());
    }

    private static void writeText(ByteArrayOutputStream bytes, String text) {
        if (text.length() > 255) {
            throw new IllegalArgumentException(
                    "a name of " + text.length() + " characters does not fit session recovery data; at most 255");
        }
        bytes.write(text.length());
        bytes.writeBytes(Utf16.encode(text));
    }
}
