package dev.tidegate.arrow.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.tds.token.Column;
import java.util.HexFormat;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;

/** Binary types, and CLR types, which are loaded as binary. */
final class BytesSource extends VectorSource {
    private static final int LONGEST = Integer.MAX_VALUE - 64;
    private static final int SHOWN = 40;

    private final int longest;
    private final boolean cuts;
    private final String target;
    private final Places places = new Places();
    private byte[] current = new byte[0];

    BytesSource(Column to, Set<Loss> allowed) {
        super(to.name());
        this.longest = to.type().maxLength() < 0 ? LONGEST : to.type().maxLength();
        this.cuts = allowed.contains(Loss.TEXT);
        this.target = to.type().toSql();
    }

    @Override
    void begin(FieldVector next) {
        super.begin(next);
        places.begin(next);
    }

    /** One array serves as long as values have the same length. */
    @Override
    public byte[] getBytes(int row) {
        long length = places.length(row);
        if (length < 0) {
            throw misfit(row, length + " bytes", Places.BROKEN);
        }
        if (length > longest) {
            if (!cuts) {
                throw misfit(row, beginning(row), tooLong(length));
            }
            length = longest;
        }
        if (current.length != length) {
            current = new byte[(int) length];
        }
        places.data().getBytes(places.start(row), current);
        return current;
    }

    @Override
    public boolean getNulls(int first, int count, boolean[] into) {
        return readNulls(first, count, into);
    }

    @Override
    public boolean givesBinary() {
        return true;
    }

    @Override
    public byte[] getBinary(int first, int count, boolean[] nulls, int[] starts) {
        return places.read(first, count, starts);
    }

    private String beginning(int row) {
        byte[] first = new byte[SHOWN];
        places.data().getBytes(places.start(row), first, 0, (int) Math.min(SHOWN, places.length(row)));
        return "0x" + HexFormat.of().formatHex(first, 0, (int) Math.min(SHOWN, places.length(row)));
    }

    private String tooLong(long length) {
        return target + " has room for " + longest + " bytes, the value has " + length
                + "; widen the column, or allow the cut (" + Loss.TEXT.hint() + ")";
    }
}
