package dev.tidegate.client.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A socket that waits in selectors only: unlike a blocking socket's, its writes have a limit too, and an interrupt does not close it.
 * Reader and writer have a selector each, so that neither sees the other's events.
 */
public final class TcpTransport implements ByteTransport {
    /** A server's last words are shorter, in bytes. */
    private static final int MOST_EARLY = 16 * 1024;

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    /** What {@link #hasEnded} has found in front of the end that it looked for; ready for reading. */
    private ByteBuffer early = ByteBuffer.allocate(0);

    /** Takes a connected channel in non-blocking mode over; closes it if that fails. */
    TcpTransport(SocketChannel channel) throws IOException {
        this.channel = channel;
        Selector forReading = null;
        Selector forWriting = null;
        try {
            forReading = Selector.open();
            channel.register(forReading, SelectionKey.OP_READ);
            forWriting = Selector.open();
            channel.register(forWriting, SelectionKey.OP_WRITE);
        } catch (IOException e) {
            Quietly.close(channel, forReading, forWriting);
            throw e;
        }
        this.readable = forReading;
        this.writable = forWriting;
    }

    @Override
    public int read(ByteBuffer target, Patience patience) throws IOException {
        if (early.hasRemaining()) {
            int count = Math.min(early.remaining(), target.remaining());
            target.put(early.slice(early.position(), count));
            early.position(early.position() + count);
            return count;
        }
        for (; ; ) {
            int count = channel.read(target);
            if (count > 0) {
                received.addAndGet(count);
            }
            if (count != 0) {
                return count;
            }
            await(readable, patience);
        }
    }

    @Override
    public void write(ByteBuffer source, Patience patience) throws IOException {
        while (source.hasRemaining()) {
            int count = channel.write(source);
            if (count == 0) {
                await(writable, patience);
            }
            sent.addAndGet(count);
        }
    }

    @Override
    public long received() {
        return received.get();
    }

    @Override
    public long sent() {
        return sent.get();
    }

    @Override
    public boolean isQuiet() {
        try {
            return !early.hasRemaining() && channel.read(ByteBuffer.allocate(1)) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean hasEnded() {
        try {
            for (; ; ) {
                ByteBuffer more = ByteBuffer.allocate(1 + early.capacity());
                int count = channel.read(more);
                if (count <= 0) {
                    return count < 0;
                }
                received.addAndGet(count);
                early = ByteBuffer.allocate(early.remaining() + count)
                        .put(early)
                        .put(more.flip())
                        .flip();
                if (early.remaining() >= MOST_EARLY) {
                    // Whoever talks on like that is there.
                    return false;
                }
            }
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void wake() {
        readable.wakeup();
        writable.wakeup();
    }

    /** A channel stays open in the operating system until its selectors have let go of it, so these are closed with it. */
    @Override
    public void close() {
        Quietly.close(channel, readable, writable);
    }

    /** Ignores interrupts, as blocking sockets do, but keeps them for the caller. */
    private void await(Selector selector, Patience patience) throws IOException {
        boolean interrupted = false;
        try {
            for (; ; ) {
                long nanos = patience.remainingNanos();
                if (nanos <= 0) {
                    patience.expired();
                    continue;
                }
                // Rounded up: waking early would only make the loop turn once more.
                int ready = nanos == Long.MAX_VALUE
                        ? selector.select()
                        : selector.select(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
                interrupted |= Thread.interrupted();
                if (!channel.isOpen()) {
                    throw new ClosedChannelException();
                }
                if (ready > 0) {
                    selector.selectedKeys().clear();
                    return;
                }
            }
        } catch (ClosedSelectorException e) {
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(e);
            throw closed;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
