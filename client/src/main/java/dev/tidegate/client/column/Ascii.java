package dev.tidegate.client.column;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.row.ValueRun;

/**
 * Text that is nothing but ASCII, as most is, eight bytes at a time. The methods read and write up to {@value #BEYOND_END} bytes beyond a
 * text's end, which have to be there: they belong to nobody, or are written later.
 */
public final class Ascii {
    /** Bytes that both arrays have beyond a text. */
    public static final int BEYOND_END = Long.BYTES;

    private static final long BEYOND = 0x8080_8080_8080_8080L;
    private static final long BEYOND_UTF16 = 0xFF80_FF80_FF80_FF80L;

    private Ascii() {}

    /** Copies a text of a code page, or UTF-8; false if it is more than ASCII, and what was written means nothing. */
    public static boolean copy(byte[] source, int at, int length, byte[] target, int start) {
        int whole = length & -Long.BYTES;
        long beyond = 0;
        for (int i = 0; i < whole; i += Long.BYTES) {
            long eight = LittleEndian.getLong(source, at + i);
            LittleEndian.putLong(target, start + i, eight);
            beyond |= eight;
        }
        long last = LittleEndian.getLong(source, at + whole);
        LittleEndian.putLong(target, start + whole, last);
        beyond |= last & (1L << 8 * (length & 7)) - 1;
        return (beyond & BEYOND) == 0;
    }

    /**
     * Copies the texts of a run, one behind the other.
     *
     * @param length of each; at least 1
     * @return false if one is more than ASCII, and what was written means nothing
     */
    public static boolean copyAll(ValueRun run, int length, byte[] target, int start) {
        return length <= Long.BYTES ? copyShort(run, length, target, start) : copyLong(run, length, target, start);
    }

    private static boolean copyShort(ValueRun run, int length, byte[] target, int start) {
        byte[] source = run.bytes();
        long beyond = 0;
        for (int i = 0, to = start; i < run.count(); i++, to += length) {
            long text = LittleEndian.getLong(source, run.start(i));
            LittleEndian.putLong(target, to, text);
            beyond |= text;
        }
        return (beyond << 8 * (Long.BYTES - length) & BEYOND) == 0;
    }

    private static boolean copyLong(ValueRun run, int length, byte[] target, int start) {
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
