package dev.tidegate.tds.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Which of the rows that were found behind a loaded one its reader has come to. One thread takes them, one after the other, without the lock that
 * guards the cursor. Whoever is about to use the cursor, under that lock, {@link #stop stops} this first and learns which row was taken last.
 * Both change one word by compare-and-set: no row is taken once it was stopped, and a reader of an earlier run takes none of a later one.
 *
 * <p>A run that is stopped early has been found in vain: the next one is half as long, and after several of them there is none any more.
 */
final class RowsAhead {
    /** Rows of a run, without the loaded one. */
    static final int MOST = 64;

    private static final int AT_FIRST = 32;

    /** Set in a word when its run has been stopped. */
    private static final long STOPPED = 1;

    /** Added to a word for each row that is taken. */
    private static final long ROW = 2;

    /** Added to a word for each run. */
    private static final long RUN = 1L << Short.SIZE;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(RowsAhead.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The number of the run, the row taken last, and whether it was stopped. */
    private volatile long word = STOPPED;

    private int most = AT_FIRST;
    private int found;

    /** How many rows are worth being looked for. */
    int most() {
        return most;
    }

    /** A run of so many rows begins; under the lock, after the one before was stopped. */
    void begin(int rows) {
        found = rows;
        word = (word & -RUN) + RUN;
    }

    /** What {@link #take} wants at first. */
    long word() {
        return word;
    }

    /**
     * Takes the next row. Without the lock, by one thread.
     *
     * @param present what {@link #word()} was after the run had begun, or {@link #next} of what this took last
     * @return false if there is none, or the run was stopped
     */
    boolean take(long present) {
        return (present & STOPPED) == 0 && row(present) < found && WORD.compareAndSet(this, present, present + ROW);
    }

    /** The word after a row was taken. */
    static long next(long present) {
        return present + ROW;
    }

    /** Whether rows may still be taken. */
    boolean isRunning() {
        return (word & STOPPED) == 0;
    }

    /**
     * Lets no row be taken any more; under the lock.
     *
     * @return which was taken last, 0 for the loaded one; -1 if there is no run, or it was stopped before
     */
    int stop() {
        if (!isRunning()) {
            return -1;
        }
        int row = row((long) WORD.getAndBitwiseOr(this, STOPPED));
        most = row < found ? most / 2 : Math.min(MOST, most * 2);
        return row;
    }

    private static int row(long word) {
        return (int) (word & RUN - 1) >>> 1;
    }
}
