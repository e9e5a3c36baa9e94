package dev.tidegate.jdbc.sql;

import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * The date and time literals of JDBC. They become casts of literals in the one form each type reads the same in every session language.
 */
final class DateTimeEscapes {
    private static final Pattern DATE = Pattern.compile("'(\\d{4}-\\d{1,2}-\\d{1,2})'");
    private static final Pattern TIME = Pattern.compile("'(\\d{1,2}:\\d{2}:\\d{2}(\\.\\d{1,9})?)'");
    private static final Pattern TIMESTAMP =
            Pattern.compile("'(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}(?::\\d{2})?)(\\.\\d{1,9})?'");

    private DateTimeEscapes() {}

    static String date(String literal) throws SQLException {
        var match = DATE.matcher(literal);
        if (!match.matches()) {
            throw JdbcEscapes.syntax("{d " + literal + "} is not a date: {d 'yyyy-mm-dd'}");
        }
        return "CAST('" + match.group(1) + "' AS date)";
    }

    static String time(String literal) throws SQLException {
        var match = TIME.matcher(literal);
        if (!match.matches()) {
            throw JdbcEscapes.syntax("{t " + literal + "} is not a time: {t 'hh:mm:ss'}");
        }
        return "CAST('" + cut(match.group(1)) + "' AS time)";
    }

    /** A datetime while that type can hold the value, as the server itself reads the escape; beyond it datetime2. */
    static String timestamp(String literal) throws SQLException {
        var match = TIMESTAMP.matcher(literal);
        if (!match.matches()) {
            throw JdbcEscapes.syntax("{ts " + literal + "} is not a timestamp: {ts 'yyyy-mm-dd hh:mm:ss.fff'}");
        }
        String clock = match.group(2).length() == 5 ? match.group(2) + ":00" : match.group(2);
        String fraction = match.group(3) == null ? "" : match.group(3);
        boolean fits = fraction.length() <= 4 && match.group(1).compareTo("1753-01-01") >= 0;
        return "CAST('" + cut(match.group(1) + "T" + clock + fraction) + "' AS " + (fits ? "datetime" : "datetime2")
                + ")";
    }

    /** The server refuses more than seven digits after the second. */
    private static String cut(String text) {
        int point = text.indexOf('.');
        return point < 0 ? text : text.substring(0, Math.min(text.length(), point + 8));
    }
}
