package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.tds.token.Column;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.duckdb.DuckDBReadableVector;

/** Binary types, from the Base64 text that stands for a BLOB, because the JDBC driver has no way to read a BLOB vector. */
class BytesSource extends ChunkSource {
    private final int longest;
    private final boolean cuts;
    private final String target;
    private int currentRow = -1;
    private byte[] current;

    /** @param to of a binary type, or a CLR one */
    BytesSource(Column to, Set<Loss> allowed) {
        super(to.name());
        this.longest = to.type().isPlp() ? Integer.MAX_VALUE : to.type().maxLength();
        this.cuts = allowed.contains(Loss.TEXT);
        this.target = to.type().toSql();
    }

    @Override
    void begin(DuckDBReadableVector next) {
        super.begin(next);
        currentRow = -1;
    }

    @Override
    public byte[] getBytes(int row) {
        if (row != currentRow) {
            current = checked(row, bytes(row));
            currentRow = row;
        }
        return current;
    }

    /** The value as it comes. */
    byte[] bytes(int row) {
        return Base64.getDecoder().decode(vector().getString(row));
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
                            + "; widen the column, or allow the cut (tidegate copy --lossy text)");
        }
        return Arrays.copyOf(bytes, longest);
    }
}
