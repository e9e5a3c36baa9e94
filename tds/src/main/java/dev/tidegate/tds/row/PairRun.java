package dev.tidegate.tds.row;

import dev.tidegate.tds.type.GuidBytes;
import dev.tidegate.tds.type.TypeInfo;

/** Values of more than eight bytes, kept as two numbers each: their bytes on the wire, as in a {@link BitsRun}. */
abstract class PairRun extends ColumnRun {
    final long[] bits = new long[MOST_ROWS];
    final long[] more = new long[MOST_ROWS];
    private final int length;
    private final int moreLength;

    /**
     * @param length bytes that {@link #bits} has of a value, 1 to 8
     * @param moreLength bytes that {@link #more} has of it, 1 to 8
     */
    PairRun(TypeInfo type, int length, int moreLength) {
        super(type);
        this.length = length;
        this.moreLength = moreLength;
    }

    @Override
    final int width() {
        return nulls() == null ? prefix + length + moreLength : 0;
    }

    @Override
    final void measure(int count, int[] lengths) {
        boolean[] nulls = nulls();
        for (int i = 0; i < count; i++) {
            lengths[i] += nulls[i] ? 1 : 1 + length + moreLength;
        }
    }

    @Override
    final void write(byte[] target, int[] at, int shift, int from, int to) {
        boolean[] nulls = nulls();
        for (int i = from; i < to; i++) {
            int place = at[i] + shift;
            if (nulls != null && nulls[i]) {
                target[place] = 0;
                at[i]++;
                continue;
            }
            if (prefix > 0) {
                target[place++] = (byte) (length + moreLength);
            }
            BitsRun.put(target, place, bits[i], length);
            BitsRun.put(target, place + length, more[i], moreLength);
            if (nulls != null) {
                at[i] += 1 + length + moreLength;
            }
        }
    }

    /** uniqueidentifier. */
    static final class Guid extends PairRun {
        Guid(TypeInfo type) {
            super(type, Long.BYTES, Long.BYTES);
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getUuids(first, count, isNull, bits, more);
            for (int i = 0; i < count; i++) {
                bits[i] = GuidBytes.firstHalf(bits[i]);
                more[i] = Long.reverseBytes(more[i]);
            }
            return true;
        }
    }
}
