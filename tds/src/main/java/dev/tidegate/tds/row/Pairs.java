package dev.tidegate.tds.row;

/** Places for values, two of which are one value's: the newer one stands in the first, the one before in its neighbour. */
final class Pairs {
    /** A power of two. */
    static final int PLACES = 64;

    private static final int HASH_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(PLACES);

    private Pairs() {}

    static int place(long hash) {
        return (int) (hash * 0x9E37_79B9_7F4A_7C15L >>> HASH_SHIFT);
    }

    static int neighbour(int place) {
        return place ^ 1;
    }
}
