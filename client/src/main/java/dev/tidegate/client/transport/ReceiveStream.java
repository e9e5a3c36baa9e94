package dev.tidegate.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stream that packets are read from. Its waits are bounded by a {@link Patience} that changes with the request. Reading belongs to
 * one thread at a time.
 */
public final class ReceiveStream extends InputStream {
    private static final int CAPACITY = 64 * 1024;

    /** For long answers: fewer system calls, and a sender that waits less for room. */
    private static final int LONG_CAPACITY = 4 * CAPACITY;

    /** Reads that filled the buffer, after which the answer is taken for a long one. */
    private static final int MANY = 16;

    private ByteBuffer buffer = ByteBuffer.allocate(CAPACITY).limit(0);
    private int fullReads;
    /** Held while the transport is read, so that a close can take the reading over once the reader has left. */
    private final ReentrantLock reading = new ReentrantLock();

    /** The end of what has come for the present request; guarded by {@link #reading}. */
    private volatile AttentionTail tail = new AttentionTail();

    private ByteTransport transport;
    private volatile Patience patience = Deadline.never();
    private volatile boolean takenOver;

    public ReceiveStream(ByteTransport transport) {
        this.transport = transport;
    }

    /** A request begins: its limits hold from the next wait on. */
    public void setPatience(Patience patience) {
        this.patience = patience;
        this.tail = new AttentionTail();
    }

    /**
     * Goes on with another layer of the same connection, when TLS begins or ends.
     *
     * @throws IllegalStateException if bytes of the old layer are left: they would be lost
     */
    public void setTransport(ByteTransport transport) {
        if (buffer.hasRemaining()) {
            throw new IllegalStateException(buffer.remaining() + " bytes of the layer before have not been read");
        }
        this.transport = transport;
    }

    @Override
    public int read() throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        return buffer.get() & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    /** Bytes that can be read without touching the transport. */
    @Override
    public int available() {
        return buffer.remaining();
    }

    /** As {@link ByteTransport#isQuiet}; between requests only. */
    boolean isQuiet() {
        return !buffer.hasRemaining() && transport.isQuiet();
    }

    /** As {@link ByteTransport#hasEnded}; between requests only. */
    boolean hasEnded() {
        return transport.hasEnded();
    }

    /**
     * Takes the reading over from whoever does it, for good, and reads on until the server confirms an attention, the stream ends, or the
     * deadline passes. The bytes go nowhere: the connection is about to be cut, and only the server's confirmation is waited for. It is
     * recognised by its place: a DONE with the attention bit ends what the server sends ([MS-TDS] 2.2.7.6).
     */
    void drainForClose(Deadline deadline) {
        takenOver = true;
        transport.wake();
        try {
            if (!reading.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            try {
                ByteBuffer own = ByteBuffer.allocate(CAPACITY);
                while (!tail.isConfirmed() && transport.read(own.clear(), deadline) > 0) {
                    tail.add(own.flip());
                }
            } finally {
                reading.unlock();
            }
        } catch (IOException e) {
            // Cut by the peer or out of time: either way there is nothing left to wait for.
            takenOver = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The patience is also asked when bytes are there: a server that never stops sending must not outlive the limit. */
    private boolean fill() throws IOException {
        reading.lock();
        try {
            if (takenOver) {
                throw new ClosedChannelException();
            }
            patience.waitBegins();
            if (patience.remainingNanos() <= 0) {
                patience.expired();
            }
            if (fullReads == MANY) {
                buffer = outsideOfHeap(buffer);
                fullReads++;
            }
            buffer.clear();
            int count = 0;
            try {
                count = transport.read(buffer, patience);
            } finally {
                buffer.flip();
            }
            tail.add(buffer.duplicate());
            fullReads += count == CAPACITY && fullReads <= MANY ? 1 : 0;
            return count > 0;
        } finally {
            reading.unlock();
        }
    }

    /** A channel reads into the heap by way of memory outside of it: where much is read, that copy is saved. */
    private static ByteBuffer outsideOfHeap(ByteBuffer present) {
        try {
            return ByteBuffer.allocateDirect(LONG_CAPACITY);
        } catch (OutOfMemoryError e) {
            // The process may have as much of it as it has been given; it is read as before.
            return present;
        }
    }
}
