package dev.tidegate.client.column;

/**
 * What a target keeps of a time of day.
 *
 * @param step nanoseconds between two values that the target can hold
 * @param datetime true for datetime, whose milliseconds end in 0, 3 or 7
 * @param cuts true when digits beyond may be cut off
 */
public record TimePrecision(long step, boolean datetime, boolean cuts, String target) {
    private static final long NANOSECONDS_PER_MILLISECOND = 1_000_000;

    /** @param scale digits after the second, 0 to 7 */
    public static TimePrecision ofScale(int scale, boolean cuts, String target) {
        long step = 1_000_000_000;
        for (int i = 0; i < scale; i++) {
            step /= 10;
        }
        return new TimePrecision(step, false, cuts, target);
    }

    public static TimePrecision ofSmallDatetime(boolean cuts) {
        return new TimePrecision(60_000_000_000L, false, cuts, "smalldatetime");
    }

    public static TimePrecision ofDatetime(boolean cuts) {
        return new TimePrecision(NANOSECONDS_PER_MILLISECOND, true, cuts, "datetime");
    }

    /** @param nanoseconds since midnight */
    public boolean holds(long nanoseconds) {
        return cuts || nanoseconds % step == 0 && (!datetime || endsRight(nanoseconds / step));
    }

    /** Whether every multiple of a unit is held as it is, down to 100 ns units. */
    public boolean holdsAll(long unitNanoseconds) {
        return !datetime && unitNanoseconds % step == 0;
    }

    /** 100 ns units since midnight, without the digits that the target has no room for. */
    public long ticks(long nanoseconds) {
        long kept = nanoseconds - nanoseconds % step;
        if (datetime) {
            while (!endsRight(kept / step)) {
                kept -= step;
            }
        }
        return kept / (1_000_000_000 / Ticks.PER_SECOND);
    }

    public String remedy() {
        return target + " has no room for all its digits; round it in the query or allow their loss ("
                + Loss.TIME.hint() + ")";
    }

    private static boolean endsRight(long milliseconds) {
        long last = milliseconds % 10;
        return last == 0 || last == 3 || last == 7;
    }
}
