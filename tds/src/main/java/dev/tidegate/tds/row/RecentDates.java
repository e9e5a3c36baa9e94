package dev.tidegate.tds.row;

import java.time.LocalDate;

/** The dates that a result has had lately: those of about eleven years have each a place of their own. */
final class RecentDates {
    /** A power of two. */
    static final int PLACES = 4_096;

    private final int[] keys = new int[PLACES];
    private final LocalDate[] values = new LocalDate[PLACES];
    private final Trial trial = new Trial(PLACES);

    boolean isOver() {
        return trial.isOver();
    }

    LocalDate get(int epochDay) {
        int place = epochDay & PLACES - 1;
        LocalDate known = keys[place] == epochDay ? values[place] : null;
        trial.asked(known != null);
        if (known == null) {
            known = LocalDate.ofEpochDay(epochDay);
            keys[place] = epochDay;
            values[place] = known;
        }
        return known;
    }
}
