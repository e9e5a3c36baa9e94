package dev.tidegate.client.tls;

import dev.tidegate.client.transport.ByteTransport;
import dev.tidegate.client.transport.Patience;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;

/**
 * TLS over another transport. Records are made and opened by an {@link SSLEngine}, so every wait is one of the transport below and has
 * its limit. The sealing side has a lock of its own: an attention and an answer to a key update may come from different threads.
 */
public final class TlsTransport implements ByteTransport {
    private final ByteTransport below;
    private final SSLEngine engine;
    private final ReentrantLock sealing = new ReentrantLock();
    private ByteBuffer sealed;
    /** Records that have arrived; ready for reading. */
    private ByteBuffer arrived;
    /** Opened bytes that did not go to the reader directly; ready for reading. */
    private ByteBuffer opened;

    public TlsTransport(ByteTransport below, SSLEngine engine) {
        this.below = below;
        this.engine = engine;
        SSLSession session = engine.getSession();
        this.sealed = ByteBuffer.allocate(session.getPacketBufferSize());
        this.arrived = ByteBuffer.allocate(session.getPacketBufferSize()).limit(0);
        this.opened = ByteBuffer.allocate(session.getApplicationBufferSize()).limit(0);
    }

    public SSLSession session() {
        return engine.getSession();
    }

    /** The protocol that ALPN agreed on; empty if the server does not know ALPN. */
    public String applicationProtocol() {
        String protocol = engine.getApplicationProtocol();
        return protocol == null ? "" : protocol;
    }

    /** @throws IOException if the peers cannot agree, or the certificate is refused */
    public void handshake(Patience patience) throws IOException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            status = switch (status) {
                case NEED_WRAP -> seal(ByteBuffer.allocate(0), patience);
                case NEED_TASK -> runTasks();
                default -> openOne(opened, patience);
            };
        }
    }

    @Override
    public int read(ByteBuffer target, Patience patience) throws IOException {
        while (!opened.hasRemaining()) {
            boolean direct = target.remaining() >= engine.getSession().getApplicationBufferSize();
            int before = target.position();
            HandshakeStatus status;
            try {
                status = openOne(direct ? target : opened, patience);
            } catch (EOFException e) {
                return -1;
            }
            if (target.position() > before) {
                return target.position() - before;
            }
            if (status == HandshakeStatus.NEED_WRAP) {
                seal(ByteBuffer.allocate(0), patience);
            } else if (status == HandshakeStatus.NEED_TASK) {
                runTasks();
            }
        }
        int count = Math.min(target.remaining(), opened.remaining());
        target.put(target.position(), opened, opened.position(), count);
        target.position(target.position() + count);
        opened.position(opened.position() + count);
        return count;
    }

    @Override
    public void write(ByteBuffer source, Patience patience) throws IOException {
        while (source.hasRemaining()) {
            seal(source, patience);
        }
    }

    @Override
    public long received() {
        return below.received();
    }

    @Override
    public long sent() {
        return below.sent();
    }

    /** A record that means nothing to TDS, such as a key update, counts as noise: that is rare, and costs no more than a reconnect. */
    @Override
    public boolean isQuiet() {
        return !opened.hasRemaining() && !arrived.hasRemaining() && below.isQuiet();
    }

    /** Of the connection below: a farewell of TLS alone is found by the read that meets it. */
    @Override
    public boolean hasEnded() {
        return below.hasEnded();
    }

    @Override
    public void wake() {
        below.wake();
    }

    /** Without a farewell: TDS knows by itself whether a message is complete, and the peer may not be listening any more. */
    @Override
    public void close() {
        below.close();
    }

    private HandshakeStatus seal(ByteBuffer source, Patience patience) throws IOException {
        sealing.lock();
        try {
            for (; ; ) {
                sealed.clear();
                SSLEngineResult result = engine.wrap(source, sealed);
                switch (result.getStatus()) {
                    case BUFFER_OVERFLOW ->
                        sealed = ByteBuffer.allocate(Math.max(
                                sealed.capacity() * 2, engine.getSession().getPacketBufferSize()));
                    case CLOSED -> throw new EOFException("TLS was closed by the peer");
                    default -> {
                        below.write(sealed.flip(), patience);
                        return result.getHandshakeStatus();
                    }
                }
            }
        } finally {
            sealing.unlock();
        }
    }

    /** Opens one record into {@code target}; into {@link #opened}, which is made ready for reading, if that is given. */
    private HandshakeStatus openOne(ByteBuffer target, Patience patience) throws IOException {
        ByteBuffer into = target;
        for (; ; ) {
            boolean own = into == opened;
            if (own) {
                into.clear();
            }
            SSLEngineResult result;
            try {
                result = engine.unwrap(arrived, into);
            } finally {
                if (own) {
                    into.flip();
                }
            }
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW -> receive(patience);
                case BUFFER_OVERFLOW -> {
                    opened = ByteBuffer.allocate(Math.max(
                                    opened.capacity() * 2, engine.getSession().getApplicationBufferSize()))
                            .limit(0);
                    into = opened;
                }
                case CLOSED -> throw new EOFException("TLS was closed by the peer");
                default -> {
                    return result.getHandshakeStatus();
                }
            }
        }
    }

    private void receive(Patience patience) throws IOException {
        arrived.compact();
        try {
            if (!arrived.hasRemaining()) {
                throw new SSLHandshakeException(
                        "the peer sends a TLS record longer than " + arrived.capacity() + " bytes");
            }
            if (below.read(arrived, patience) < 0) {
                throw new EOFException("the connection was closed by the peer");
            }
        } finally {
            arrived.flip();
        }
    }

    private HandshakeStatus runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        return engine.getHandshakeStatus();
    }
}
