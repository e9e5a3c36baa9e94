package dev.tidegate.client.column;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.row.ValueRun;
import java.nio.ByteBuffer;

/**
 * Text that is nothing but ASCII, as most is, eight bytes at a time. The methods read and write up to {@value #BEYOND_END} bytes beyond a
 * text's end, which have to be there: they belong to nobody, or are written later. The order of a target has to be little-endian.
 */
public final class Ascii {
    /** Bytes that source and target have beyond a text. */
    public static final int BEYOND_END = Long.BYTES;

    /** Bytes of four and of six words. */
    private static final int FOUR = 4 * Long.BYTES;

    private static final int SIX = 6 * Long.BYTES;

    private static final long BEYOND = 0x8080_8080_8080_8080L;
    private static final long BEYOND_UTF16 = 0xFF80_FF80_FF80_FF80L;

    private Ascii() {}

    /** Copies a text of a code page, or UTF-8; false if it is more than ASCII, and what was written means nothing. */
    public static boolean copy(byte[] source, int at, int length, ByteBuffer target, int start) {
        if (length < Long.BYTES) {
            long text = LittleEndian.getLong(source, at);
            target.putLong(start, text);
            return (text & BEYOND & (1L << Byte.SIZE * length) - 1) == 0;
        }
        int last = length - Long.BYTES;
        long beyond = copyEight(source, at, target, start, last);
        if (length > SIX) {
            for (int i = 0; i < last; i += Long.BYTES) {
                beyond |= copyEight(source, at, target, start, i);
            }
        } else {
            // Six words that may overlap, whatever the length: no branch depends on it, and none is foreseen wrongly.
            beyond |= copyEight(source, at, target, start, 0)
                    | copyEight(source, at, target, start, Math.min(8, last))
                    | copyEight(source, at, target, start, Math.min(16, last))
                    | copyEight(source, at, target, start, Math.min(24, last))
                    | copyEight(source, at, target, start, Math.min(32, last));
        }
        return (beyond & BEYOND) == 0;
    }

    private static long copyEight(byte[] source, int at, ByteBuffer target, int start, int place) {
        long eight = LittleEndian.getLong(source, at + place);
        target.putLong(start + place, eight);
        return eight;
    }

    /**
     * Copies the texts of a run, one behind the other.
     *
     * @param length of each; at least 1
     * @return false if one is more than ASCII, and what was written means nothing
     */
    public static boolean copyAll(ValueRun run, int length, ByteBuffer target, int start) {
        if (length <= Long.BYTES) {
            return copyShort(run, length, target, start);
        }
        return length <= FOUR ? copyFour(run, length, target, start) : copyLong(run, length, target, start);
    }

    private static boolean copyShort(ValueRun run, int length, ByteBuffer target, int start) {
        byte[] source = run.bytes();
        long beyond = 0;
        for (int i = 0, to = start; i < run.count(); i++, to += length) {
            long text = LittleEndian.getLong(source, run.start(i));
            target.putLong(to, text);
            beyond |= text;
        }
        return (beyond << 8 * (Long.BYTES - length) & BEYOND) == 0;
    }

    private static boolean copyFour(ValueRun run, int length, ByteBuffer target, int start) {
        byte[] source = run.bytes();
        int last = length - Long.BYTES;
        int second = Math.min(Long.BYTES, last);
        int third = Math.max(last - Long.BYTES, 0);
        long beyond = 0;
        for (int i = 0, to = start; i < run.count(); i++, to += length) {
            int at = run.start(i);
            beyond |= copyEight(source, at, target, to, 0)
                    | copyEight(source, at, target, to, second)
                    | copyEight(source, at, target, to, third)
                    | copyEight(source, at, target, to, last);
        }
        return (beyond & BEYOND) == 0;
    }

    private static boolean copyLong(ValueRun run, int length, ByteBuffer target, int start) {
        byte[] source = run.bytes();
        boolean narrow = true;
        for (int i = 0, to = start; i < run.count(); i++, to += length) {
            narrow &= copy(source, run.start(i), length, target, to);
        }
        return narrow;
    }

    /** Whether four units of UTF-16 are nothing but ASCII. */
    static boolean isNarrow(long four) {
        return (four & BEYOND_UTF16) == 0;
    }
}
