package dev.tidegate.tds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.UnreadableValueException;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Bytes of a peer that lies: reading them ends with an answer or a clear refusal, and allocates no more than they justify. */
final class HostileBytes {
    /** What reading a few kilobytes may cost at most: lengths that lie ask for much more. */
    private static final long MOST_ALLOCATED = 8 * 1024 * 1024;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private HostileBytes() {}

    /** In packets with 3 bytes of payload each, and in one. */
    static void assertHandled(byte[] payload, Wire.Reading<?> reading) throws IOException {
        wasRefused(payload, 3, reading);
        wasRefused(payload, 32_000, reading);
    }

    /** @param size bytes of payload a packet */
    static boolean wasRefused(byte[] payload, int size, Wire.Reading<?> reading) throws IOException {
        TdsReader in = Wire.reader(payload, size);
        boolean refused = false;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reading.from(in);
        } catch (TdsProtocolException | UnreadableValueException expected) {
            refused = true;
            assertThat(expected.getMessage()).isNotBlank();
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
        return refused;
    }
}
