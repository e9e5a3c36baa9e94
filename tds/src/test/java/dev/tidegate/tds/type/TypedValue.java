package dev.tidegate.tds.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** A type and a value that fits it: what round trips are made of. */
public record TypedValue(TypeInfo type, Object value) {
    private static final String[] SIMPLE = {
        "bit",
        "tinyint",
        "smallint",
        "int",
        "bigint",
        "real",
        "float",
        "money",
        "smallmoney",
        "date",
        "smalldatetime",
        "datetime",
        "uniqueidentifier",
        "text",
        "ntext",
        "image",
        "xml",
        "json",
        "hierarchyid",
        "varchar(max)",
        "nvarchar(max)",
        "varbinary(max)",
        "sql_variant",
        "vector(3)",
        "vector(5, float16)"
    };

    /** Of any type, its value sometimes null. */
    public static Arbitrary<TypedValue> any() {
        return types().flatMap(type -> valuesOf(type).injectNull(0.15).map(value -> new TypedValue(type, value)));
    }

    /** Any type that a column can have, nullable and fixed forms, new and old tokens. */
    public static Arbitrary<TypeInfo> types() {
        return Arbitraries.oneOf(
                Arbitraries.of(SIMPLE).map(TypeInfo::ofSql),
                Arbitraries.of("text", "varchar(max)", "varchar(40)", "char(7)")
                        .map(sql -> TypeInfo.ofSql(sql, Collation.UTF8)),
                scaled(),
                sized(),
                legacy());
    }

    private static Arbitrary<TypeInfo> scaled() {
        Arbitrary<TypeInfo> decimals = Arbitraries.integers()
                .between(1, 38)
                .flatMap(precision -> Arbitraries.integers()
                        .between(0, precision)
                        .map(scale -> TypeInfo.ofSql("numeric(" + precision + "," + scale + ")")));
        Arbitrary<TypeInfo> times = Combinators.combine(
                        Arbitraries.of("time", "datetime2", "datetimeoffset"),
                        Arbitraries.integers().between(0, 7))
                .as((name, scale) -> TypeInfo.ofSql(name + "(" + scale + ")"));
        return Arbitraries.oneOf(decimals, times);
    }

    private static Arbitrary<TypeInfo> sized() {
        return Combinators.combine(
                        Arbitraries.of("char", "varchar", "nchar", "nvarchar", "binary", "varbinary"),
                        Arbitraries.of(1, 2, 10, 50, 300, 4000))
                .as((name, length) -> TypeInfo.ofSql(name + "(" + length + ")"));
    }

    /** Tokens that are never NULL, and those with a length of one byte. */
    private static Arbitrary<TypeInfo> legacy() {
        return Arbitraries.of(
                TypeInfo.of(DataType.INT1),
                TypeInfo.of(DataType.BIT),
                TypeInfo.of(DataType.INT2),
                TypeInfo.of(DataType.INT4),
                TypeInfo.of(DataType.INT8),
                TypeInfo.of(DataType.FLT4),
                TypeInfo.of(DataType.FLT8),
                TypeInfo.of(DataType.MONEY),
                TypeInfo.of(DataType.MONEY4),
                TypeInfo.of(DataType.DATETIME),
                TypeInfo.of(DataType.DATETIM4),
                new TypeInfo(DataType.DECIMAL, 9, 15, 4, null, null),
                new TypeInfo(DataType.NUMERIC, 17, 38, 38, null, null),
                // Some clients declare the longest form, whatever the precision.
                new TypeInfo(DataType.DECIMALN, 17, 5, 2, null, null),
                new TypeInfo(DataType.CHAR, 20, 0, 0, null, null),
                new TypeInfo(DataType.VARCHAR, 255, 0, 0, null, null),
                new TypeInfo(DataType.BINARY, 20, 0, 0, null, null),
                new TypeInfo(DataType.VARBINARY, 255, 0, 0, null, null));
    }

    public boolean canBeNull() {
        return type.type().layout() != DataType.Layout.FIXED;
    }

