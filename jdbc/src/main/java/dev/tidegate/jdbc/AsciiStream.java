package dev.tidegate.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/** Text as ASCII bytes, made as they are read; what ASCII has not becomes a question mark. */
final class AsciiStream extends InputStream {
    private static final int MOST_ASCII = 0x7F;

    private final Reader text;

    AsciiStream(Reader text) {
        this.text = text;
    }

    @Override
    public int read() throws IOException {
        int c = text.read();
        return c > MOST_ASCII ? '?' : c;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        char[] chars = new char[Math.min(length, 8192)];
        int count = text.read(chars, 0, chars.length);
        for (int i = 0; i < count; i++) {
            target[offset + i] = (byte) (chars[i] > MOST_ASCII ? '?' : chars[i]);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
