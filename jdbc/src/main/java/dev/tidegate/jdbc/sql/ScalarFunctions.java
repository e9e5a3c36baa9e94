package dev.tidegate.jdbc.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The functions of the <code>{fn …}</code> escape (JDBC 4.3 appendix C) and what they are called in T-SQL. */
public final class ScalarFunctions {
    /** Same arguments, another name. */
    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("LENGTH", "LEN"),
            Map.entry("CHARACTER_LENGTH", "LEN"),
            Map.entry("CHAR_LENGTH", "LEN"),
            Map.entry("OCTET_LENGTH", "DATALENGTH"),
            Map.entry("LCASE", "LOWER"),
            Map.entry("UCASE", "UPPER"),
            Map.entry("LOCATE", "CHARINDEX"),
            Map.entry("INSERT", "STUFF"),
            Map.entry("REPEAT", "REPLICATE"),
            Map.entry("ATAN2", "ATN2"),
            Map.entry("IFNULL", "ISNULL"),
            Map.entry("DATABASE", "DB_NAME"),
            Map.entry("USER", "USER_NAME"),
            Map.entry("NOW", "GETDATE"),
            Map.entry("DAYOFMONTH", "DAY"));

    private static final Set<String> SAME = Set.of(
            "ABS",
            "ACOS",
            "ASIN",
            "ATAN",
            "CEILING",
            "COS",
            "COT",
            "DEGREES",
            "EXP",
            "FLOOR",
            "LOG",
            "LOG10",
            "PI",
            "POWER",
            "RADIANS",
            "RAND",
            "ROUND",
            "SIGN",
            "SIN",
            "SQRT",
            "TAN",
            "ASCII",
            "CHAR",
            "CONCAT",
            "DIFFERENCE",
            "LEFT",
            "LTRIM",
            "REPLACE",
            "RIGHT",
            "RTRIM",
            "SOUNDEX",
            "SPACE",
            "SUBSTRING",
            "YEAR",
            "MONTH");

    private static final Map<String, String> DATE_PARTS = Map.of(
            "DAYOFWEEK", "DATEPART(weekday, ",
            "DAYOFYEAR", "DATEPART(dayofyear, ",
            "HOUR", "DATEPART(hour, ",
            "MINUTE", "DATEPART(minute, ",
            "SECOND", "DATEPART(second, ",
            "QUARTER", "DATEPART(quarter, ",
            "WEEK", "DATEPART(week, ",
            "DAYNAME", "DATENAME(weekday, ",
            "MONTHNAME", "DATENAME(month, ");

    private static final Map<String, String> CLOCKS = Map.of(
            "CURDATE", "CAST(GETDATE() AS date)",
            "CURRENT_DATE", "CAST(GETDATE() AS date)",
            "CURTIME", "CAST(GETDATE() AS time)",
            "CURRENT_TIME", "CAST(GETDATE() AS time)",
            "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP");

    private static final Map<String, String> INTERVALS = new TreeMap<>(Map.of(
            "SQL_TSI_FRAC_SECOND", "nanosecond",
            "SQL_TSI_SECOND", "second",
            "SQL_TSI_MINUTE", "minute",
            "SQL_TSI_HOUR", "hour",
            "SQL_TSI_DAY", "day",
            "SQL_TSI_WEEK", "week",
            "SQL_TSI_MONTH", "month",
            "SQL_TSI_QUARTER", "quarter",
            "SQL_TSI_YEAR", "year"));

    private ScalarFunctions() {}

    /** Names for {@code DatabaseMetaData.getNumericFunctions}. */
    public static String numeric() {
        return "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,RAND,ROUND,SIGN,SIN,SQRT,"
                + "TAN,TRUNCATE";
    }

    /** Names for {@code DatabaseMetaData.getStringFunctions}. */
    public static String string() {
        return "ASCII,CHAR,CHARACTER_LENGTH,CHAR_LENGTH,CONCAT,DIFFERENCE,INSERT,LCASE,LEFT,LENGTH,LOCATE,LTRIM,OCTET_LENGTH,REPEAT,"
                + "REPLACE,RIGHT,RTRIM,SOUNDEX,SPACE,SUBSTRING,UCASE";
    }

    /** Names for {@code DatabaseMetaData.getSystemFunctions}. */
    public static String system() {
        return "DATABASE,IFNULL,USER";
    }

    /** Names for {@code DatabaseMetaData.getTimeDateFunctions}. */
    public static String timeDate() {
        return "CURDATE,CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,CURTIME,DAYNAME,DAYOFMONTH,DAYOFWEEK,DAYOFYEAR,HOUR,MINUTE,"
                + "MONTH,MONTHNAME,NOW,QUARTER,SECOND,TIMESTAMPADD,TIMESTAMPDIFF,WEEK,YEAR";
    }

    /** @param call what stands behind {@code fn}: a name and its arguments in parentheses */
    static String translate(String call, int depth) throws SQLException {
        int open = call.indexOf('(');
        boolean bare = open < 0;
        if (!bare && !call.endsWith(")")) {
            throw JdbcEscapes.syntax("{fn " + call + "} is not closed by a parenthesis");
        }
        String name = (bare ? call : call.substring(0, open)).trim().toUpperCase(Locale.ROOT);
        List<String> arguments = new ArrayList<>();
        for (String argument :
                bare ? List.<String>of() : Arguments.split(call.substring(open + 1, call.length() - 1))) {
            arguments.add(JdbcEscapes.translate(argument, depth));
        }
        return render(name, arguments);
    }

    private static String render(String name, List<String> arguments) throws SQLException {
        String all = String.join(", ", arguments);
        if (SAME.contains(name)) {
            return name + "(" + all + ")";
        }
        if (RENAMED.containsKey(name)) {
            return RENAMED.get(name) + "(" + all + ")";
        }
        if (CLOCKS.containsKey(name)) {
            return CLOCKS.get(name);
        }
        if (DATE_PARTS.containsKey(name)) {
            require(name, arguments, 1);
            return DATE_PARTS.get(name) + all + ")";
        }
        return switch (name) {
            case "MOD" -> {
                require(name, arguments, 2);
                yield "((" + arguments.get(0) + ") % (" + arguments.get(1) + "))";
            }
            case "TRUNCATE" -> {
                require(name, arguments, 2);
                yield "ROUND(" + all + ", 1)";
            }
            case "TIMESTAMPADD", "TIMESTAMPDIFF" -> {
                require(name, arguments, 3);
                String function = name.equals("TIMESTAMPADD") ? "DATEADD" : "DATEDIFF";
                yield function + "(" + interval(arguments.get(0)) + ", " + arguments.get(1) + ", " + arguments.get(2)
                        + ")";
            }
            case "CONVERT" -> {
                require(name, arguments, 2);
                yield "CAST(" + arguments.get(0) + " AS " + convertType(arguments.get(1)) + ")";
            }
            default ->
                throw JdbcEscapes.syntax(
                        "{fn " + name + "(…)} is not a function that the driver knows; call the server's own "
                                + "function without the escape");
        };
    }

    private static void require(String name, List<String> arguments, int count) throws SQLException {
        if (arguments.size() != count) {
            throw JdbcEscapes.syntax("{fn " + name + "(…)} takes " + count + " arguments, not " + arguments.size());
        }
    }

    private static String interval(String name) throws SQLException {
        String part = INTERVALS.get(name.trim().toUpperCase(Locale.ROOT));
        if (part == null) {
            throw JdbcEscapes.syntax(name + " is not an interval; known are " + String.join(", ", INTERVALS.keySet()));
        }
        return part;
    }

    private static String convertType(String name) throws SQLException {
        String upper = name.trim().toUpperCase(Locale.ROOT);
        CastType type = CastType.named(upper.startsWith("SQL_") ? upper.substring(4) : upper);
        if (type == null) {
            throw JdbcEscapes.syntax(name + " is not a type that {fn CONVERT(…)} knows");
        }
        return type.serverType();
    }
}
