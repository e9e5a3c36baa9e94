package dev.tidegate.tds.row;

/**
 * Whether it is worth while to look for values among those that came lately, so that what repeats is made once. Where little repeats, looking
 * costs more than it saves: then it is given up for good. Used by one thread.
 */
final class Trial {
    private static final int LOOK_UPS = 256;

    /** Look-ups that may fail before it is judged, because nothing is known yet. */
    private int toFill;

    private int asked;
    private int found;
    private boolean over;

    /** @param places for values */
    Trial(int places) {
        this.toFill = places;
    }

    /** Whether too little has repeated. */
    boolean isOver() {
        return over;
    }

    /** To be told of each look-up. */
    void asked(boolean hit) {
        if (hit) {
            found++;
        } else if (toFill > 0) {
            toFill--;
            return;
        }
        if (++asked == LOOK_UPS) {
            over = found < LOOK_UPS / 2;
            asked = 0;
            found = 0;
        }
    }
}
