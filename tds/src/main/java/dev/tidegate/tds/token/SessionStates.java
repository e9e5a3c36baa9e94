package dev.tidegate.tds.token;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A SessionStateDataSet ([MS-TDS] 2.2.7.21): the values of a session's state by their ids. Stands in SESSIONSTATE, in the
 * acknowledgement of the session recovery feature, and in the login that recovers a session. What the values mean is the server's own
 * affair; they are kept and given back. A value of 255 bytes or more has its length in four bytes more.
 */
public final class SessionStates {
    private static final int LONG_STATE = 0xFF;

    private SessionStates() {}

    /** @throws TdsProtocolException if a state is longer than what is left, or stands twice; its position counts from the set's begin */
    public static Map<Integer, byte[]> parse(byte[] bytes) throws TdsProtocolException {
        return parse(bytes, 0);
    }

    /** @param position of the set in its message, for errors */
    static Map<Integer, byte[]> parse(byte[] bytes, long position) throws TdsProtocolException {
        Map<Integer, byte[]> states = new LinkedHashMap<>();
        int at = 0;
        while (at < bytes.length) {
            int id = bytes[at] & 0xFF;
            int start = at + 2;
            long length = start <= bytes.length ? bytes[at + 1] & 0xFF : 1;
            if (length == LONG_STATE && start + 4 <= bytes.length) {
                length = LittleEndian.getInt(bytes, start) & 0xFFFF_FFFFL;
                start += 4;
            }
            if (length > bytes.length - start) {
                throw new TdsProtocolException(
                        "session state " + id + " claims " + length + " bytes; its set has "
                                + Math.max(0, bytes.length - start) + " left",
                        position + at);
            }
            at = start + (int) length;
            if (states.put(id, Arrays.copyOfRange(bytes, start, at)) != null) {
                throw new TdsProtocolException("session state " + id + " stands twice", position + start);
            }
        }
        return states;
    }

    public static byte[] toBytes(Map<Integer, byte[]> states) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        states.forEach((id, state) -> {
            bytes.write(id);
            bytes.write(Math.min(state.length, LONG_STATE));
            if (state.length >= LONG_STATE) {
                byte[] length = new byte[4];
                LittleEndian.putInt(length, 0, state.length);
                bytes.writeBytes(length);
            }
            bytes.writeBytes(state);
        });
        return bytes.toByteArray();
    }
}
