package dev.tidegate.tds.token;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/** SESSIONSTATE ([MS-TDS] 2.2.7.21). */
final class SessionStateCodec {
    /** Longest token accepted, in bytes. */
    private static final int MAX_LENGTH = 16 * 1024 * 1024;

    private static final int RECOVERABLE = 0x01;

    private SessionStateCodec() {}

    static SessionState read(TdsReader in) throws IOException {
        TokenBody body = TokenBody.ofLongLength(in, "SESSIONSTATE", MAX_LENGTH);
        int sequence = in.readInt();
        boolean recoverable = (in.readUnsignedByte() & RECOVERABLE) != 0;
        long position = in.position();
        byte[] states = body.rest();
        body.finish();
        return new SessionState(sequence, recoverable, SessionStates.parse(states, position));
    }

    static void write(TdsWriter out, SessionState state) throws IOException {
        byte[] states = SessionStates.toBytes(state.states());
        out.writeByte(TokenType.SESSIONSTATE);
        out.writeInt(4 + 1 + states.length);
        out.writeInt(state.sequence());
        out.writeByte(state.recoverable() ? RECOVERABLE : 0);
        out.writeBytes(states);
    }
}
