package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** SESSIONSTATE ([MS-TDS] 2.2.7.21). A state of 255 bytes or more has its length in four bytes more. */
final class SessionStateCodec {
    /** Longest token accepted, in bytes. */
    private static final int MAX_LENGTH = 16 * 1024 * 1024;

    private static final int LONG_STATE = 0xFF;
    private static final int RECOVERABLE = 0x01;

    private SessionStateCodec() {}

    static SessionState read(TdsReader in) throws IOException {
        TokenBody body = TokenBody.ofLongLength(in, "SESSIONSTATE", MAX_LENGTH);
        int sequence = in.readInt();
        boolean recoverable = (in.readUnsignedByte() & RECOVERABLE) != 0;
        Map<Integer, byte[]> states = new LinkedHashMap<>();
        while (!body.atEnd()) {
            long position = in.position();
            int id = in.readUnsignedByte();
            long length = in.readUnsignedByte();
            if (length == LONG_STATE) {
                length = in.readUnsignedInt();
            }
            if (length > body.left()) {
                throw new TdsProtocolException(
                        "session state " + id + " claims " + length + " bytes; its token has "
                                + Math.max(0, body.left()) + " left",
                        position);
            }
            if (states.put(id, in.readBytes(length, MAX_LENGTH, "session state")) != null) {
                throw new TdsProtocolException("session state " + id + " stands twice", position);
            }
        }
        body.finish();
        return new SessionState(sequence, recoverable, states);
    }

    static void write(TdsWriter out, SessionState state) throws IOException {
        int length = 4 + 1;
        for (byte[] data : state.states().values()) {
            length += (data.length < LONG_STATE ? 2 : 6) + data.length;
        }
        out.writeByte(TokenType.SESSIONSTATE);
        out.writeInt(length);
        out.writeInt(state.sequence());
        out.writeByte(state.recoverable() ? RECOVERABLE : 0);
        for (Map.Entry<Integer, byte[]> entry : state.states().entrySet()) {
            byte[] data = entry.getValue();
            out.writeByte(entry.getKey());
            out.writeByte(Math.min(data.length, LONG_STATE));
            if (data.length >= LONG_STATE) {
                out.writeInt(data.length);
            }
            out.writeBytes(data);
        }
    }
}
