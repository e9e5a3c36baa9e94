package dev.tidegate.client;

import dev.tidegate.tds.row.RunEncoder;

/**
 * How many rows a bulk load encodes at once. A run that is refused was read for nothing, since its rows are then read one by one: after one,
 * runs are shorter, and grow again slowly; after the shortest ones rows go one by one for a while.
 */
final class RunLength {
    static final int LEAST = 8;
    static final int PAUSE = 1_024;
    private static final int GROWTH = 4;

    private int rows = RunEncoder.MOST_ROWS;
    /** Rows until runs are tried again. */
    private int pause;

    /** The most rows that are to be encoded at once, or one by one, before this is asked again. */
    int rows() {
        return rows;
    }

    /** Whether to try these rows at once. */
    boolean isWorthwhile(int count) {
        if (pause == 0) {
            return true;
        }
        pause = Math.max(0, pause - count);
        return false;
    }

    /** @param taken false: the run was refused */
    void tried(int count, boolean taken) {
        if (taken) {
            rows = Math.min(RunEncoder.MOST_ROWS, rows + GROWTH);
        } else {
            pause = count <= LEAST ? PAUSE : 0;
            rows = Math.max(LEAST, count / 2);
        }
    }
}
