package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.ChunkedValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The bytes of a long value as they arrive. Ends to be usable when its cursor moves on. Not thread-safe. */
final class ValueStream extends InputStream {
    private final TdsReader in;
    private final ChunkedValue value;
    private final byte[] one = new byte[1];
    private boolean passed;

    ValueStream(TdsReader in, ChunkedValue value) {
        this.in = in;
        this.value = value;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, target.length);
        checkCurrent();
        if (count == 0) {
            return 0;
        }
        int part = Math.min(value.next(), count);
        if (part > 0) {
            System.arraycopy(in.buffer(), in.offset(), target, from, part);
            value.taken(part);
        }
        return part;
    }

    @Override
    public long skip(long count) throws IOException {
        checkCurrent();
        long skipped = 0;
        while (skipped < count) {
            int part = (int) Math.min(value.next(), count - skipped);
            if (part < 0) {
                break;
            }
            value.taken(part);
            skipped += part;
        }
        return skipped;
    }

    @Override
    public int available() throws IOException {
        checkCurrent();
        return (int) Math.max(0, Math.min(value.remaining(), in.available()));
    }

    /** The cursor has moved on. */
    void pass() {
        passed = true;
    }

    private void checkCurrent() throws IOException {
        if (passed) {
            throw new IOException("the row has moved on; a streamed value can be read only until then");
        }
    }
}