    /** Values that a type takes, its bounds among them. */
    public static Arbitrary<?> valuesOf(TypeInfo type) {
        return switch (type.sqlType()) {
            case BIT -> Arbitraries.of(true, false);
            case TINYINT -> Arbitraries.shorts().between((short) 0, (short) 255);
            case SMALLINT -> often(Arbitraries.shorts(), List.of(Short.MIN_VALUE, Short.MAX_VALUE, (short) -1));
            case INT -> often(Arbitraries.integers(), List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1));
            case BIGINT -> often(Arbitraries.longs(), List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L));
            case REAL -> often(Arbitraries.floats(), List.of(Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f));
            case FLOAT ->
                often(Arbitraries.doubles(), List.of(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -0d));
            case DECIMAL, NUMERIC -> decimals(type.precision(), type.scale());
            case MONEY ->
                often(Arbitraries.longs(), List.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L))
                        .map(value -> BigDecimal.valueOf(value, 4));
            case SMALLMONEY ->
                often(Arbitraries.integers(), List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, -1))
                        .map(value -> BigDecimal.valueOf(value, 4));
            case DATE -> dates(TemporalBytes.MIN_EPOCH_DAY, TemporalBytes.MAX_EPOCH_DAY);
            case TIME -> times(type.scale());
            case SMALLDATETIME -> smalldatetimes();
            case DATETIME -> datetimes();
            case DATETIME2 -> datetime2s(type.scale());
            case DATETIMEOFFSET -> datetimeoffsets(type.scale());
            case UNIQUEIDENTIFIER ->
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
            case NCHAR, NVARCHAR, NTEXT, XML -> utf16(limit(type) / 2);
            case JSON -> unicode(limit(type) / 3);
            case CHAR, VARCHAR, TEXT -> text(type);
            case BINARY, VARBINARY, IMAGE, UDT -> bytes(type);
            case VECTOR -> vectors(type);
            case SQL_VARIANT -> variants();
            case NULL, TABLE -> throw new IllegalArgumentException(type.toSql());
        };
    }

    private static <T> Arbitrary<T> often(Arbitrary<T> any, List<T> bounds) {
        return Arbitraries.frequencyOf(Tuple.of(4, any), Tuple.of(1, Arbitraries.of(bounds)));
    }

    private static int limit(TypeInfo type) {
        return type.isChunked() ? 20_000 : Math.min(20_000, type.maxLength());
    }

    private static int least(TypeInfo type) {
        return type.type().layout() == DataType.Layout.BYTE_LENGTH ? 1 : 0;
    }

    private static Arbitrary<BigDecimal> decimals(int precision, int scale) {
        BigInteger most = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        return often(
                        Arbitraries.bigIntegers().between(most.negate(), most),
                        List.of(most, most.negate(), BigInteger.ZERO, BigInteger.ONE.negate()))
                .map(unscaled -> new BigDecimal(unscaled, scale));
    }

    private static Arbitrary<LocalDate> dates(long least, long most) {
        return often(Arbitraries.longs().between(least, most), List.of(least, most, 0L))
                .map(LocalDate::ofEpochDay);
    }

    private static Arbitrary<LocalTime> times(int scale) {
        long perUnit = TemporalBytes.ticksPerUnit(scale) * 100;
        return Arbitraries.longs()
                .between(0, 86_400_000_000_000L / perUnit - 1)
                .map(units -> LocalTime.ofNanoOfDay(units * perUnit));
    }

    private static Arbitrary<LocalDateTime> datetime2s(int scale) {
        return Combinators.combine(dates(TemporalBytes.MIN_EPOCH_DAY, TemporalBytes.MAX_EPOCH_DAY), times(scale))
                .as(LocalDateTime::of);
    }

    private static Arbitrary<OffsetDateTime> datetimeoffsets(int scale) {
        // A day from the ends, so that both the local date and that in UTC are in range.
        return Combinators.combine(
                        dates(TemporalBytes.MIN_EPOCH_DAY + 1L, TemporalBytes.MAX_EPOCH_DAY - 1L),
                        times(scale),
                        Arbitraries.integers().between(-840, 840))
                .as((date, time, minutes) -> OffsetDateTime.of(date, time, ZoneOffset.ofTotalSeconds(minutes * 60)));
    }

    private static Arbitrary<LocalDateTime> datetimes() {
        return Combinators.combine(
                        dates(TemporalBytes.MIN_DATETIME_EPOCH_DAY, TemporalBytes.MAX_EPOCH_DAY),
                        Arbitraries.integers().between(0, 86_400_000 / 10 - 1),
                        Arbitraries.of(0, 3, 7))
                .as((date, hundredths, last) ->
                        date.atTime(LocalTime.ofNanoOfDay((hundredths * 10L + last) * 1_000_000)));
    }

    private static Arbitrary<LocalDateTime> smalldatetimes() {
        return Combinators.combine(
                        dates(TemporalBytes.EPOCH_DAY_1900, TemporalBytes.MAX_SMALLDATETIME_EPOCH_DAY),
                        Arbitraries.integers().between(0, 1439))
                .as((date, minute) -> date.atTime(minute / 60, minute % 60));
    }

    /** Any UTF-16 code units, unpaired surrogates among them. */
    private static Arbitrary<String> utf16(int most) {
        return lengths(0, most)
                .flatMap(length -> Arbitraries.chars()
                        .array(char[].class)
                        .ofMinSize(1)
                        .ofMaxSize(20)
                        .map(chars -> new String(chars)
                                .repeat(length / chars.length + 1)
                                .substring(0, length)));
    }

    private static Arbitrary<String> unicode(int most) {
        return lengths(0, most / 4)
                .flatMap(count -> Arbitraries.of("a", "ä", "€", "日", "😀", "\0")
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(5)
                        .map(parts -> String.join("", parts).repeat(count / parts.size())));
    }

    private static Arbitrary<String> text(TypeInfo type) {
        if (type.collation() != null && type.collation().isUtf8()) {
            return unicode(limit(type));
        }
        return lengths(least(type), limit(type))
                .flatMap(length -> Arbitraries.of('a', 'Z', ' ', '€', 'ÿ', 'é', '\0')
                        .array(Character[].class)
                        .ofMinSize(1)
                        .ofMaxSize(9)
                        .map(chars -> Stream.of(chars).map(String::valueOf).reduce("", String::concat))
                        .map(part -> part.repeat(length / part.length() + 1).substring(0, length)));
    }

    private static Arbitrary<byte[]> bytes(TypeInfo type) {
        return lengths(least(type), limit(type))
                .flatMap(length -> Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMinSize(8)
                        .ofMaxSize(8)
                        .map(some -> {
                            byte[] bytes = new byte[length];
                            Arrays.setAll(new Object[length], i -> bytes[i] = some[i & 7]);
                            return bytes;
                        }));
    }

    private static Arbitrary<Integer> lengths(int least, int most) {
        return Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.integers().between(least, Math.min(most, 40))),
                Tuple.of(1, Arbitraries.integers().between(least, most)),
                Tuple.of(1, Arbitraries.of(least, most)));
    }

    private static Arbitrary<float[]> vectors(TypeInfo type) {
        int dimensions = (type.maxLength() - 8) / VectorBytes.elementLength(type.scale());
        Arbitrary<Float> elements = type.scale() == VectorBytes.FLOAT16
                ? Arbitraries.of(0f, -0f, 1f, -2.5f, 65504f, -65504f, 0x1p-14f, 0x1p-24f, -0x3p-24f, 0.333251953125f)
                : Arbitraries.floats().filter(Float::isFinite);
        return elements.array(Float[].class).ofSize(dimensions).map(boxed -> {
            float[] vector = new float[boxed.length];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = boxed[i];
            }
            return vector;
        });
    }

    private static Arbitrary<SqlVariant> variants() {
        List<TypeInfo> bases = Stream.of(
                        "decimal(12,4)",
                        "numeric(38,10)",
                        "date",
                        "time(3)",
                        "datetime2(7)",
                        "datetimeoffset(0)",
                        "uniqueidentifier",
                        "char(9)",
                        "varchar(8000)",
                        "nchar(4)",
                        "nvarchar(4000)",
                        "binary(9)",
                        "varbinary(8000)")
                .map(TypeInfo::ofSql)
                .map(TypedValue::longestDecimal)
                .toList();
        List<TypeInfo> fixed = Stream.of(
                        DataType.BIT,
                        DataType.INT1,
                        DataType.INT2,
                        DataType.INT4,
                        DataType.INT8,
                        DataType.FLT4,
                        DataType.FLT8,
                        DataType.MONEY,
                        DataType.MONEY4,
                        DataType.DATETIME,
                        DataType.DATETIM4)
                .map(TypeInfo::of)
                .toList();
        return Arbitraries.oneOf(Arbitraries.of(bases), Arbitraries.of(fixed))
                .flatMap(base -> valuesOf(base).map(value -> new SqlVariant(base, value)));
    }

    /** A variant's decimal has no declared length; it is read as the longest. */
    private static TypeInfo longestDecimal(TypeInfo type) {
        return type.precision() == 0
                ? type
                : new TypeInfo(type.type(), DecimalBytes.MAX_LENGTH, type.precision(), type.scale(), null, null);
    }

    /** Values are equal by content. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TypedValue that && type.equals(that.type) && Objects.deepEquals(value, that.value);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        String shown = Arrays.deepToString(new Object[] {value});
        return type.toSql() + " [" + type.type() + "] "
                + (shown.length() > 200 ? shown.substring(0, 200) + "…" : shown);
    }
}
