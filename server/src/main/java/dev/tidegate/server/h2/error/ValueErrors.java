package dev.tidegate.server.h2.error;

import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.error.ServerError;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;

/** Values that do not fit: too long, out of range, or of the wrong form. */
final class ValueErrors {
    /** H2's words for a value that is too long: {@code code CHARACTER VARYING(5)}. */
    private static final Pattern COLUMN =
            Pattern.compile("^(?:(\"[^\"]*\"|\\S+) )?([A-Z][A-Z_ ]*?)(?:\\((\\d+).*\\))?( NOT NULL)?$");

    /** H2's words for a value that cannot be converted for a column: {@code 'xyz' (c: "g" UUID)}. */
    private static final Pattern FOR_COLUMN =
            Pattern.compile("(?s)^(.*) \\([^:]*: \"?(.*?)\"? ([A-Z][A-Z_ ]*?)(?:\\(.*\\))?(?: COMMENT '.*')?(?: NOT NULL)?\\)$");

    /** A literal, or as much of it as H2 shows, and the length of its value. */
    private static final Pattern TOO_LONG = Pattern.compile("(?s)^(.*) \\(\\d+\\)$");

    private ValueErrors() {}

    static ServerError map(int code, H2Message message, FailedStatement context) {
        return switch (code) {
            case ErrorCode.VALUE_TOO_LONG_2 -> tooLong(message.parameter(0), message.parameter(1), context);
            case ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_1, ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE_2 ->
                KnownError.OVERFLOW_CONVERTING.with("expression", integerType(message.parameter(0)));
            case ErrorCode.INVALID_DATETIME_CONSTANT_2 -> KnownError.TEXT_TO_DATE.with();
            case ErrorCode.DIVISION_BY_ZERO_1 -> KnownError.DIVIDE_BY_ZERO.with();
            default -> conversion(message.parameter(0));
        };
    }

    /** A function or clause got a number that it does not take. */
    static ServerError argument(H2Message message) {
        String value = message.parameter(0);
        String parameter = message.parameter(1);
        return switch (parameter) {
            case "result FETCH" ->
                value.equals("NULL") ? KnownError.TOP_NOT_INTEGER.with() : KnownError.NEGATIVE_TOP.with();
            case "result OFFSET" ->
                value.equals("NULL") ? KnownError.TOP_NOT_INTEGER.with() : KnownError.NEGATIVE_OFFSET.with();
            case "number of tiles" -> KnownError.NTILE_NOT_POSITIVE.with();
            case "nth row" -> KnownError.NEGATIVE_LAG.with();
            default ->
                parameter.contains("() ") ? KnownError.FLOATING_POINT.with() : KnownError.INTERNAL.with(message.text());
        };
    }

    /** What the server's own routines could not compute. */
    static ServerError inFunction(SQLException failure, H2Message message) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ArithmeticException || cause instanceof DateTimeException) {
            return message.text().contains("\"difference(")
                    ? KnownError.DATE_DIFF_OVERFLOW.with("datediff", "datediff")
                    : KnownError.OVERFLOW_CONVERTING.with(
                            "expression", cause instanceof DateTimeException ? "date" : "numeric");
        }
        return KnownError.INTERNAL.with(message.text());
    }

    private static ServerError tooLong(String column, String value, FailedStatement context) {
        Matcher declared = COLUMN.matcher(column);
        if (declared.matches() && isNumeric(declared.group(2))) {
            return KnownError.OVERFLOW_CONVERTING.with("numeric", "numeric");
        }
        if (!declared.matches() || declared.group(1) == null || context.table().isEmpty()) {
            return KnownError.WOULD_BE_TRUNCATED.with();
        }
        int length = declared.group(3) == null ? 0 : Integer.parseInt(declared.group(3));
        String name = declared.group(1).replace("\"", "");
        return KnownError.VALUE_TRUNCATED.with(context.targetWithDatabase(), name, truncated(value, length));
    }

    /** What of the value would have fitted. H2 shows it as a literal followed by its length. */
    private static String truncated(String value, int length) {
        Matcher shown = TOO_LONG.matcher(value);
        // SQL Server shows nothing of a binary value.
        String text = shown.matches() ? H2Literal.text(shown.group(1)).orElse("") : "";
        return text.substring(0, Math.min(length, text.length()));
    }

    private static ServerError conversion(String detail) {
        Matcher forColumn = FOR_COLUMN.matcher(detail);
        String shown = forColumn.matches() ? forColumn.group(1) : detail;
        String value = H2Literal.text(shown).orElse(shown);
        String type = forColumn.matches() ? forColumn.group(3).strip() : "";
        return switch (type) {
            case "UUID" -> KnownError.TEXT_TO_UNIQUEIDENTIFIER.with();
            case "DATE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> KnownError.TEXT_TO_DATE.with();
            case "DECIMAL", "NUMERIC" -> KnownError.TYPE_CONVERSION.with("varchar", "numeric");
            case "DOUBLE PRECISION", "FLOAT" -> KnownError.TYPE_CONVERSION.with("varchar", "float");
            case "REAL" -> KnownError.TYPE_CONVERSION.with("varchar", "real");
            case "BIGINT" -> KnownError.TYPE_CONVERSION.with("varchar", "bigint");
            case "SMALLINT" -> KnownError.CONVERSION_FAILED.with("varchar", value, "smallint");
            case "TINYINT" -> KnownError.CONVERSION_FAILED.with("varchar", value, "tinyint");
            case "BOOLEAN" -> KnownError.CONVERSION_FAILED.with("varchar", value, "bit");
            case "BINARY", "BINARY VARYING", "BINARY LARGE OBJECT" ->
                KnownError.IMPLICIT_CONVERSION.with("varchar", "varbinary");
            default ->
                value.matches("\\s*[+-]?\\d{10,}\\s*")
                        ? KnownError.TEXT_OVERFLOWED_INT.with("varchar", value)
                        : KnownError.CONVERSION_FAILED.with("varchar", value, "int");
        };
    }

    private static String integerType(String value) {
        return value.length() > 18 ? "bigint" : "int";
    }

    private static boolean isNumeric(String type) {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "DECIMAL", "NUMERIC", "DECFLOAT" -> true;
            default -> false;
        };
    }
}
