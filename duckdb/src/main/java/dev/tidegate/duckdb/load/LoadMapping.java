package dev.tidegate.duckdb.load;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.Loss;
import dev.tidegate.duckdb.load.DuckType.Kind;
import dev.tidegate.duckdb.load.TimestampSource.Unit;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.time.LocalDate;
import java.util.Set;

/**
 * Which DuckDB type may go into which SQL Server column, and how. Only pairs without a change of meaning are taken: a number does not
 * become text, nor a timestamp a date, unless the query says so with a cast.
 */
final class LoadMapping {
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final LocalDate FIRST_DATETIME = LocalDate.of(1753, 1, 1);
    private static final LocalDate FIRST_SMALL = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST_SMALL = LocalDate.of(2079, 6, 6);

    private static final int MONEY_SCALE = 4;

    private final Set<Loss> allowed;

    LoadMapping(Set<Loss> allowed) {
        this.allowed = allowed;
    }

    Feed feed(DuckColumn from, Column to) throws SQLException {
        TypeInfo type = to.type();
        String name = to.name();
        Kind kind = from.type().kind();
        Feed feed = switch (type.type()) {
            case BIT, BITN -> integer(from, name, 0, 1, "bit");
            case INT1, INT2, INT4, INT8, INTN -> integer(from, name, type.maxLength());
            case FLT4, FLT8, FLTN -> floating(from, name, type.maxLength() == Float.BYTES);
            case DECIMAL, NUMERIC, DECIMALN, NUMERICN -> decimal(from, name, type);
            case MONEY4 -> money(from, name, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
            case MONEY, MONEYN ->
                type.maxLength() == Integer.BYTES
                        ? money(from, name, Integer.MIN_VALUE, Integer.MAX_VALUE, type)
                        : money(from, name, Long.MIN_VALUE, Long.MAX_VALUE, type);
            case DATEN -> kind == Kind.DATE ? date(from, name) : null;
            case TIMEN -> time(from, name, TimePrecision.ofScale(type.scale(), cutsTime(), type.toSql()));
            case DATETIM4, DATETIME, DATETIMEN -> legacyTimestamp(from, name, type.maxLength() == 4);
            case DATETIME2N ->
                timestamp(from, name, TimePrecision.ofScale(type.scale(), cutsTime(), type.toSql()), FIRST, LAST);
            case DATETIMEOFFSETN ->
                kind == Kind.TIMESTAMPTZ
                        ? counted(
                                from,
                                name,
                                Unit.MICROSECONDS,
                                "epoch_us(%s)",
                                TimePrecision.ofScale(type.scale(), cutsTime(), type.toSql()),
                                FIRST,
                                LAST)
                        : null;
            case GUID -> kind == Kind.UUID ? new Feed(sql(from, "%s::UHUGEINT"), new UuidSource(name)) : null;
            case CHAR, VARCHAR, BIGCHAR, BIGVARCHAR, TEXT ->
                text(
                        from,
                        name,
                        limit(type),
                        type.collation() == null ? null : type.collation().charset(),
                        type.toSql());
            case NCHAR, NVARCHAR ->
                text(from, name, type.isPlp() ? Integer.MAX_VALUE : type.maxLength() / 2, null, type.toSql());
            case NTEXT, XML, JSON ->
                text(from, name, Integer.MAX_VALUE, null, type.type().sqlName());
            case BINARY, VARBINARY, BIGBINARY, BIGVARBINARY, IMAGE, UDT ->
                kind == Kind.BLOB
                        ? new Feed(
                                sql(from, "to_base64(%s)"),
                                new BytesSource(name, limit(type), allowed.contains(Loss.TEXT), type.toSql()))
                        : null;
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

    private boolean cutsTime() {
        return allowed.contains(Loss.TIME);
    }

    private static int limit(TypeInfo type) {
        return type.isPlp() ? Integer.MAX_VALUE : type.maxLength();
    }

    private static String sql(DuckColumn from, String template) {
        return String.format(template, Identifiers.duckdb(from.name()));
    }

    private static Feed integer(DuckColumn from, String name, int length) {
        return switch (length) {
            case 1 -> integer(from, name, 0, 255, "tinyint");
            case 2 -> integer(from, name, Short.MIN_VALUE, Short.MAX_VALUE, "smallint");
            case 4 -> integer(from, name, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
            default -> integer(from, name, Long.MIN_VALUE, Long.MAX_VALUE, "bigint");
        };
    }

    private static Feed integer(DuckColumn from, String name, long lowest, long highest, String target) {
        return switch (from.type().kind()) {
            case BOOLEAN, INTEGER -> new Feed(sql(from, "%s::BIGINT"), new LongSource(name, lowest, highest, target));
            case UBIGINT, HUGEINT, UHUGEINT, DECIMAL ->
                new Feed(
                        wide(from),
                        new NumberSource(name, 0, BigInteger.valueOf(lowest), BigInteger.valueOf(highest), target));
            default -> null;
        };
    }

    private static Feed decimal(DuckColumn from, String name, TypeInfo type) {
        BigInteger highest = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        return number(from, new NumberSource(name, type.scale(), highest.negate(), highest, type.toSql()));
    }

    private static Feed money(DuckColumn from, String name, long lowest, long highest, TypeInfo type) {
        return number(
                from,
                new NumberSource(
                        name, MONEY_SCALE, BigInteger.valueOf(lowest), BigInteger.valueOf(highest), type.toSql()));
    }

    private static Feed number(DuckColumn from, NumberSource source) {
        return switch (from.type().kind()) {
            case BOOLEAN, INTEGER, UBIGINT, HUGEINT, UHUGEINT, DECIMAL -> new Feed(wide(from), source);
            default -> null;
        };
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
            case FLOAT, DOUBLE ->
                new Feed(sql(from, "%s::DOUBLE"), new DoubleSource(name, single, allowed.contains(Loss.NAN)));
            default -> null;
        };
    }

    private static Feed date(DuckColumn from, String name) {
        String days = "CASE WHEN isfinite(%1$s) THEN %1$s - DATE '1970-01-01' WHEN %1$s IS NOT NULL THEN "
                + TimestampSource.INFINITE + " END";
        return new Feed(sql(from, days), new TimestampSource(name, Unit.DAYS, null, FIRST, LAST));
    }

    private static Feed time(DuckColumn from, String name, TimePrecision precision) {
        return switch (from.type().kind()) {
            case TIME -> new Feed(sql(from, "epoch_us(%s) * 1000"), new TimeSource(name, precision));
            case TIME_NS -> new Feed(sql(from, "epoch_ns(%s)"), new TimeSource(name, precision));
            default -> null;
        };
    }

    private Feed legacyTimestamp(DuckColumn from, String name, boolean small) {
        return small
                ? timestamp(from, name, TimePrecision.ofSmallDatetime(cutsTime()), FIRST_SMALL, LAST_SMALL)
                : timestamp(from, name, TimePrecision.ofDatetime(cutsTime()), FIRST_DATETIME, LAST);
    }

    private static Feed timestamp(
            DuckColumn from, String name, TimePrecision precision, LocalDate first, LocalDate last) {
        return switch (from.type().kind()) {
            case DATE -> counted(from, name, Unit.MICROSECONDS, "epoch_us(%s)", precision, first, last);
            case TIMESTAMP -> counted(from, name, Unit.MICROSECONDS, "epoch_us(%s)", precision, first, last);
            case TIMESTAMP_NS -> counted(from, name, Unit.NANOSECONDS, "epoch_ns(%s)", precision, first, last);
            default -> null;
        };
    }

    /** DuckDB's epoch functions make NULL of an infinity, which would be a silent change. */
    private static Feed counted(
            DuckColumn from,
            String name,
            Unit unit,
            String epoch,
            TimePrecision precision,
            LocalDate first,
            LocalDate last) {
        String column = Identifiers.duckdb(from.name());
        return new Feed(
                "coalesce(" + String.format(epoch, column) + ", CASE WHEN " + column + " IS NOT NULL THEN "
                        + TimestampSource.INFINITE + " END)",
                new TimestampSource(name, unit, precision, first, last));
    }

    private Feed text(DuckColumn from, String name, int longest, Charset charset, String target) {
        return switch (from.type().kind()) {
            case TEXT, UUID ->
                new Feed(
                        sql(from, "%s::VARCHAR"),
                        new TextSource(name, longest, charset, allowed.contains(Loss.TEXT), target));
            default -> null;
        };
    }
}
