package dev.tidegate.server.front;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The bytes of one connection: plain, inside TLS, or plain again. Reading and writing may happen on two threads; {@link #close} on any,
 * and it makes both fail.
 */
final class Transport implements Closeable {
    private static final int IN_BUFFER = 64 * 1024;
    /** Small enough that the first rows of a slow query do not wait for many others. */
    private static final int OUT_BUFFER = 16 * 1024;

    /** First byte of a TLS record that carries a handshake: how a TDS 8.0 client begins. */
    private static final int TLS_HANDSHAKE = 0x16;

    private final Socket socket;
    private final MeteredInput metered;
    private final InputStream plainIn;
    private final OutputStream plainOut;
    private InputStream in;
    private OutputStream out;

    Transport(Socket socket, int loginBytes) throws IOException {
        this.socket = socket;
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        metered = new MeteredInput(socket.getInputStream(), loginBytes);
        plainIn = new BufferedInputStream(metered, IN_BUFFER);
        plainOut = new BufferedOutputStream(socket.getOutputStream(), OUT_BUFFER);
        in = plainIn;
        out = plainOut;
    }

    /** The stream to read from now; ask again after every change of encryption. */
    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Waits for the client's first byte. */
    boolean beginsWithTls() throws IOException {
        plainIn.mark(1);
        int first = plainIn.read();
        plainIn.reset();
        return first == TLS_HANDSHAKE;
    }

    /** A handshake inside PRELOGIN packets. TLS 1.3 is left out: it sends session tickets when the login may be plain again. */
    void startTlsInPackets(SSLContext context) throws IOException {
        startTls(context, true, "TLSv1.2");
    }

    /** A handshake before the first packet: TDS 8.0. */
    void startTlsFirst(SSLContext context) throws IOException {
        startTls(context, false, "TLSv1.3", "TLSv1.2");
    }

    private void startTls(SSLContext context, boolean packed, String... protocols) throws IOException {
        TlsCarrier carrier = new TlsCarrier(socket, plainIn, plainOut, packed);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(carrier, null, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(protocols);
        if (!packed) {
            parameters.setApplicationProtocols(new String[] {"tds/8.0"});
        }
        tls.setSSLParameters(parameters);
        try {
            tls.startHandshake();
            carrier.handshakeDone();
        } catch (IOException e) {
            carrier.sendFlight();
            throw e;
        }
        in = tls.getInputStream();
        out = new BufferedOutputStream(tls.getOutputStream(), OUT_BUFFER);
    }

    /** Back to plain bytes: the client asked to encrypt the login only. */
    void endTls() {
        in = plainIn;
        out = plainOut;
    }

    /** The login is over: what the client sends is no longer counted. */
    void loginDone() {
        metered.lift();
    }

    String peer() {
        return String.valueOf(socket.getRemoteSocketAddress());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is released all the same, and nobody waits for the rest.
        }
    }
}
