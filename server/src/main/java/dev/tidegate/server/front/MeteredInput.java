package dev.tidegate.server.front;

import dev.tidegate.tds.TdsProtocolException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what a client sends until it is logged in, so that a stranger cannot make the server read for ever. */
final class MeteredInput extends FilterInputStream {
    private final int limit;
    private long taken;
    private volatile boolean lifted;

    MeteredInput(InputStream in, int limit) {
        super(in);
        this.limit = limit;
    }

    /** From now on any number of bytes may come. */
    void lift() {
        lifted = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (!lifted && count > 0) {
            taken += count;
            if (taken > limit) {
                throw new TdsProtocolException("more than " + limit + " bytes were sent before the login", -1);
            }
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
