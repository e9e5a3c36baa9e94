package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.NumberRange;
import dev.tidegate.client.column.TimePrecision;
import dev.tidegate.client.column.TimestampRange;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.load.DuckType.Kind;
import dev.tidegate.duckdb.load.TimestampSource.Unit;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Set;

/**
 * Which DuckDB type may go into which SQL Server column, and how. Only pairs without a change of meaning are taken: a number does not
 * become text, nor a timestamp a date, unless the query says so with a cast.
 */
final class LoadMapping implements Mapping {
    private final Set<Loss> allowed;

    LoadMapping(Set<Loss> allowed) {
        this.allowed = allowed;
    }

    @Override
    public Feed feed(DuckColumn from, Column to) throws SQLException {
        TypeInfo type = to.type();
        String name = to.name();
        Kind kind = from.type().kind();
        Feed feed = switch (type.type()) {
            case BIT, BITN, INT1, INT2, INT4, INT8, INTN -> integer(from, name, NumberRange.of(type));
            case FLT4, FLT8, FLTN -> floating(from, name, type.maxLength() == Float.BYTES);
            case DECIMAL, NUMERIC, DECIMALN, NUMERICN, MONEY4, MONEY, MONEYN ->
                number(from, name, NumberRange.of(type));
            case DATEN -> kind == Kind.DATE ? date(from, name, range(type)) : null;
            case TIMEN ->
                time(from, name, TimePrecision.ofScale(type.scale(), allowed.contains(Loss.TIME), type.toSql()));
            case DATETIM4, DATETIME, DATETIMEN, DATETIME2N -> timestamp(from, name, range(type));
            case DATETIMEOFFSETN ->
                kind == Kind.TIMESTAMPTZ ? counted(from, name, Unit.MICROSECONDS, "epoch_us(%s)", range(type)) : null;
            case GUID -> kind == Kind.UUID ? new Feed(sql(from, "%s::UHUGEINT"), new UuidSource(name)) : null;
            case CHAR, VARCHAR, BIGCHAR, BIGVARCHAR, TEXT, NCHAR, NVARCHAR, NTEXT, XML, JSON ->
                kind == Kind.TEXT || kind == Kind.UUID
                        ? new Feed(sql(from, "%s::VARCHAR"), TextSource.of(to, allowed))
                        : null;
            case BINARY, VARBINARY, BIGBINARY, BIGVARBINARY, IMAGE, UDT ->
                kind == Kind.BLOB ? new Feed(sql(from, "to_base64(%s)"), new BytesSource(to, allowed)) : null;
            case NULL, SSVARIANT, VECTOR, TVP -> null;
        };
        if (feed == null) {
            throw new SQLSyntaxErrorException(
                    "column \"" + name + "\": a " + from.type().text() + " of DuckDB does not go into " + type.toSql()
                            + " as it is; cast it in the query to a type that does (docs/types.md)",
                    "42846");
        }
        return feed;
    }

    private TimestampRange range(TypeInfo type) {
        return TimestampRange.of(type, allowed.contains(Loss.TIME));
    }

    private static String sql(DuckColumn from, String template) {
        return String.format(template, Identifiers.duckdb(from.name()));
    }

    private Feed integer(DuckColumn from, String name, NumberRange range) {
        return switch (from.type().kind()) {
            case BOOLEAN, INTEGER -> new Feed(sql(from, "%s::BIGINT"), new LongSource(name, range));
            case UBIGINT, HUGEINT, UHUGEINT, DECIMAL ->
                new Feed(wide(from), new NumberSource(name, range, allowed.contains(Loss.DIGITS)));
            default -> null;
        };
    }

    private Feed number(DuckColumn from, String name, NumberRange range) {
        return switch (from.type().kind()) {
            case BOOLEAN, INTEGER, UBIGINT, HUGEINT, UHUGEINT, DECIMAL ->
                isShort(from.type(), range)
                        ? unscaled(from, name, range)
                        : new Feed(wide(from), new NumberSource(name, range, allowed.contains(Loss.DIGITS)));
            default -> null;
        };
    }

    private static boolean isShort(DuckType from, NumberRange range) {
        int more = range.scale() - from.scale();
        return from.kind() == Kind.DECIMAL && more >= 0 && from.precision() + more <= UnscaledSource.MOST_DIGITS;
    }

    /** DuckDB multiplies decimals exactly, but up to 18 digits in 64 bits, where it refuses what has more. */
    private static Feed unscaled(DuckColumn from, String name, NumberRange range) {
        int digits = range.scale();
        int scale = from.type().scale();
        boolean fits = from.type().precision() + digits + 1 <= UnscaledSource.MOST_DIGITS;
        String power = "1" + "0".repeat(digits) + "::DECIMAL(" + (digits + 1) + ", 0)";
        String product = (fits ? "%s" : "%s::DECIMAL(38, " + scale + ")") + " * " + power;
        return new Feed(sql(from, "(" + product + ")::BIGINT"), new UnscaledSource(name, range, scale));
    }

    /** A vector that is read as BigInteger or BigDecimal. */
    private static String wide(DuckColumn from) {
        return switch (from.type().kind()) {
            case HUGEINT, UHUGEINT, DECIMAL -> sql(from, "%s");
            default -> sql(from, "%s::HUGEINT");
        };
    }

    private Feed floating(DuckColumn from, String name, boolean single) {
        return switch (from.type().kind()) {
            case FLOAT, DOUBLE -> new Feed(sql(from, "%s::DOUBLE"), new DoubleSource(name, single, allowed));
            default -> null;
        };
    }

    private static Feed date(DuckColumn from, String name, TimestampRange range) {
        String days = "CASE WHEN isfinite(%1$s) THEN %1$s - DATE '1970-01-01' WHEN %1$s IS NOT NULL THEN "
                + TimestampSource.INFINITE + " END";
        return new Feed(sql(from, days), new TimestampSource(name, Unit.DAYS, range));
    }

    private static Feed time(DuckColumn from, String name, TimePrecision precision) {
        return switch (from.type().kind()) {
            case TIME -> new Feed(sql(from, "epoch_us(%s) * 1000"), new TimeSource(name, precision));
            case TIME_NS -> new Feed(sql(from, "epoch_ns(%s)"), new TimeSource(name, precision));
            default -> null;
        };
    }

    private static Feed timestamp(DuckColumn from, String name, TimestampRange range) {
        return switch (from.type().kind()) {
            case DATE, TIMESTAMP -> counted(from, name, Unit.MICROSECONDS, "epoch_us(%s)", range);
            case TIMESTAMP_NS -> counted(from, name, Unit.NANOSECONDS, "epoch_ns(%s)", range);
            default -> null;
        };
    }

    /** DuckDB's epoch functions make NULL of an infinity, which would be a silent change. */
    private static Feed counted(DuckColumn from, String name, Unit unit, String epoch, TimestampRange range) {
        String column = Identifiers.duckdb(from.name());
        return new Feed(
                "coalesce(" + String.format(epoch, column) + ", CASE WHEN " + column + " IS NOT NULL THEN "
                        + TimestampSource.INFINITE + " END)",
                new TimestampSource(name, unit, range));
    }
}
