package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;

/** The short texts that a column has had lately, by their bytes on the wire. */
final class RecentTexts {
    /** In bytes. */
    static final int LONGEST = 64;

    private final byte[][] keys = new byte[Pairs.PLACES][];
    private final String[] values = new String[Pairs.PLACES];
    private final Trial trial = new Trial(Pairs.PLACES);

    boolean isOver() {
        return trial.isOver();
    }

    /**
     * Null if it is not among them.
     *
     * @param length in bytes, at least 1
     */
    String find(byte[] bytes, int offset, int length) {
        int place = Pairs.place(hash(bytes, offset, length));
        String known = known(place, bytes, offset, length);
        if (known == null) {
            known = known(Pairs.neighbour(place), bytes, offset, length);
        }
        trial.asked(known != null);
        return known;
    }

    /** @param key which nobody changes */
    void add(byte[] key, String value) {
        int place = Pairs.place(hash(key, 0, key.length));
        keys[Pairs.neighbour(place)] = keys[place];
        values[Pairs.neighbour(place)] = values[place];
        keys[place] = key;
        values[place] = value;
    }

    private String known(int place, byte[] bytes, int offset, int length) {
        byte[] key = keys[place];
        return key != null && key.length == length && isSame(key, bytes, offset) ? values[place] : null;
    }

    /** In eights, the last of which may begin within the one before. */
    private static boolean isSame(byte[] key, byte[] bytes, int offset) {
        int last = key.length - Long.BYTES;
        if (last < 0) {
            int i = 0;
            while (i < key.length && key[i] == bytes[offset + i]) {
                i++;
            }
            return i == key.length;
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            if (LittleEndian.getLong(key, i) != LittleEndian.getLong(bytes, offset + i)) {
                return false;
            }
        }
        return LittleEndian.getLong(key, last) == LittleEndian.getLong(bytes, offset + last);
    }

    /** Of the beginning, the middle and the end: it has to tell apart what a column repeats, no more. */
    private static long hash(byte[] bytes, int offset, int length) {
        if (length < Long.BYTES) {
            return (bytes[offset] * 31L + bytes[offset + length / 2]) * 31 + bytes[offset + length - 1] + length;
        }
        long first = LittleEndian.getLong(bytes, offset);
        long middle = LittleEndian.getLong(bytes, offset + (length - Long.BYTES) / 2);
        long last = LittleEndian.getLong(bytes, offset + length - Long.BYTES);
        return (first * 31 + middle) * 31 + last + length;
    }
}
