package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;

/**
 * money and smallmoney on the wire: ten-thousandths; money as two little-endian halves, the high one first ([MS-TDS] 2.2.5.5.1.4).
 */
public final class MoneyBytes {
    /** Digits after the point. */
    public static final int SCALE = 4;

    private MoneyBytes() {}

    /** @param length 4 or 8 */
    public static long get(byte[] bytes, int offset, int length) {
        int first = LittleEndian.getInt(bytes, offset);
        return length == 4 ? first : (long) first << 32 | LittleEndian.getInt(bytes, offset + 4) & 0xFFFF_FFFFL;
    }

    /** Puts the eight bytes of a money. */
    public static void put(byte[] bytes, int offset, long value) {
        LittleEndian.putInt(bytes, offset, (int) (value >>> 32));
        LittleEndian.putInt(bytes, offset + 4, (int) value);
    }
}
