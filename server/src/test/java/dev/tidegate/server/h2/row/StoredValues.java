package dev.tidegate.server.h2.row;

import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.h2.util.DateTimeUtils;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueDate;
import org.h2.value.ValueDouble;
import org.h2.value.ValueInteger;
import org.h2.value.ValueNull;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueReal;
import org.h2.value.ValueSmallint;
import org.h2.value.ValueTime;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTimestampTimeZone;
import org.h2.value.ValueUuid;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarchar;
import org.h2.value.ValueVarcharIgnoreCase;

/** What H2 may give for columns of SQL Server's types, what does not fit them included. */
public final class StoredValues {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private StoredValues() {}

    /** Columns and rows. */
    record Table(List<SqlType> types, List<Value[]> rows) {
        @Override
        public String toString() {
            return types + " " + rows.stream().map(Arrays::toString).toList();
        }
    }

    static Arbitrary<Table> tables() {
        return types().list().ofMinSize(1).ofMaxSize(6).flatMap(types -> row(types)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(rows -> new Table(types, rows)));
    }

    private static Arbitrary<Value[]> row(List<SqlType> types) {
        return Combinators.combine(types.stream().map(StoredValues::values).toList())
                .as(values -> values.toArray(Value[]::new));
    }

    public static Arbitrary<SqlType> types() {
        Arbitrary<TypeKind> kinds = Arbitraries.of(TypeKind.values())
                .filter(kind -> kind != TypeKind.SQL_VARIANT && kind != TypeKind.VECTOR);
        return kinds.flatMap(StoredValues::types);
    }

    private static Arbitrary<SqlType> types(TypeKind kind) {
        return switch (kind) {
            case DECIMAL, NUMERIC ->
                Arbitraries.integers().between(1, 38).flatMap(precision -> Arbitraries.integers()
                        .between(0, precision)
                        .map(scale -> new SqlType(kind, 0, precision, scale)));
            case TIME, DATETIME2, DATETIMEOFFSET ->
                Arbitraries.integers().between(0, 7).map(scale -> new SqlType(kind, 0, 0, scale));
            case CHAR, NCHAR, BINARY -> Arbitraries.of(1, 3, 40).map(length -> SqlType.sized(kind, length));
            case VARCHAR, NVARCHAR, VARBINARY ->
                Arbitraries.of(1, 40, 4000, SqlType.MAX).map(length -> SqlType.sized(kind, length));
            case REAL -> Arbitraries.just(SqlType.REAL);
            case FLOAT -> Arbitraries.just(SqlType.FLOAT);
            default -> Arbitraries.just(SqlType.plain(kind));
        };
    }

    public static Arbitrary<Value> values(SqlType type) {
        return stored(type).injectNull(0.2).map(value -> value == null ? ValueNull.INSTANCE : value);
    }

    private static Arbitrary<Value> stored(SqlType type) {
        return switch (type.kind()) {
            case BIT -> Arbitraries.of(true, false).map(ValueBoolean::get);
            case TINYINT -> Arbitraries.shorts().between((short) -2, (short) 258).map(ValueSmallint::get);
            case SMALLINT -> Arbitraries.shorts().map(ValueSmallint::get);
            case INT ->
                Arbitraries.oneOf(
                        Arbitraries.integers().map(ValueInteger::get),
                        Arbitraries.longs().between(1L << 30, 1L << 33).map(ValueBigint::get));
            case BIGINT -> Arbitraries.longs().map(ValueBigint::get);
            case REAL ->
                Arbitraries.oneOf(
                        Arbitraries.floats().map(ValueReal::get),
                        Arbitraries.of(Float.NaN, Float.POSITIVE_INFINITY, -0f).map(ValueReal::get));
            case FLOAT ->
                Arbitraries.oneOf(
                        Arbitraries.doubles().map(ValueDouble::get),
                        Arbitraries.of(Double.NaN, Double.NEGATIVE_INFINITY, -0d).map(ValueDouble::get));
            case DECIMAL, NUMERIC -> decimals(type.precision() + 1, type.scale());
            case MONEY -> decimals(20, 4);
            case SMALLMONEY -> decimals(11, 4);
            case DATE -> dates().map(ValueDate::fromDateValue);
            case TIME -> times(type.scale()).map(ValueTime::fromNanos);
            case DATETIME2 -> timestamps(type.scale());
            case DATETIME -> timestamps(3);
            case SMALLDATETIME ->
                Combinators.combine(dates(), Arbitraries.longs().between(0, 1439))
                        .as((date, minute) -> ValueTimestamp.fromDateValueAndNanos(date, minute * 60_000_000_000L));
            case DATETIMEOFFSET ->
                Combinators.combine(dates(), times(type.scale()), Arbitraries.integers().between(-840, 840))
                        .as((date, nanos, minutes) ->
                                ValueTimestampTimeZone.fromDateValueAndNanos(date, nanos, minutes * 60));
            case UNIQUEIDENTIFIER ->
                Arbitraries.oneOf(
                        Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(ValueUuid::get),
                        Arbitraries.just(ValueVarchar.get("0E984725-C51C-4BF4-9960-E1C80E27ABA0")));
            case CHAR, VARCHAR, NCHAR, NVARCHAR, TEXT, NTEXT, XML, JSON -> texts(type);
            case BINARY, VARBINARY, IMAGE ->
                Arbitraries.bytes().array(byte[].class).ofMaxSize(type.length() > 0 ? type.length() + 1 : 600)
                        .map(ValueVarbinary::getNoCopy);
            case ROWVERSION ->
                Arbitraries.bytes().array(byte[].class).ofSize(8).map(ValueVarbinary::getNoCopy);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static Arbitrary<Value> decimals(int digits, int scale) {
        return Combinators.combine(
                        Arbitraries.bigIntegers()
                                .between(
                                        BigInteger.TEN.pow(digits).negate(),
                                        BigInteger.TEN.pow(digits)),
                        Arbitraries.integers().between(Math.max(0, scale - 1), scale + 1))
                .as((unscaled, other) -> ValueNumeric.getAnyScale(new BigDecimal(unscaled, other)));
    }

    private static Arbitrary<Long> dates() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(-719_163, 2_932_900),
                        Arbitraries.longs().between(-25_567, 40_000),
                        Arbitraries.of(-719_162L, 2_932_896L, 2_932_897L, 0L))
                .map(DateTimeUtils::dateValueFromAbsoluteDay);
    }

    /** With a digit too many now and then, except beyond the seventh. */
    private static Arbitrary<Long> times(int scale) {
        return Arbitraries.integers().between(scale, Math.min(7, scale + 1)).flatMap(digits -> {
            long unit = (long) Math.pow(10, 9 - digits);
            return Arbitraries.longs().between(0, NANOS_PER_DAY / unit - 1).map(units -> units * unit);
        });
    }

    private static Arbitrary<Value> timestamps(int scale) {
        return Combinators.combine(dates(), times(scale)).as(ValueTimestamp::fromDateValueAndNanos);
    }

    private static Arbitrary<Value> texts(SqlType type) {
        int most = type.length() > 0 ? Math.min(type.length() + 2, 700) : 700;
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('ä', '€', '\ud83d', 'Ω')
                .ofMaxLength(Math.min(most, 60));
        Arbitrary<String> full = Arbitraries.of('x', 'é', 'Ж').map(c -> String.valueOf(c)
                .repeat(most));
        return Arbitraries.oneOf(any, any, full).map(ValueVarcharIgnoreCase::get);
    }
}
