package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.Samples.Table;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypedValue;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written in runs is what is written row by row, and what is not written is refused row by row. */
class RunEncoderTest {
    private static final Set<SqlTypeName> ONE_BY_ONE =
            Set.of(SqlTypeName.SQL_VARIANT, SqlTypeName.VECTOR, SqlTypeName.TEXT, SqlTypeName.NTEXT, SqlTypeName.IMAGE);

    @Provide
    Arbitrary<Table> tables() {
        return Samples.tables(TypedValue.types().filter(type -> !ONE_BY_ONE.contains(type.sqlType())));
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void runsHaveTheBytesOfTheirRows(
            @ForAll("tables") Table table,
            @ForAll @IntRange(min = 1, max = 300) int count,
            @ForAll boolean inBlocks,
            @ForAll @IntRange(min = 512, max = 32_767) int packetSize,
            @ForAll long seed)
            throws IOException {
        Table many = many(table, count, new Random(seed));
        RowEncoder rows = RowEncoder.of(many.types());
        RunEncoder runs = RunEncoder.of(many.types(), rows).orElseThrow();
        RunSource[] sources = sources(many, inBlocks);
        Random random = new Random(seed);
        byte[] written = Wire.payload(
                out -> {
                    for (int first = 0; first < count; ) {
                        int run = Math.min(count - first, 1 + random.nextInt(RunEncoder.MOST_ROWS));
                        if (!runs.encode(out, sources, first, run)) {
                            assertThat(bytes(many, first, run))
                                    .as("only large values go one by one")
                                    .isGreaterThan(BytesRun.MOST_GATHERED / 4);
                            for (int row = first; row < first + run; row++) {
                                rows.encode(out, sources, row);
                            }
                        }
                        first += run;
                    }
                },
                packetSize);
        assertThat(written).isEqualTo(Samples.encode(many, false));
    }

    /** Rows of a table in any order, so that what one column's run leaves behind is found in the next. */
    private static Table many(Table table, int count, Random random) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(table.rows().get(random.nextInt(table.rows().size())));
        }
        return new Table(table.types(), rows);
    }

    private static int bytes(Table table, int first, int count) throws IOException {
        return Samples.encode(new Table(table.types(), table.rows().subList(first, first + count)), false).length;
    }

    private static RunSource[] sources(Table table, boolean inBlocks) {
        RunSource[] sources = new RunSource[table.types().size()];
        for (int i = 0; i < sources.length; i++) {
            int column = i;
            List<Object> values = new ArrayList<>();
            table.rows().forEach(row -> values.add(row[column]));
            sources[i] = new ListRuns(table.types().get(i), values, inBlocks);
        }
        return sources;
    }

    private static Arguments misfit(String type, Object value) {
        return Arguments.of(TypeInfo.ofSql(type), value);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                misfit("bit", 2L),
                misfit("bit", -1L),
                misfit("tinyint", 256L),
                misfit("tinyint", -1L),
                misfit("smallint", 32_768L),
                misfit("smallint", -32_769L),
                misfit("int", 1L << 31),
                misfit("int", -(1L << 31) - 1),
                misfit("int", 1L << 32),
                misfit("real", 1e39),
                misfit("real", Double.NaN),
                misfit("float", Double.POSITIVE_INFINITY),
                misfit("float", Double.NaN),
                misfit("numeric(4,2)", new BigDecimal("100.00")),
                misfit("numeric(4,2)", new BigDecimal("-100.00")),
                misfit("numeric(18,0)", BigDecimal.TEN.pow(18)),
                misfit("numeric(18,0)", BigDecimal.valueOf(Long.MIN_VALUE)),
                misfit("numeric(18,0)", new BigDecimal(BigInteger.ONE.shiftLeft(64))),
                misfit(
                        "numeric(18,0)",
                        new BigDecimal(BigInteger.ONE.shiftLeft(64).negate())),
                misfit("numeric(19,0)", BigDecimal.TEN.pow(19)),
                misfit("numeric(38,0)", BigDecimal.TEN.pow(38)),
                misfit("numeric(38,0)", BigDecimal.TEN.pow(38).negate()),
                misfit("money", new BigDecimal(BigInteger.ONE.shiftLeft(63), 4)),
                misfit("smallmoney", new BigDecimal(BigInteger.ONE.shiftLeft(31), 4)),
                misfit("smallmoney", new BigDecimal(BigInteger.ONE.shiftLeft(64), 4)),
                misfit("date", LocalDate.of(0, 12, 31)),
                misfit("date", LocalDate.of(10_000, 1, 1)),
                misfit("time(0)", LocalTime.of(1, 0, 0, 100_000_000)),
                misfit("time(3)", LocalTime.of(1, 0, 0, 100_000)),
                misfit("time(5)", LocalTime.of(1, 0, 0, 1_000)),
                misfit("time(6)", LocalTime.of(1, 0, 0, 100)),
                misfit("datetime2(6)", LocalDateTime.of(2024, 1, 1, 0, 0, 0, 100)),
                misfit("datetime2(7)", LocalDateTime.of(0, 12, 31, 0, 0)),
                misfit("datetime2(0)", LocalDateTime.of(10_000, 1, 1, 0, 0)),
                misfit("datetime", LocalDateTime.of(1752, 12, 31, 23, 0)),
                misfit("datetime", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_000_000)),
                misfit("smalldatetime", LocalDateTime.of(1899, 12, 31, 0, 0)),
                misfit("smalldatetime", LocalDateTime.of(2079, 6, 7, 0, 0)),
                misfit("smalldatetime", LocalDateTime.of(2000, 1, 1, 0, 0, 1)),
                misfit("datetimeoffset(7)", OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(15))),
                misfit(
                        "datetimeoffset(7)",
                        OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(-14))
                                .withOffsetSameLocal(ZoneOffset.ofHours(1))),
                misfit("datetimeoffset(3)", OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 100, ZoneOffset.UTC)),
                misfit("nvarchar(3)", "four"),
                misfit("varchar(3)", "four"),
                misfit("varchar(9)", "an \u4e2d"),
                misfit("varchar(9)", "\ud83d\ude00"),
                misfit("varbinary(2)", new byte[3]),
                Arguments.of(TypeInfo.ofSql("varchar(3)", Collation.UTF8), "\u00e4\u00f6"),
                Arguments.of(new TypeInfo(dev.tidegate.tds.type.DataType.VARBINARY, 9, 0, 0, null, null), new byte[0]),
                Arguments.of(new TypeInfo(dev.tidegate.tds.type.DataType.INT4, 4, 0, 0, null, null), null));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void ofARunWithAMisfitNothingIsWritten(TypeInfo type, Object misfit) throws IOException {
        Object fits = TypedValue.valuesOf(type).sample();
        RowEncoder rows = RowEncoder.of(List.of(type));
        RunEncoder runs = RunEncoder.of(List.of(type), rows).orElseThrow();
        for (boolean inBlocks : new boolean[] {false, true}) {
            RunSource[] source = {new ListRuns(type, Arrays.asList(fits, misfit, fits), inBlocks)};
            TdsWriter out = new TdsWriter(new ByteArrayOutputStream());
            out.begin(PacketType.BULK_LOAD);
            assertThat(runs.encode(out, source, 0, 3)).isFalse();
            assertThat(out.position()).isZero();
            assertThat(runs.encode(out, source, 2, 1)).isTrue();
            assertThatThrownBy(() -> rows.encode(out, source, 1))
                    .isInstanceOf(misfit == null ? IllegalArgumentException.class : ValueOutOfRangeException.class);
        }
    }

    @Test
    void aSourceThatThrowsIsAskedRowByRow() throws IOException {
        List<TypeInfo> types = List.of(TypeInfo.integer());
        RunEncoder runs = RunEncoder.of(types, RowEncoder.of(types)).orElseThrow();
        RunSource[] broken = {new ListRuns(TypeInfo.integer(), Arrays.asList(1, "two"), false)};
        TdsWriter out = new TdsWriter(new ByteArrayOutputStream());
        out.begin(PacketType.BULK_LOAD);
        assertThat(runs.encode(out, broken, 0, 2)).isFalse();
        assertThat(out.position()).isZero();
        assertThatThrownBy(() -> runs.encode(out, new RunSource[0], 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Values of 800 bytes each in 50 columns: 5 MB in 128 rows. */
    @Test
    void ofManyColumnsNotMoreThanFourMegabytesAreTaken() throws IOException {
        List<TypeInfo> types = Collections.nCopies(50, TypeInfo.ofSql("nvarchar(max)"));
        RunEncoder runs = RunEncoder.of(types, RowEncoder.of(types)).orElseThrow();
        List<Object> values = Collections.nCopies(128, "x".repeat(400));
        for (boolean inBlocks : new boolean[] {false, true}) {
            RunSource[] sources = new RunSource[50];
            Arrays.fill(sources, new ListRuns(types.get(0), values, inBlocks));
            TdsWriter out = new TdsWriter(OutputStream.nullOutputStream());
            out.begin(PacketType.BULK_LOAD);
            assertThat(runs.encode(out, sources, 0, 128)).isFalse();
            assertThat(out.position()).isZero();
            assertThat(runs.encode(out, sources, 0, 100)).isTrue();
            assertThat(out.position()).isGreaterThan(100 * 50 * 800);
        }
    }

    /** In each run another column has long values. */
    @Test
    void whatAColumnOnceNeededIsNotKeptByAll() throws IOException {
        List<TypeInfo> types = Collections.nCopies(100, TypeInfo.ofSql("nvarchar(max)"));
        RunEncoder runs = RunEncoder.of(types, RowEncoder.of(types)).orElseThrow();
        ListRuns empty = new ListRuns(types.get(0), Collections.nCopies(128, ""), false);
        ListRuns full = new ListRuns(types.get(0), Collections.nCopies(128, "x".repeat(450)), false);
        TdsWriter out = new TdsWriter(OutputStream.nullOutputStream());
        out.begin(PacketType.BULK_LOAD);
        for (int column = 0; column < 100; column++) {
            RunSource[] sources = new RunSource[100];
            Arrays.fill(sources, empty);
            sources[column] = full;
            assertThat(runs.encode(out, sources, 0, 128)).isTrue();
            assertThat(runs.kept()).isLessThanOrEqualTo(8 * 1024 * 1024);
        }
    }

    @Test
    void someTypesAreWrittenOneByOneOnly() {
        for (String sql : List.of("sql_variant", "vector(3)", "text", "ntext", "image")) {
            List<TypeInfo> types = List.of(TypeInfo.integer(), TypeInfo.ofSql(sql));
            assertThat(RunEncoder.of(types, RowEncoder.of(types))).as(sql).isEqualTo(Optional.empty());
        }
    }

    @Test
    void onlySourcesThatGiveRunsAreTaken() {
        ListSource single = new ListSource(TypeInfo.integer(), List.of(1));
        RunSource inRuns = new ListRuns(single, false);
        assertThat(RunEncoder.takes(new ColumnSource[] {inRuns, inRuns})).isTrue();
        assertThat(RunEncoder.takes(new ColumnSource[] {inRuns, single})).isFalse();
    }
}
