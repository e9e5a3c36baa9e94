package dev.tidegate.client.column;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.type.TextBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** UTF-16LE, as nvarchar travels, to UTF-8, as columns hold text. */
public final class Utf8 {
    private static final int MOST_BYTES_PER_UNIT = 3;

    /** Bytes of eight units. */
    private static final int EIGHT = 8 * Character.BYTES;

    private Utf8() {}

    /**
     * A whole text.
     *
     * @param length in bytes, even
     * @param replaces whether half of a surrogate pair becomes U+FFFD
     * @return null at half of a surrogate pair that is not to be replaced
     */
    public static byte[] of(byte[] source, int offset, int length, boolean replaces) {
        int end = offset + length;
        byte[] ascii = new byte[length >> 1];
        if (copyAscii(source, offset, end, ascii, 0)) {
            return ascii;
        }
        byte[] room = new byte[MOST_BYTES_PER_UNIT * ascii.length];
        int written = general(source, offset, end, ByteBuffer.wrap(room), 0, replaces);
        return written < 0 ? null : Arrays.copyOf(room, written);
    }

    /**
     * Writes the units from {@code at} up to and without {@code end} into memory that is little-endian and has three bytes of room for each.
     *
     * @param replaces whether half of a surrogate pair becomes U+FFFD
     * @return bytes written, or -1 at half of a surrogate pair
     */
    public static int encode(byte[] source, int at, int end, ByteBuffer target, int start, boolean replaces) {
        int from = at;
        int to = start;
        while (from < end) {
            int ascii = to;
            while (end - from >= 4 * Long.BYTES) {
                long first = LittleEndian.getLong(source, from);
                long second = LittleEndian.getLong(source, from + Long.BYTES);
                long third = LittleEndian.getLong(source, from + 2 * Long.BYTES);
                long fourth = LittleEndian.getLong(source, from + 3 * Long.BYTES);
                if (!Ascii.isNarrow(first | second | third | fourth)) {
                    break;
                }
                target.putLong(to, narrow(first, second));
                target.putLong(to + Long.BYTES, narrow(third, fourth));
                from += 4 * Long.BYTES;
                to += 2 * Long.BYTES;
            }
            if (end - from >= EIGHT) {
                long four = LittleEndian.getLong(source, from);
                long next = LittleEndian.getLong(source, from + Long.BYTES);
                if (Ascii.isNarrow(four | next)) {
                    target.putLong(to, narrow(four, next));
                    from += EIGHT;
                    to += Long.BYTES;
                }
            }
            int left = end - from;
            if (left < EIGHT && to - ascii >= Long.BYTES) {
                // The last units once more together with those before them, which are known to be ASCII.
                long four = LittleEndian.getLong(source, end - EIGHT);
                long next = LittleEndian.getLong(source, end - Long.BYTES);
                if (Ascii.isNarrow(four | next)) {
                    to += left >> 1;
                    target.putLong(to - Long.BYTES, narrow(four, next));
                    break;
                }
            }
            // Eight units one by one, or what is left: a text that has one letter beyond ASCII has others.
            int until = Math.min(end, from + EIGHT);
            if (until < end && isHighSurrogate(source, until - Character.BYTES)) {
                until += Character.BYTES;
            }
            int written = general(source, from, until, target, to, replaces);
            if (written < 0) {
                return -1;
            }
            to += written;
            from = until;
        }
        return to - start;
    }

    /** Eight units that are ASCII, a byte for each. */
    private static long narrow(long four, long next) {
        return TextBytes.narrow(four) & 0xFFFF_FFFFL | (long) TextBytes.narrow(next) << 32;
    }

    /** One byte of each unit; false if the text is more than ASCII, and what was written means nothing. */
    private static boolean copyAscii(byte[] source, int at, int end, byte[] target, int start) {
        int from = at;
        int to = start;
        long beyond = 0;
        for (; end - from >= Long.BYTES; from += Long.BYTES, to += Integer.BYTES) {
            long four = LittleEndian.getLong(source, from);
            beyond |= four;
            LittleEndian.putInt(target, to, TextBytes.narrow(four));
        }
        for (; from < end; from += Character.BYTES) {
            int unit = unit(source, from);
            beyond |= unit;
            target[to++] = (byte) unit;
        }
        return Ascii.isNarrow(beyond);
    }

    private static int general(byte[] source, int from, int end, ByteBuffer target, int start, boolean replaces) {
        int to = start;
        for (int at = from; at < end; at += 2) {
            int unit = unit(source, at);
            if (unit < 0x80) {
                target.put(to++, (byte) unit);
            } else if (unit < 0x800) {
                target.put(to++, (byte) (0xC0 | unit >> 6));
                target.put(to++, (byte) (0x80 | unit & 0x3F));
            } else if (unit >= 0xD800 && unit < 0xDC00 && at + 2 < end && isLow(unit(source, at + 2))) {
                int point = Character.toCodePoint((char) unit, (char) unit(source, at + 2));
                at += 2;
                target.put(to++, (byte) (0xF0 | point >> 18));
                target.put(to++, (byte) (0x80 | point >> 12 & 0x3F));
                target.put(to++, (byte) (0x80 | point >> 6 & 0x3F));
                target.put(to++, (byte) (0x80 | point & 0x3F));
            } else {
                if (unit >= 0xD800 && unit < 0xE000) {
                    if (!replaces) {
                        return -1;
                    }
                    unit = 0xFFFD;
                }
                target.put(to++, (byte) (0xE0 | unit >> 12));
                target.put(to++, (byte) (0x80 | unit >> 6 & 0x3F));
                target.put(to++, (byte) (0x80 | unit & 0x3F));
            }
        }
        return to - start;
    }

    /** Whether the unit at this place is the first half of a surrogate pair. */
    public static boolean isHighSurrogate(byte[] source, int at) {
        return (source[at + 1] & 0xFC) == 0xD8;
    }

    private static boolean isLow(int unit) {
        return unit >= 0xDC00 && unit < 0xE000;
    }

    private static int unit(byte[] source, int at) {
        return LittleEndian.getUnsignedShort(source, at);
    }
}
