package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import java.io.IOException;

/** Reads the tokens of a response, one at a time ([MS-TDS] 2.2.7). Not thread-safe. */
public final class TokenReader {
    private final TdsReader in;
    private final TdsVersion version;
    private ColMetadata metadata;

    public TokenReader(TdsReader in, TdsVersion version) {
        this.in = in;
        this.version = version;
    }

    /** The last COLMETADATA read, null before the first. */
    public ColMetadata metadata() {
        return metadata;
    }

    /** The next token; never null. For ROW and NBCROW the reader stands on the row's first byte afterwards. */
    public Token next() throws IOException {
        throw new UnsupportedOperationException(in.position() + " " + version);
    }
}
