package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.RowMarker;
import java.io.IOException;

/** The bitmap of the NULL columns at the start of an NBCROW ([MS-TDS] 2.2.7.15). */
final class NullBitmap {
    private final byte[] bits;
    private boolean present;

    NullBitmap(int columns) {
        this.bits = new byte[(columns + 7) / 8];
    }

    /**
     * Reads the bitmap, if the row has one.
     *
     * @return whether it has
     */
    boolean read(TdsReader in, RowMarker marker) throws IOException {
        present = marker == RowMarker.NBCROW;
        if (present) {
            in.require(bits.length);
            System.arraycopy(in.buffer(), in.offset(), bits, 0, bits.length);
            in.advance(bits.length);
        }
        return present;
    }

    /** Whether the row has one. */
    boolean isPresent() {
        return present;
    }

    /** True if the column has no cell in the row because it is NULL. */
    boolean get(int column) {
        return present && (bits[column >> 3] >> (column & 7) & 1) != 0;
    }
}
