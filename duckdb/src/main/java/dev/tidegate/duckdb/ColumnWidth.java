package dev.tidegate.duckdb;

/**
 * The width with which a new column of text or bytes is declared: the next of a few usual ones from that of its longest value on, so that
 * rows which come later fit as well. It costs nothing to store, and is at most about two and a half times what was measured, or
 * 10, so that what the server sets aside for a sort by the declared width stays in proportion; a {@code (max)}
 * column would load several times slower. Stateless.
 */
public final class ColumnWidth {
    private static final int[] USUAL = {10, 20, 50, 100, 255, 500, 1000, 2000, 4000, 8000};

    private ColumnWidth() {}

    /**
     * @param measured length of the longest value, in the units of the type; 0 if there is none
     * @param longest that the type takes without {@code (max)}: 4000 or 8000
     * @return {@code (n)}, or {@code (max)} if the values are longer than that
     */
    public static String declared(long measured, int longest) {
        for (int width : USUAL) {
            if (width >= measured && width <= longest) {
                return "(" + width + ")";
            }
        }
        return "(max)";
    }
}
