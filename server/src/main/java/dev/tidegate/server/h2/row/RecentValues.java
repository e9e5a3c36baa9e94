package dev.tidegate.server.h2.row;

import java.util.Arrays;
import org.h2.value.Value;

/**
 * The short texts that a column has had lately, by their bytes on the wire: to make H2's value of a text means to fold its case. A
 * column that repeats little is soon not asked any more. Used by one thread.
 */
final class RecentValues {
    private static final int PLACES = 256;
    private static final int LONGEST = 64;
    private static final int TRIAL = 4096;

    private byte[][] keys = new byte[PLACES][];
    private Value[] values = new Value[PLACES];
    private int asked;
    private int found;

    /** @return null if it is not among them */
    Value find(byte[] bytes, int offset, int length) {
        if (keys == null || length > LONGEST) {
            return null;
        }
        int place = place(bytes, offset, length);
        byte[] key = keys[place];
        Value known = key != null && Arrays.equals(key, 0, key.length, bytes, offset, offset + length)
                ? values[place]
                : null;
        asked++;
        found += known == null ? 0 : 1;
        if (asked == TRIAL) {
            if (found < TRIAL / 4) {
                keys = null;
                values = null;
            }
            asked = 0;
            found = 0;
        }
        return known;
    }

    void add(byte[] bytes, int offset, int length, Value value) {
        if (keys != null && length <= LONGEST) {
            int place = place(bytes, offset, length);
            keys[place] = Arrays.copyOfRange(bytes, offset, offset + length);
            values[place] = value;
        }
    }

    private static int place(byte[] bytes, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ hash >>> 8 ^ hash >>> 16) & PLACES - 1;
    }
}
