package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.client.column.Loss;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What has to be done to columns before DuckDB writes them to a file, because it would change some values without a word. Columns whose
 * values a file cannot keep are refused.
 */
final class FileColumns {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
    private static final int LARGEST_PRECISION = 38;
    /** Types that change even inside of lists and structures. */
    private static final Pattern UNFIT_FOR_PARQUET =
            Pattern.compile("\\b(U?HUGEINT|TIME WITH TIME ZONE|INTERVAL)\\b|\\bUNION\\(");

    private final Endpoint.Format format;
    private final Set<Loss> allowed;

    FileColumns(Endpoint.Format format, Set<Loss> allowed) {
        this.format = format;
        this.allowed = allowed;
    }

    /** The rows of a source, each value such that it is written as it is. */
    String sql(CopySource source) throws SQLException {
        Map<String, String> columns = source.columns();
        if (columns.entrySet().stream().allMatch(column -> isWrittenAsItIs(column.getKey(), column.getValue()))) {
            return source.sql();
        }
        return columns.entrySet().stream()
                .map(column -> value(column.getKey(), column.getValue()) + " AS " + Identifiers.duckdb(column.getKey()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM (" + source.sql() + "\n)"));
    }

    private boolean isWrittenAsItIs(String name, String type) {
        return value(name, type).equals(Identifiers.duckdb(name));
    }

    private String value(String name, String type) {
        String column = Identifiers.duckdb(name);
        return switch (format) {
            case PARQUET -> parquet(name, column, type);
            case JSON, NDJSON -> json(name, column, type);
            case CSV -> type.equals("BLOB") ? hexadecimal(column) : column;
        };
    }

    private static String parquet(String name, String column, String type) {
        switch (type) {
            // Its integers end at 64 bits: DuckDB writes floats for these.
            case "HUGEINT", "UHUGEINT" -> {
                String decimal = "CAST(" + column + " AS DECIMAL(38,0))";
                return unless(
                        column + " > 99999999999999999999999999999999999999::HUGEINT"
                                + (type.equals("HUGEINT")
                                        ? " OR " + column + " < -99999999999999999999999999999999999999::HUGEINT"
                                        : ""),
                        name,
                        "Parquet holds no number of 39 digits; make text of it in the query (::VARCHAR)",
                        decimal);
            }
            case "INTERVAL" -> {
                return unless(
                        "datepart('microseconds', " + column + ") % 1000 <> 0",
                        name,
                        "Parquet holds intervals in milliseconds; make text of it in the query (::VARCHAR)",
                        column);
            }
            default -> {
                Matcher unfit = UNFIT_FOR_PARQUET.matcher(type);
                if (unfit.find()) {
                    throw refused(name, type, "Parquet has no place for " + unfit.group().replace("(", ""));
                }
                return column;
            }
        }
    }

    private String json(String name, String column, String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return decimal.group(1).equals(decimal.group(2))
                    ? withZero(name, column, Integer.parseInt(decimal.group(1)), type)
                    : column;
        }
        while (decimal.find()) {
            if (decimal.group(1).equals(decimal.group(2))) {
                throw refused(name, type, "DuckDB writes such decimals without the zero before the point, which is no JSON");
            }
        }
        return switch (type) {
            case "FLOAT", "DOUBLE" ->
                allowed.contains(Loss.NAN)
                        ? "CASE WHEN isfinite(" + column + ") THEN " + column + " END"
                        : unless(
                                "NOT isfinite(" + column + ")",
                                name,
                                "JSON has no such number; make it NULL in the query or allow it (--lossy nan)",
                                column);
            case "BLOB" -> hexadecimal(column);
            case "JSON" ->
                unless(
                        longNumbers(column),
                        name,
                        "DuckDB writes its numbers with 17 digits at most; make text of it in the query (::VARCHAR)",
                        column);
            default -> column;
        };
    }

    /** DuckDB writes .5 for 0.5 when there is no digit before the point, which is no JSON. */
    private static String withZero(String name, String column, int precision, String type) {
        if (precision == LARGEST_PRECISION) {
            throw refused(name, type, "DuckDB writes such decimals without the zero before the point, which is no JSON");
        }
        return "CAST(" + column + " AS DECIMAL(" + (precision + 1) + "," + precision + "))";
    }

    /** As SQL Server itself shows binary values, and as they are read back from text. */
    private static String hexadecimal(String column) {
        return "'0x' || hex(" + column + ")";
    }

    /** True when a JSON text has, outside of its strings, a number with a point or an exponent and more than 17 characters. */
    private static String longNumbers(String column) {
        String withoutStrings = "regexp_replace(CAST(" + column + " AS VARCHAR), '\"(\\\\.|[^\"\\\\])*\"', '\"\"', 'g')";
        return "regexp_matches(array_to_string(regexp_extract_all(" + withoutStrings
                + ", '[0-9.]{18,}[eE]?'), ' '), '[.eE]')";
    }

    private static String unless(String changed, String name, String reason, String value) {
        String column = Identifiers.duckdb(name);
        return "CASE WHEN " + changed + " THEN error(" + Identifiers.literal("column " + column + ": the value ")
                + " || CAST(" + column + " AS VARCHAR) || " + Identifiers.literal(" cannot be written as it is: " + reason)
                + ") ELSE " + value + " END";
    }

    private static CliException refused(String name, String type, String reason) {
        return new CliException(
                ExitCode.FAILED,
                "column \"" + name + "\" has type " + type + ": " + reason + "; make text of it in the query, with"
                        + " to_json(…) or ::VARCHAR");
    }
}
