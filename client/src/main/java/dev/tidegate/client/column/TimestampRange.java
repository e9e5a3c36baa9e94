package dev.tidegate.client.column;

import dev.tidegate.tds.type.TypeInfo;
import java.time.LocalDate;

/**
 * The days that a SQL Server type holds, and what it keeps of their time.
 *
 * @param precision null for a date
 */
public record TimestampRange(TimePrecision precision, LocalDate first, LocalDate last) {
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final LocalDate FIRST_DATETIME = LocalDate.of(1753, 1, 1);
    private static final LocalDate FIRST_SMALL = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST_SMALL = LocalDate.of(2079, 6, 6);
    private static final int SMALL_LENGTH = 4;

    /**
     * @param cuts true when digits of the second that the type has no room for may be cut off
     * @return null for a type without days
     */
    public static TimestampRange of(TypeInfo type, boolean cuts) {
        return switch (type.type()) {
            case DATEN -> new TimestampRange(null, FIRST, LAST);
            case DATETIME2N, DATETIMEOFFSETN ->
                new TimestampRange(TimePrecision.ofScale(type.scale(), cuts, type.toSql()), FIRST, LAST);
            case DATETIM4, DATETIME, DATETIMEN ->
                type.maxLength() == SMALL_LENGTH
                        ? new TimestampRange(TimePrecision.ofSmallDatetime(cuts), FIRST_SMALL, LAST_SMALL)
                        : new TimestampRange(TimePrecision.ofDatetime(cuts), FIRST_DATETIME, LAST);
            default -> null;
        };
    }

    public boolean contains(long epochDay) {
        return epochDay >= first.toEpochDay() && epochDay <= last.toEpochDay();
    }

    /** For messages: which days there are. */
    public String bounds() {
        return "the column holds " + first + " to " + last;
    }
}
