package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Objects;

/** UTF-16LE code units as they are, unpaired surrogates included, which a charset decoder would replace. */
public final class Utf16Reader extends Reader {
    private final InputStream in;
    private final byte[] buffer = new byte[8 * 1024];
    private int offset;
    private int limit;

    public Utf16Reader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] target, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, target.length);
        if (count == 0) {
            return 0;
        }
        if (limit - offset < 2 && !fill()) {
            return -1;
        }
        int chars = Math.min(count, (limit - offset) / 2);
        for (int i = 0; i < chars; i++) {
            target[from + i] = (char) LittleEndian.getShort(buffer, offset + 2 * i);
        }
        offset += 2 * chars;
        return chars;
    }

    private boolean fill() throws IOException {
        int left = limit - offset;
        System.arraycopy(buffer, offset, buffer, 0, left);
        offset = 0;
        limit = left;
        while (limit < 2) {
            int got = in.read(buffer, limit, buffer.length - limit);
            if (got < 0) {
                if (limit != 0) {
                    throw new TdsProtocolException("UTF-16 text of an odd number of bytes", -1);
                }
                return false;
            }
            limit += got;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
