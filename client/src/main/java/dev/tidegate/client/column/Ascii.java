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

    /** Bytes of two, of four and of six words. */
    private static final int TWO = 2 * Long.BYTES;

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
        if (length <= SIX) {
            return (copySix(source, at, last, target, start) & BEYOND) == 0;
        }
        long beyond = copyEight(source, at, target, start, last);
        for (int i = 0; i < last; i += Long.BYTES) {
            beyond |= copyEight(source, at, target, start, i);
        }
        return (beyond & BEYOND) == 0;
    }

    /** Six words that may overlap, whatever the length, 8 to 48: no branch depends on it, and none is foreseen wrongly. */
    private static long copySix(byte[] source, int at, int last, ByteBuffer target, int start) {
        return copyEight(source, at, target, start, 0)
                | copyEight(source, at, target, start, Math.min(8, last))
                | copyEight(source, at, target, start, Math.min(16, last))
                | copyEight(source, at, target, start, Math.min(24, last))
                | copyEight(source, at, target, start, Math.min(32, last))
                | copyEight(source, at, target, start, last);
    }

    private static long copyEight(byte[] source, int at, ByteBuffer target, int start, int place) {
        long eight = LittleEndian.getLong(source, at + place);
        target.putLong(start + place, eight);
        return eight;
    }

    /**
     * Copies the texts of a run, none of which is NULL, one behind the other.
     *
     * @return false if one is more than ASCII, and what was written means nothing
     */
    public static boolean copyAll(ValueRun run, ByteBuffer target, int start) {
        int shortest = run.length(0);
        int longest = shortest;
        for (int i = 1; i < run.count(); i++) {
            shortest = Math.min(shortest, run.length(i));
            longest = Math.max(longest, run.length(i));
        }
        if (shortest == longest && longest < Long.BYTES) {
            return copyShort(run, longest, target, start);
        }
        if (shortest < Long.BYTES || longest > SIX) {
            return copyAny(run, target, start);
        }
        long beyond;
        if (longest <= TWO) {
            beyond = copyTwo(run, target, start);
        } else {
            beyond = longest <= FOUR ? copyFour(run, target, start) : copySix(run, target, start);
        }
        return (beyond & BEYOND) == 0;
    }

    /** All have the same length, less than 8. */
    private static boolean copyShort(ValueRun run, int length, ByteBuffer target, int start) {
        byte[] source = run.bytes();
        long beyond = 0;
        for (int i = 0, to = start; i < run.count(); i++, to += length) {
            long text = LittleEndian.getLong(source, run.start(i));
            target.putLong(to, text);
            beyond |= text;
        }
        return (beyond & BEYOND & (1L << Byte.SIZE * length) - 1) == 0;
    }

    private static boolean copyAny(ValueRun run, ByteBuffer target, int start) {
        byte[] source = run.bytes();
        boolean narrow = true;
        for (int i = 0, to = start; i < run.count(); i++) {
            narrow &= copy(source, run.start(i), run.length(i), target, to);
            to += run.length(i);
        }
        return narrow;
    }

    private static long copyTwo(ValueRun run, ByteBuffer target, int start) {
        byte[] source = run.bytes();
        long beyond = 0;
        for (int i = 0, to = start; i < run.count(); i++) {
            int at = run.start(i);
            int length = run.length(i);
            beyond |= copyEight(source, at, target, to, 0) | copyEight(source, at, target, to, length - Long.BYTES);
            to += length;
        }
        return beyond;
    }

    private static long copyFour(ValueRun run, ByteBuffer target, int start) {
        byte[] source = run.bytes();
        long beyond = 0;
        for (int i = 0, to = start; i < run.count(); i++) {
            int at = run.start(i);
            int length = run.length(i);
            int last = length - Long.BYTES;
            beyond |= copyEight(source, at, target, to, 0)
                    | copyEight(source, at, target, to, Math.min(Long.BYTES, last))
                    | copyEight(source, at, target, to, Math.max(last - Long.BYTES, 0))
                    | copyEight(source, at, target, to, last);
            to += length;
        }
        return beyond;
    }

    private static long copySix(ValueRun run, ByteBuffer target, int start) {
        byte[] source = run.bytes();
        long beyond = 0;
        for (int i = 0, to = start; i < run.count(); i++) {
            int length = run.length(i);
            beyond |= copySix(source, run.start(i), length - Long.BYTES, target, to);
            to += length;
        }
        return beyond;
    }

    /** Whether four units of UTF-16 are nothing but ASCII. */
    static boolean isNarrow(long four) {
        return (four & BEYOND_UTF16) == 0;
    }
}
