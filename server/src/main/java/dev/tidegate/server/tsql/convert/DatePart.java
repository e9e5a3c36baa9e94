package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The parts of dates and times that DATEADD, DATEDIFF, DATEPART and DATENAME take. */
public enum DatePart {
    YEAR(ChronoUnit.YEARS, "yy", "yyyy"),
    QUARTER(null, "qq", "q"),
    MONTH(ChronoUnit.MONTHS, "mm", "m"),
    DAYOFYEAR(ChronoUnit.DAYS, "dy", "y"),
    DAY(ChronoUnit.DAYS, "dd", "d"),
    WEEK(ChronoUnit.WEEKS, "wk", "ww"),
    ISO_WEEK(null, "isowk", "isoww"),
    WEEKDAY(ChronoUnit.DAYS, "dw", "w"),
    HOUR(ChronoUnit.HOURS, "hh", "hh"),
    MINUTE(ChronoUnit.MINUTES, "mi", "n"),
    SECOND(ChronoUnit.SECONDS, "ss", "s"),
    MILLISECOND(ChronoUnit.MILLIS, "ms", "ms"),
    MICROSECOND(ChronoUnit.MICROS, "mcs", "mcs"),
    NANOSECOND(ChronoUnit.NANOS, "ns", "ns"),
    TZOFFSET(null, "tz", "tzoffset");

    private final ChronoUnit unit;
    private final String shortName;
    private final String otherName;

    DatePart(ChronoUnit unit, String shortName, String otherName) {
        this.unit = unit;
        this.shortName = shortName;
        this.otherName = otherName;
    }

    /** The unit to add; null where there is none of its own. */
    ChronoUnit unit() {
        return unit;
    }

    public static DatePart of(String function, String name) throws SqlServerException {
        String lower = name.toLowerCase(Locale.ROOT);
        for (DatePart part : values()) {
            if (part.name().equalsIgnoreCase(name) || part.shortName.equals(lower) || part.otherName.equals(lower)) {
                return part;
            }
        }
        throw KnownError.UNKNOWN_OPTION.exception(name, function.toLowerCase(Locale.ROOT));
    }
}
