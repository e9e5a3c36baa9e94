package dev.tidegate.tds.row;

import dev.tidegate.tds.type.TemporalBytes;
import dev.tidegate.tds.type.TypeInfo;

/** Runs of dates and times. What is out of range is left to the encoder of single rows, which says so. */
final class TemporalRuns {
    private static final int DAY_LENGTH = 3;
    private static final long TICKS_PER_MINUTE = 600_000_000L;

    private TemporalRuns() {}

    /** Whether all numbers are from {@code least} to {@code most}. */
    private static boolean within(long[] numbers, int count, long least, long most) {
        long beyond = 0;
        for (int i = 0; i < count; i++) {
            beyond |= numbers[i] - least | most - numbers[i];
        }
        return beyond >= 0;
    }

    private static boolean areTimes(long[] ticks, int count) {
        return within(ticks, count, 0, TemporalBytes.TICKS_PER_DAY - 1);
    }

    /** From ticks to units of a scale; false if some are no time of day, or have too many digits. */
    private static boolean toUnits(long[] ticks, int count, int scale) {
        if (!areTimes(ticks, count)) {
            return false;
        }
        // With a number that the compiler knows a division is a multiplication.
        return switch (scale) {
            case 7 -> true;
            case 6 -> divide(ticks, count, 10);
            case 3 -> divide(ticks, count, 10_000);
            case 0 -> divide(ticks, count, 10_000_000);
            default -> divide(ticks, count, TemporalBytes.ticksPerUnit(scale));
        };
    }

    private static boolean divide(long[] ticks, int count, long perUnit) {
        long lost = 0;
        for (int i = 0; i < count; i++) {
            long units = ticks[i] / perUnit;
            lost |= ticks[i] - units * perUnit;
            ticks[i] = units;
        }
        return lost == 0;
    }

    private static boolean toDays(long[] epochDays, int count) {
        boolean valid = within(epochDays, count, TemporalBytes.MIN_EPOCH_DAY, TemporalBytes.MAX_EPOCH_DAY);
        for (int i = 0; i < count; i++) {
            epochDays[i] -= TemporalBytes.MIN_EPOCH_DAY;
        }
        return valid;
    }

    private static void putDaysBehind(long[] units, long[] days, int count, int scale) {
        int timeBits = Byte.SIZE * TypeInfo.timeLength(scale);
        for (int i = 0; i < count; i++) {
            units[i] |= days[i] << timeBits;
        }
    }

    /** date. */
    static final class Date extends BitsRun {
        Date(TypeInfo type) {
            super(type, DAY_LENGTH);
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getEpochDays(first, count, isNull, bits);
            return toDays(bits, count);
        }
    }

    /** time. */
    static final class Time extends BitsRun {
        Time(TypeInfo type) {
            super(type, TypeInfo.timeLength(type.scale()));
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getTicks(first, count, isNull, bits);
            return toUnits(bits, count, type.scale());
        }
    }

    /** smalldatetime. */
    static final class SmallDateTime extends BitsRun {
        private final long[] ticks = new long[MOST_ROWS];

        SmallDateTime(TypeInfo type) {
            super(type, Integer.BYTES);
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getEpochDays(first, count, isNull, bits);
            source.getTicks(first, count, isNull, ticks);
            boolean valid = within(bits, count, TemporalBytes.EPOCH_DAY_1900, TemporalBytes.MAX_SMALLDATETIME_EPOCH_DAY)
                    && areTimes(ticks, count)
                    && divide(ticks, count, TICKS_PER_MINUTE);
            for (int i = 0; i < count; i++) {
                bits[i] = bits[i] - TemporalBytes.EPOCH_DAY_1900 | ticks[i] << Short.SIZE;
            }
            return valid;
        }
    }

    /** datetime: days, then 1/300 seconds, rounded as SQL Server does. */
    static final class DateTime extends BitsRun {
        private final long[] ticks = new long[MOST_ROWS];

        DateTime(TypeInfo type) {
            super(type, Long.BYTES);
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getEpochDays(first, count, isNull, bits);
            source.getTicks(first, count, isNull, ticks);
            if (!areTimes(ticks, count)) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                long units = (ticks[i] * 3 + 50_000) / 100_000;
                long next = units == TemporalBytes.DATETIME_UNITS_PER_DAY ? 1 : 0;
                bits[i] += next;
                ticks[i] = next == 1 ? 0 : units;
            }
            boolean valid = within(bits, count, TemporalBytes.MIN_DATETIME_EPOCH_DAY, TemporalBytes.MAX_EPOCH_DAY);
            for (int i = 0; i < count; i++) {
                bits[i] = bits[i] - TemporalBytes.EPOCH_DAY_1900 & 0xFFFF_FFFFL | ticks[i] << Integer.SIZE;
            }
            return valid;
        }
    }

    /** datetime2. */
    static final class DateTime2 extends BitsRun {
        private final long[] days = new long[MOST_ROWS];

        DateTime2(TypeInfo type) {
            super(type, TypeInfo.timeLength(type.scale()) + DAY_LENGTH);
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getEpochDays(first, count, isNull, days);
            source.getTicks(first, count, isNull, bits);
            boolean valid = toUnits(bits, count, type.scale()) && toDays(days, count);
            putDaysBehind(bits, days, count, type.scale());
            return valid;
        }
    }

    /** datetimeoffset: a datetime2 in UTC, then the minutes that it is shown with. */
    static final class DateTimeOffset extends PairRun {
        private final long[] days = new long[MOST_ROWS];

        DateTimeOffset(TypeInfo type) {
            super(type, TypeInfo.timeLength(type.scale()) + DAY_LENGTH, Short.BYTES);
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getEpochDays(first, count, isNull, days);
            source.getTicks(first, count, isNull, bits);
            source.getOffsetMinutes(first, count, isNull, more);
            boolean valid = areTimes(bits, count)
                    && within(more, count, -TemporalBytes.MAX_OFFSET_MINUTES, TemporalBytes.MAX_OFFSET_MINUTES)
                    && areShownInRange(count)
                    && toUnits(bits, count, type.scale())
                    && toDays(days, count);
            putDaysBehind(bits, days, count, type.scale());
            return valid;
        }

        /** The day that is shown can be the one before or after that in UTC, and has to exist too. */
        private boolean areShownInRange(int count) {
            long beyond = 0;
            for (int i = 0; i < count; i++) {
                long shown = days[i] + Math.floorDiv(bits[i] + more[i] * TICKS_PER_MINUTE, TemporalBytes.TICKS_PER_DAY);
                beyond |= shown - TemporalBytes.MIN_EPOCH_DAY | TemporalBytes.MAX_EPOCH_DAY - shown;
            }
            return beyond >= 0;
        }
    }
}
