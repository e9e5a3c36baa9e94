package dev.tidegate.arrow.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.row.RunEncoder;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors of any values, good and bad: what is encoded in runs is what is encoded row by row, and the same rows are refused. */
class VectorRunsTest {
    private static final int ROWS = 600;
    private static final String[] TEXTS = {
        "",
        "a",
        "tidal",
        "1234567890123456",
        "Gr\u00fc\u00dfe",
        "\u20ac 5",
        "\u65e5\u672c",
        "\ud83d\ude00 smile",
        "long ".repeat(30)
    };

    private record Pair(ArrowType from, String sql, Collation collation, Set<Loss> allowed) {
        TypeInfo to() {
            return collation == null ? TypeInfo.ofSql(sql) : TypeInfo.ofSql(sql, collation);
        }
    }

    static Stream<Arguments> pairs() {
        Stream<ArrowType> numbers = Stream.concat(
                Stream.of(8, 16, 32).map(bits -> (ArrowType) new ArrowType.Int(bits, false)),
                Stream.concat(
                        Stream.of(8, 16, 32, 64).map(bits -> (ArrowType) new ArrowType.Int(bits, true)),
                        Stream.of(
                                ArrowType.Bool.INSTANCE,
                                new ArrowType.Decimal(38, 2, 128),
                                new ArrowType.Decimal(38, 0, 128),
                                new ArrowType.Decimal(38, 4, 128))));
        Stream<Pair> exact = numbers.flatMap(type -> Stream.of(
                        "bit",
                        "tinyint",
                        "smallint",
                        "int",
                        "bigint",
                        "decimal(5,2)",
                        "decimal(15,2)",
                        "decimal(18,0)",
                        "decimal(20,4)",
                        "decimal(38,2)",
                        "decimal(38,30)",
                        "money",
                        "smallmoney")
                .map(sql -> new Pair(type, sql, null, Set.of())));
        Stream<Pair> floats = Stream.of(FloatingPointPrecision.SINGLE, FloatingPointPrecision.DOUBLE)
                .flatMap(precision -> Stream.of("real", "float")
                        .flatMap(sql -> Stream.of(Set.<Loss>of(), Set.of(Loss.NAN), Set.of(Loss.NAN, Loss.DIGITS))
                                .map(allowed -> new Pair(new ArrowType.FloatingPoint(precision), sql, null, allowed))));
        Stream<Pair> days = Stream.of(DateUnit.DAY, DateUnit.MILLISECOND)
                .flatMap(unit -> Stream.of("date", "smalldatetime", "datetime", "datetime2(3)")
                        .map(sql -> new Pair(new ArrowType.Date(unit), sql, null, Set.of())));
        Stream<Pair> moments = Stream.of(TimeUnit.values())
                .flatMap(unit -> Stream.of(
                                "smalldatetime",
                                "datetime",
                                "datetime2(0)",
                                "datetime2(3)",
                                "datetime2(6)",
                                "datetime2(7)",
                                "datetimeoffset(2)",
                                "datetimeoffset(7)")
                        .flatMap(sql -> Stream.of(Set.<Loss>of(), Set.of(Loss.TIME))
                                .map(allowed -> new Pair(
                                        new ArrowType.Timestamp(unit, sql.contains("offset") ? "UTC" : null),
                                        sql,
                                        null,
                                        allowed))));
        Stream<Pair> times = Stream.of(TimeUnit.values())
                .flatMap(unit -> Stream.of("time(0)", "time(4)", "time(7)")
                        .map(sql -> new Pair(
                                new ArrowType.Time(
                                        unit, unit == TimeUnit.SECOND || unit == TimeUnit.MILLISECOND ? 32 : 64),
                                sql,
                                null,
                                Set.of())));
        Stream<Pair> texts = Stream.of(ArrowType.Utf8.INSTANCE, ArrowType.LargeUtf8.INSTANCE)
                .flatMap(type -> Stream.of(
                                "char(20)",
                                "varchar(200)",
                                "varchar(max)",
                                "nchar(20)",
                                "nvarchar(200)",
                                "nvarchar(max)",
                                "xml",
                                "json")
                        .flatMap(sql -> Stream.of(
                                new Pair(type, sql, null, Set.of()),
                                new Pair(type, sql, null, Set.of(Loss.TEXT)),
                                new Pair(type, sql, Collation.UTF8, Set.of()))));
        Stream<Pair> bytes = Stream.of(
                        ArrowType.Binary.INSTANCE, ArrowType.LargeBinary.INSTANCE, new ArrowType.FixedSizeBinary(16))
                .flatMap(type -> Stream.of("binary(20)", "varbinary(30)", "varbinary(max)")
                        .map(sql -> new Pair(type, sql, null, Set.of())));
        Stream<Pair> uuids = Stream.of(new Pair(new ArrowType.FixedSizeBinary(16), "uniqueidentifier", null, Set.of()));
        return Stream.of(exact, floats, days, moments, times, texts, bytes, uuids)
                .flatMap(all -> all)
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void areEncodedAsTheirRows(Pair pair) throws Exception {
        Column to = new Column("x", pair.to(), Column.NULLABLE);
        Field field = new Field("x", FieldType.nullable(pair.from()), List.of());
        for (boolean withNulls : new boolean[] {false, true}) {
            try (BufferAllocator allocator = new RootAllocator();
                    FieldVector vector = field.createVector(allocator)) {
                fill(vector, pair, withNulls, new Random(pair.toString().hashCode()));
                VectorSource source = new LoadMapping(pair.allowed()).source(field, to);
                source.begin(vector);
                int refused = compare(source, pair.to(), pair.allowed().contains(Loss.TEXT));
                assertThat(refused).as("not all are refused").isLessThan(ROWS);
            }
        }
    }

    /** @return rows that are refused */
    private static int compare(ColumnSource source, TypeInfo type, boolean cuts) throws IOException {
        RowEncoder rows = RowEncoder.of(List.of(type));
        RunEncoder runs = RunEncoder.of(List.of(type), rows).orElseThrow();
        ColumnSource[] sources = {source};
        Random random = new Random(7);
        int refused = 0;
        for (int first = 0; first < ROWS; ) {
            int count =
                    Math.min(ROWS - first, random.nextInt(4) == 0 ? 1 + random.nextInt(100) : 1 + random.nextInt(3));
            byte[] expected = new byte[0];
            int bad = 0;
            for (int row = first; row < first + count; row++) {
                byte[] one = encoded(rows, sources, row);
                bad += one == null ? 1 : 0;
                expected = one == null ? expected : joined(expected, one);
            }
            refused += bad;
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            TdsWriter out = new TdsWriter(wire, 32_767);
            out.begin(PacketType.BULK_LOAD);
            boolean taken = runs.encode(out, sources, first, count);
            if (!cuts) {
                assertThat(taken).as("rows %d to %d", first, first + count).isEqualTo(bad == 0);
            }
            if (taken) {
                out.end();
                assertThat(bad).isZero();
                assertThat(withoutHeader(wire)).isEqualTo(expected);
            } else {
                assertThat(out.position()).isZero();
            }
            first += count;
        }
        return refused;
    }

    /** @return null if it is refused */
    private static byte[] encoded(RowEncoder rows, ColumnSource[] sources, int row) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        TdsWriter out = new TdsWriter(wire, 32_767);
        out.begin(PacketType.BULK_LOAD);
        try {
            rows.encode(out, sources, row);
        } catch (Misfit | ValueOutOfRangeException e) {
            return null;
        }
        out.end();
        return withoutHeader(wire);
    }

