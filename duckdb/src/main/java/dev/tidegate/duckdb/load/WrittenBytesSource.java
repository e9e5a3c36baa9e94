package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.tds.token.Column;
import java.util.HexFormat;
import java.util.Set;

/** Binary types, from texts of hexadecimal digits behind 0x. */
final class WrittenBytesSource extends BytesSource {
    private static final String PREFIX = "0x";

    WrittenBytesSource(Column to, Set<Loss> allowed) {
        super(to, allowed);
    }

    @Override
    byte[] bytes(int row) {
        String text = text(row);
        if (!text.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            throw misfit(row, text, "a binary value has to be written as 0x and hexadecimal digits");
        }
        try {
            return HexFormat.of().parseHex(text, PREFIX.length(), text.length());
        } catch (IllegalArgumentException e) {
            throw misfit(row, text, "behind 0x there has to be an even number of hexadecimal digits");
        }
    }
}
