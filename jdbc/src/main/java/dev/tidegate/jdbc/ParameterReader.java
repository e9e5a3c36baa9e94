package dev.tidegate.jdbc;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** A parameter's text on its way from the user's reader to the wire; as {@link ParameterStream}. */
final class ParameterReader extends FilterReader {
    private final StreamLength length;

    /** @param announced characters, or {@link StreamLength#UNKNOWN} */
    ParameterReader(Reader in, long announced) {
        super(in);
        this.length = new StreamLength(announced, "characters");
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] target, int offset, int most) throws IOException {
        length.checkFresh();
        return length.count(in.read(target, offset, most));
    }

    @Override
    public void close() {
        // The reader is the user's.
    }
}
