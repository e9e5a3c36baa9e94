package dev.tidegate.client.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The stream that packets are written to: each write goes to the transport at once, bounded by the current {@link Patience}. */
public final class SendStream extends OutputStream {
    private ByteTransport transport;
    private Patience patience = Deadline.never();

    public SendStream(ByteTransport transport) {
        this.transport = transport;
    }

    public void setPatience(Patience patience) {
        this.patience = patience;
    }

    public void setTransport(ByteTransport transport) {
        this.transport = transport;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        patience.waitBegins();
        transport.write(ByteBuffer.wrap(bytes, offset, length), patience);
    }
}
