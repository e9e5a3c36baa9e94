package dev.tidegate.client.transport;

import java.nio.ByteBuffer;

/** Watches the last bytes of a stream for the DONE token that confirms an attention: 13 bytes, with bit 0x20 in its status. */
final class AttentionTail {
    private static final int DONE_LENGTH = 13;
    private static final int DONE = 0xFD;
    private static final int DONEINPROC = 0xFF;
    private static final int ATTENTION = 0x20;

    private final byte[] last = new byte[DONE_LENGTH];

    void add(ByteBuffer bytes) {
        int fresh = Math.min(bytes.remaining(), DONE_LENGTH);
        System.arraycopy(last, fresh, last, 0, DONE_LENGTH - fresh);
        bytes.position(bytes.limit() - fresh);
        bytes.get(last, DONE_LENGTH - fresh, fresh);
    }

    boolean isConfirmed() {
        int token = last[0] & 0xFF;
        return token >= DONE && token <= DONEINPROC && (last[1] & ATTENTION) != 0;
    }
}
