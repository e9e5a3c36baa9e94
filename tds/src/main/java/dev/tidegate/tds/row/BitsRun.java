package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.type.TypeInfo;

/** Values of up to eight bytes, each of which is kept as one number: its bytes on the wire, the first one lowest. */
abstract class BitsRun extends ColumnRun {
    final long[] bits = new long[MOST_ROWS];
    private final int length;

    /** @param length bytes of a value, 1 to 8 */
    BitsRun(TypeInfo type, int length) {
        super(type);
        this.length = length;
    }

    @Override
    final int width() {
        return nulls() == null ? prefix + length : 0;
    }

    @Override
    final void measure(int count, int[] lengths) {
        boolean[] nulls = nulls();
        for (int i = 0; i < count; i++) {
            lengths[i] += nulls[i] ? 1 : 1 + length;
        }
    }

    @Override
    final void write(byte[] target, int[] at, int shift, int from, int to) {
        if (nulls() != null) {
            writeSome(target, at, shift, from, to);
            return;
        }
        if (prefix > 0) {
            for (int i = from; i < to; i++) {
                target[at[i] + shift] = (byte) length;
            }
        }
        writeAll(target, at, shift + prefix, from, to);
    }

    private void writeAll(byte[] target, int[] at, int shift, int from, int to) {
        switch (length) {
            case 1 -> {
                for (int i = from; i < to; i++) {
                    target[at[i] + shift] = (byte) bits[i];
                }
            }
            case 2 -> {
                for (int i = from; i < to; i++) {
                    LittleEndian.putShort(target, at[i] + shift, (short) bits[i]);
                }
            }
            case 4 -> {
                for (int i = from; i < to; i++) {
                    LittleEndian.putInt(target, at[i] + shift, (int) bits[i]);
                }
            }
            case 8 -> {
                for (int i = from; i < to; i++) {
                    LittleEndian.putLong(target, at[i] + shift, bits[i]);
                }
            }
            default -> {
                for (int i = from; i < to; i++) {
                    put(target, at[i] + shift, bits[i], length);
                }
            }
        }
    }

    private void writeSome(byte[] target, int[] at, int shift, int from, int to) {
        boolean[] nulls = nulls();
        for (int i = from; i < to; i++) {
            int place = at[i] + shift;
            if (nulls[i]) {
                target[place] = 0;
                at[i]++;
            } else {
                target[place] = (byte) length;
                put(target, place + 1, bits[i], length);
                at[i] += 1 + length;
            }
        }
    }

    /** Puts the lowest bytes, of which there are {@code length}: 1 to 8. Where no single store fits, two that overlap do. */
    static void put(byte[] target, int at, long bits, int length) {
        switch (length) {
            case 1 -> target[at] = (byte) bits;
            case 2, 3 -> {
                LittleEndian.putShort(target, at, (short) bits);
                LittleEndian.putShort(target, at + length - 2, (short) (bits >>> 8 * (length - 2)));
            }
            case 8 -> LittleEndian.putLong(target, at, bits);
            default -> {
                LittleEndian.putInt(target, at, (int) bits);
                LittleEndian.putInt(target, at + length - 4, (int) (bits >>> 8 * (length - 4)));
            }
        }
    }
}
