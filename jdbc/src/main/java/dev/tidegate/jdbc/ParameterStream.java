package dev.tidegate.jdbc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A parameter's bytes on their way from the user's stream to the wire. Read once, when the statement runs; a stream that does not have
 * the length it was announced with fails, which takes the request back. The user closes the stream.
 */
final class ParameterStream extends FilterInputStream {
    private final StreamLength length;

    /** @param announced bytes, or {@link StreamLength#UNKNOWN} */
    ParameterStream(InputStream in, long announced) {
        super(in);
        this.length = new StreamLength(announced, "bytes");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
        length.checkFresh();
        return length.count(in.read(target, offset, most));
    }

    @Override
    public void close() {
        // The stream is the user's.
    }
}
