package dev.tidegate.duckdb.load;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.duckdb.DuckDBReadableVector;

/** Binary types, from the Base64 text that stands for a BLOB, because the JDBC driver has no way to read a BLOB vector. */
final class BytesSource extends ChunkSource {
    private final int longest;
    private final boolean cuts;
    private final String target;
    private int currentRow = -1;
    private byte[] current;

    BytesSource(String column, int longest, boolean cuts, String target) {
        super(column);
        this.longest = longest;
        this.cuts = cuts;
        this.target = target;
    }

    @Override
    void begin(DuckDBReadableVector next) {
        super.begin(next);
        currentRow = -1;
    }

    @Override
    public byte[] getBytes(int row) {
        if (row != currentRow) {
            current = checked(row, Base64.getDecoder().decode(vector().getString(row)));
            currentRow = row;
        }
        return current;
    }

    private byte[] checked(int row, byte[] bytes) {
        if (bytes.length <= longest) {
            return bytes;
        }
        if (!cuts) {
            throw misfit(
                    row,
                    "0x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 40)),
                    target + " has room for " + longest + " bytes, the value has " + bytes.length
                            + "; widen the column, or allow the cut (--lossy text)");
        }
        return Arrays.copyOf(bytes, longest);
    }
}
