package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/** Writes the tokens of a response ([MS-TDS] 2.2.7). Not thread-safe. */
public final class TokenWriter {
    private final TdsWriter out;
    private final TdsVersion version;

    public TokenWriter(TdsWriter out, TdsVersion version) {
        this.out = out;
        this.version = version;
    }

    /** Of a {@link RowMarker} only the token byte: the row's values follow by a RowEncoder. */
    public void write(Token token) throws IOException {
        throw new UnsupportedOperationException(out.offset() + " " + version);
    }
}
