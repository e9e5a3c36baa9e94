package dev.tidegate.duckdb.text;

import dev.tidegate.client.column.Loss;
import dev.tidegate.duckdb.ColumnWidth;
import java.util.Locale;
import java.util.Set;

/**
 * The type that holds every text of a column: written out again, each value is the value that was read.
 *
 * @param precision digits in all, for numbers that a decimal can hold; else 0
 * @param scale digits behind the point of such numbers, or behind the second
 * @param width of the longest text, in UTF-16 units
 * @param nanoseconds true when all dates lie between 1677 and 2262, where 64 bits can count nanoseconds
 * @param utc true when no offset is other than zero
 */
public record TextType(Kind kind, int precision, int scale, int width, boolean nanoseconds, boolean utc) {
    /** What the texts of a column are. */
    public enum Kind {
        BOOLEAN,
        /** Whole numbers of 64 bits with sign. */
        BIGINT,
        DECIMAL,
        DOUBLE,
        DATE,
        TIME,
        TIMESTAMP,
        /** A timestamp with an offset. */
        OFFSET,
        TEXT
    }

    /** Digits behind the second that SQL Server's types hold. */
    private static final int SQL_SERVER_DIGITS = 7;

    private static final int MICROSECOND_DIGITS = 6;
    private static final int LONGEST_NVARCHAR = 4000;

    /** @param measured false to give texts an nvarchar(max) whatever their length */
    public String sqlServer(boolean measured) {
        boolean fits = scale <= SQL_SERVER_DIGITS;
        // As many digits as the rows of another file of this kind may have.
        int digits = Math.max(MICROSECOND_DIGITS, scale);
        return switch (kind) {
            case BOOLEAN -> "bit";
            case BIGINT -> "bigint";
            case DECIMAL -> decimal().toLowerCase(Locale.ROOT);
            case DOUBLE -> "float";
            case DATE -> "date";
            case TIME -> fits ? "time(" + digits + ")" : text(measured);
            case TIMESTAMP -> fits ? "datetime2(" + digits + ")" : text(measured);
            case OFFSET -> fits ? "datetimeoffset(" + digits + ")" : text(measured);
            case TEXT -> text(measured);
        };
    }

    /** @param allowed what DuckDB's type may lose: an offset, or digits of the second */
    public String duckdb(Set<Loss> allowed) {
        boolean micros = scale <= MICROSECOND_DIGITS;
        return switch (kind) {
            case BOOLEAN, BIGINT, DOUBLE, DATE -> kind.name();
            case DECIMAL -> decimal();
            case TIME -> micros ? "TIME" : "TIME_NS";
            case TIMESTAMP -> micros ? "TIMESTAMP" : nanoseconds ? "TIMESTAMP_NS" : "VARCHAR";
            case OFFSET ->
                (utc || allowed.contains(Loss.OFFSET)) && (micros || allowed.contains(Loss.TIME))
                        ? "TIMESTAMP WITH TIME ZONE"
                        : "VARCHAR";
            case TEXT -> "VARCHAR";
        };
    }

    /** The decimal that holds the numbers, as DuckDB writes it. */
    public String decimal() {
        return "DECIMAL(" + precision + "," + scale + ")";
    }

    private String text(boolean measured) {
        return "nvarchar" + (measured ? ColumnWidth.declared(width, LONGEST_NVARCHAR) : "(max)");
    }
}
