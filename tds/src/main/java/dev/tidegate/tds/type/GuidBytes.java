package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import java.util.UUID;

/** uniqueidentifier on the wire: the first three groups little-endian, the last two as they are read ([MS-TDS] 2.2.5.5.1.7). */
public final class GuidBytes {
    /** Bytes of a value. */
    public static final int LENGTH = 16;

    private GuidBytes() {}

    public static long high(byte[] bytes, int offset) {
        long first = LittleEndian.getInt(bytes, offset) & 0xFFFF_FFFFL;
        long second = LittleEndian.getUnsignedShort(bytes, offset + 4);
        long third = LittleEndian.getUnsignedShort(bytes, offset + 6);
        return first << 32 | second << 16 | third;
    }

    public static long low(byte[] bytes, int offset) {
        return Long.reverseBytes(LittleEndian.getLong(bytes, offset + 8));
    }

    public static void put(byte[] bytes, int offset, long high, long low) {
        LittleEndian.putInt(bytes, offset, (int) (high >>> 32));
        LittleEndian.putShort(bytes, offset + 4, (short) (high >>> 16));
        LittleEndian.putShort(bytes, offset + 6, (short) high);
        LittleEndian.putLong(bytes, offset + 8, Long.reverseBytes(low));
    }

    /** The first eight bytes on the wire, the first one lowest, of the upper half of a UUID. */
    public static long firstHalf(long high) {
        return high >>> 32 | (high >>> 16 & 0xFFFF) << 32 | high << 48;
    }

    static UUID read(byte[] bytes, int offset) {
        return new UUID(high(bytes, offset), low(bytes, offset));
    }
}
