package dev.tidegate.client.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A two-way stream of bytes whose every wait is bounded by a {@link Patience}. One thread may read while another writes; {@link #wake}
 * and {@link #close} may come from any thread at any time.
 */
public interface ByteTransport extends Closeable {
    /**
     * Reads at least one byte into {@code target}, which has room.
     *
     * @return bytes read, or -1 at the end of the stream
     */
    int read(ByteBuffer target, Patience patience) throws IOException;

    /** Writes all of {@code source}. */
    void write(ByteBuffer source, Patience patience) throws IOException;

    /** Bytes that have come over the wire so far, those of TLS and of packet headers included; any thread. */
    long received();

    /** Bytes that have gone over the wire so far, counted as {@link #received}. */
    long sent();

    /**
     * Whether the peer has kept silent since the last read, and the stream has not ended. Does not wait. Not while another thread reads;
     * after false the stream is of no use, as a byte of it may be lost.
     */
    boolean isQuiet();

    /**
     * Whether the peer has ended the stream, or it has failed, as far as can be told without waiting. What the peer has sent before that
     * is kept for the next read. Not while another thread reads.
     */
    boolean hasEnded();

    /** Lets whoever waits in a read or write ask their {@link Patience} again. */
    void wake();

    /** Ends both directions at once; whoever waits gets an exception. Does not wait for the peer. */
    @Override
    void close();
}
