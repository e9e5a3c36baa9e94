package dev.tidegate.cli.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Amounts {
    private Amounts() {}

    /** {@code 3,000,000} */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 row}, {@code 2 rows} */
    public static String rows(long value) {
        return count(value) + (value == 1 ? " row" : " rows");
    }

    /** {@code 812 B}, {@code 13.5 MB}; a kilobyte is 1,000 bytes. */
    public static String bytes(long value) {
        if (value < 1000) {
            return value + " B";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double scaled = value;
        int unit = -1;
        do {
            scaled /= 1000;
            unit++;
        } while (scaled >= 999.95 && unit < units.length - 1);
        return String.format(Locale.ROOT, "%.1f %s", scaled, units[unit]);
    }

    /** {@code 950}, {@code 12.3 k}, {@code 2.10 M}: a rate per second without its unit. */
    public static String rate(long amount, Duration during) {
        double perSecond = amount / Math.max(1e-3, during.toNanos() / 1e9);
        if (perSecond >= 1e6) {
            return String.format(Locale.ROOT, "%.2f M", perSecond / 1e6);
        }
        return perSecond >= 1e3
                ? String.format(Locale.ROOT, "%.1f k", perSecond / 1e3)
                : String.format(Locale.ROOT, "%.0f", perSecond);
    }

    /** {@code 0.42 s}, {@code 12.3 s}, {@code 4:07 min}, {@code 2:04:09 h} */
    public static String time(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            double exact = duration.toMillis() / 1e3;
            return String.format(Locale.ROOT, exact < 10 ? "%.2f s" : "%.1f s", exact);
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d h", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** {@code 0 s}, {@code 12 s}, {@code 4:07 min}, {@code 2:04:09 h} */
    public static String wholeSeconds(Duration duration) {
        return duration.toSeconds() < 60 ? duration.toSeconds() + " s" : time(duration);
    }
}