    private static byte[] withoutHeader(ByteArrayOutputStream wire) {
        byte[] bytes = wire.toByteArray();
        return Arrays.copyOfRange(bytes, 8, bytes.length);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Numbers of every size, small ones most; what stands where a value is NULL is as random. */
    private static void fill(FieldVector vector, Pair pair, boolean withNulls, Random random) {
        vector.setInitialCapacity(ROWS);
        vector.allocateNew();
        for (int row = 0; row < ROWS; row++) {
            if (vector instanceof BaseFixedWidthVector fixed) {
                while (fixed.getValueCapacity() <= row) {
                    fixed.reAlloc();
                }
                org.apache.arrow.vector.BitVectorHelper.setBit(fixed.getValidityBuffer(), row);
                putNumber(fixed, pair, row, random);
            } else if (vector instanceof VarCharVector texts) {
                texts.setSafe(row, text(random));
            } else if (vector instanceof LargeVarCharVector texts) {
                texts.setSafe(row, text(random));
            } else if (vector instanceof VarBinaryVector bytes) {
                bytes.setSafe(row, new byte[random.nextInt(32)]);
            } else {
                ((LargeVarBinaryVector) vector).setSafe(row, new byte[random.nextInt(32)]);
            }
            if (withNulls && random.nextInt(5) == 0) {
                org.apache.arrow.vector.BitVectorHelper.unsetBit(vector.getValidityBuffer(), row);
            }
        }
        vector.setValueCount(ROWS);
    }

    private static void putNumber(BaseFixedWidthVector vector, Pair pair, int row, Random random) {
        int width = vector.getTypeWidth();
        if (width == 0) {
            if (random.nextBoolean()) {
                org.apache.arrow.vector.BitVectorHelper.setBit(vector.getDataBuffer(), row);
            }
            return;
        }
        if (pair.from() instanceof ArrowType.FloatingPoint) {
            double[] some = {0, 1.5, -2.25, 0.1, 1e30, 1e300, Double.NaN, Double.NEGATIVE_INFINITY, Float.MIN_VALUE};
            double value = some[random.nextInt(random.nextInt(4) == 0 ? some.length : 3)];
            if (width == Float.BYTES) {
                vector.getDataBuffer().setFloat(4L * row, (float) value);
            } else {
                vector.getDataBuffer().setDouble(8L * row, value);
            }
            return;
        }
        long value = random.nextLong() >> random.nextInt(Long.SIZE);
        if (random.nextInt(3) > 0) {
            long[] units = {1, 1_000, 60_000, 1_000_000, 60_000_000, 1_000_000_000, 60_000_000_000L};
            value = value % 1_000 * units[random.nextInt(units.length)];
        }
        if (random.nextInt(3) == 0) {
            value &= Long.MAX_VALUE;
        }
        for (int i = 0; i < width; i++) {
            vector.getDataBuffer().setByte((long) row * width + i, (byte) (value >> Math.min(8 * i, 63)));
        }
        if (width == 16 && random.nextInt(8) == 0) {
            vector.getDataBuffer().setLong(16L * row + 8, random.nextLong() >> random.nextInt(Long.SIZE));
        }
    }

    private static byte[] text(Random random) {
        byte[] text = TEXTS[random.nextInt(random.nextInt(3) == 0 ? TEXTS.length : 4)].getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(60) == 0 && text.length > 0) {
            text[random.nextInt(text.length)] = (byte) 0xC3;
        }
        return text;
    }
}
