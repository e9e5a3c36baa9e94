package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.Samples.Table;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypedValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Rows that are decoded in runs come out as rows that are decoded one by one, errors included. */
class RunDecoderTest {
    /** Takes runs, value by value. */
    static class RunRecorder extends RecordingSink implements RunSink {
        RunRecorder(TypeInfo column) {
            super(column);
        }
    }

    /** Of each kind that runs know, with NULLs at the end of a group and in its middle. */
    private static final List<TypeInfo> TYPES = Stream.of(
                    "bit",
                    "tinyint",
                    "smallint",
                    "int",
                    "bigint",
                    "real",
                    "char(3)",
                    "float",
                    "decimal(9,2)",
                    "varchar(20)",
                    "numeric(19,0)",
                    "decimal(38,10)",
                    "money",
                    "smallmoney",
                    "nchar(2)",
                    "date",
                    "time(3)",
                    "nvarchar(20)",
                    "smalldatetime",
                    "datetime",
                    "datetime2(7)",
                    "datetimeoffset(2)",
                    "uniqueidentifier",
                    "binary(2)",
                    "varbinary(9)")
            .map(TypeInfo::ofSql)
            .toList();

    private static final LocalDateTime MOMENT = LocalDateTime.of(2024, 2, 29, 12, 34);

    private static final Object[] VALUES = {
        true,
        (short) 255,
        (short) -2,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        1.5f,
        "abc",
        2.5,
        new BigDecimal("-1.25"),
        "größer",
        new BigDecimal("-9999999999999999999"),
        new BigDecimal("-1234567890123456789012345678.0123456789"),
        new BigDecimal("-922337203685477.5808"),
        new BigDecimal("10.0000"),
        "日本",
        LocalDate.of(9999, 12, 31),
        LocalTime.of(23, 59, 59, 999_000_000),
        "🌊 nvarchar",
        MOMENT,
        MOMENT,
        MOMENT.plusNanos(100),
        OffsetDateTime.parse("2024-02-29T12:34:00.25-03:30"),
        new UUID(-1, 2),
        new byte[] {1, 2},
        new byte[] {3}
    };

    /** What takes the values of a column. */
    RunRecorder recorder(TypeInfo type) {
        return new RunRecorder(type);
    }

    /** Mostly of types that runs know: a single column of another, and all rows are read one by one. */
    @Provide
    Arbitrary<Table> tables() {
        return Arbitraries.frequencyOf(Tuple.of(9, Samples.tables(knownTypes())), Tuple.of(1, Samples.tables()));
    }

    private static Arbitrary<TypeInfo> knownTypes() {
        return TypedValue.types().filter(RunDecoderTest::isKnown);
    }

    private static boolean isKnown(TypeInfo type) {
        return ColumnDecoders.of(type, 1, null).form() != RowLocator.Form.OTHER;
    }

    /** All rows alike, or mixed: rows have a shape in common only in the first case. */
    @Provide
    Arbitrary<Integer> shares() {
        return Arbitraries.of(0, 50, 100);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aRunTellsWhatItsRowsTell(
            @ForAll("tables") Table table,
            @ForAll @IntRange(min = 1, max = 80) int repeats,
            @ForAll @IntRange(min = 1, max = 2000) int packetPayload,
            @ForAll @IntRange(min = 1, max = 300) int most,
            @ForAll @Size(8) boolean[] wanted,
            @ForAll("shares") int compressed,
            @ForAll long seed)
            throws IOException {
        byte[] payload = encode(table, repeats, compressed, new Random(seed));
        assertThat(read(Wire.reader(payload, packetPayload), table.types(), wanted, most))
                .isEqualTo(read(Wire.reader(payload, packetPayload), table.types(), wanted, 0));
        int rows = Math.min(table.rows().size() * repeats, most);
        if (rows > 1 && payload.length <= 32_000 && table.types().stream().allMatch(RunDecoderTest::isKnown)) {
            assertThat(firstRun(Wire.reader(payload), table.types(), most)).isGreaterThan(1);
        }
    }

    private int firstRun(TdsReader in, List<TypeInfo> types, int most) throws IOException {
        ColumnSink[] sinks = types.stream().map(this::recorder).toArray(ColumnSink[]::new);
        return RowDecoder.of(types).decode(in, RowRoundTripTest.marker(in), sinks, 0, most);
    }

    @Example
    void whatIsDecodedHereIsDecodedInRuns() throws IOException {
        assertThat(firstRun(Wire.reader(everyKind()), TYPES, 100)).isEqualTo(11);
        assertThat(firstRun(Wire.reader(everyKind()), TYPES, 3)).isEqualTo(3);
        // An edge case of a list is one of nothing but the same.
        List<TypeInfo> types =
                knownTypes().list().ofSize(500).withoutEdgeCases().sample();
        assertThat(types.stream().map(TypeInfo::sqlType).distinct()).hasSizeGreaterThan(10);
    }

    @Example
    void aResultMayBeCutIntoPacketsAnywhere() throws IOException {
        byte[] payload = everyKind();
        String expected = outcome(Wire.reader(payload), 0);
        assertThat(expected).startsWith("[").contains("größer", "日本", "null");
        for (int at = 0; at <= payload.length; at++) {
            assertThat(outcome(Wire.readerSplitAt(payload, at), 100))
                    .as("cut at %d", at)
                    .isEqualTo(expected);
        }
        for (int size = 1; size <= 300; size++) {
            assertThat(outcome(Wire.reader(payload, size), 100))
                    .as("packets of %d", size)
                    .isEqualTo(expected);
        }
    }

    @Example
    void aResultThatEndsAnywhereFailsAsItsRowsDo() throws IOException {
        byte[] payload = everyKind();
        for (int length = 1; length < payload.length; length++) {
            byte[] part = Arrays.copyOf(payload, length);
            assertThat(outcome(Wire.reader(part), 100))
                    .as("the first %d bytes", length)
                    .isEqualTo(outcome(Wire.reader(part), 0));
        }
    }

    /** Rows that look as usual are looked at together: one that does not must be seen, wherever it stands. */
    @Example
    void aSingleNullAmongRowsThatAreAlikeIsSeen() throws IOException {
        RowEncoder encoder = RowEncoder.of(TYPES);
        for (int empty = 0; empty < TYPES.size(); empty++) {
            int column = empty;
            for (int at = 0; at < 12; at++) {
                int number = at;
                byte[] payload = Wire.payload(out -> {
                    for (int row = 0; row < 12; row++) {
                        Object[] values = VALUES.clone();
                        if (row == number) {
                            values[column] = null;
                        }
                        encoder.encode(out, values);
                    }
                });
                String outcome = outcome(Wire.reader(payload), 100);
                assertThat(outcome).contains("null");
                assertThat(outcome)
                        .as("column %d of row %d is NULL", column, number)
                        .isEqualTo(outcome(Wire.reader(payload), 0));
            }
        }
    }

    /** A length that the column cannot have is an error of the row that has it, also where it is found long after it was passed. */
    @Example
    void aLengthThatIsNoneAmongRowsThatAreAlikeIsSeen() throws IOException {
        List<TypeInfo> types = List.of(TypeInfo.integer(), TypeInfo.ofSql("varchar(20)"), TypeInfo.date());
        RowEncoder encoder = RowEncoder.of(types);
        byte[] payload = Wire.payload(out -> {
            for (int row = 0; row < 20; row++) {
                encoder.encode(out, new Object[] {row, "text", LocalDate.of(2024, 2, 29)});
            }
        });
        int rowLength = payload.length / 20;
        for (int row = 0; row < 20; row++) {
            byte[] broken = payload.clone();
            broken[row * rowLength + 1] = 3;
            String alone = outcome(Wire.reader(broken), types, 0);
            assertThat(alone).contains("claims 3 bytes");
            assertThat(outcome(Wire.reader(broken), types, 100)).isEqualTo(alone);
        }
    }

    /** Rows whose NULLs are always in the same columns, then in others, then nowhere: shapes that are learnt, and given up. */
    @Example
    void rowsThatAreAlikeAreReadAlike() throws IOException {
        RowEncoder encoder = RowEncoder.of(TYPES);
        byte[] payload = Wire.payload(out -> {
            for (int every : new int[] {3, 3, 5, 100, 3, 1}) {
                Object[] row = VALUES.clone();
                for (int column = every - 1; column < row.length; column += every) {
                    row[column] = null;
                }
                for (int i = 0; i < 50; i++) {
                    encoder.encode(out, row);
                }
            }
        });
        String expected = outcome(Wire.reader(payload), 0);
        assertThat(expected).startsWith("[");
        for (int most : new int[] {1, 3, 4, 7, 50, 60, 1000}) {
            assertThat(outcome(Wire.reader(payload, 900), most)).isEqualTo(expected);
        }
    }

    /** Over each byte of a result are put others, wherever a length, a day or a sign may stand. */
    @Example
    void aLieIsFoundAsInRows() throws IOException {
        byte[] payload = everyKind();
        int refused = 0;
        for (int at = 0; at < payload.length; at++) {
            for (int lie : new int[] {0, 1, 0x80, 0xFF}) {
                byte[] lying = payload.clone();
                lying[at] = (byte) lie;
                String expected = outcome(Wire.reader(lying, 1000), 0);
                assertThat(outcome(Wire.reader(lying, 1000), 100))
                        .as("0x%02x at %d", lie, at)
                        .isEqualTo(expected);
                refused += expected.startsWith("TdsProtocolException") ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    /** No value of it can have the declared length. */
    @Example
    void textOfAnOddDeclaredLengthIsReadAsInRows() throws IOException {
        List<TypeInfo> types = List.of(new TypeInfo(DataType.NCHAR, 3, 0, 0, Collation.DEFAULT, null));
        for (String value : List.of("0200 6100", "0000", "FFFF", "0300 610062", "0100 61", "0400 61006200")) {
            assertSameInRuns(types, Wire.hex(("D1" + value).repeat(5)));
        }
        assertThat(outcome(Wire.reader(Wire.hex("D1 0200 6100")), types, 100)).isEqualTo("[[[a]]]");
        assertThat(outcome(Wire.reader(Wire.hex("D1 0300 610062")), types, 100)).startsWith("TdsProtocolException");
    }

    /** Lengths that no decimal has, that of NULL among them. */
    @Example
    void decimalsOfAnyDeclaredLengthAreReadAsInRows() throws IOException {
        for (int length : new int[] {0, 1, 4, 6, 8, 16}) {
            List<TypeInfo> types = List.of(new TypeInfo(DataType.DECIMALN, length, 5, 2, null, null));
            assertThat(outcome(Wire.reader(Wire.hex("D1 00 D1 00")), types, 100))
                    .as("declared length %d", length)
                    .isEqualTo("[[[null], [null]]]");
            for (String value : List.of("00", "01 01", "05 01 01000000", "06 01 0100000000", "10" + "01".repeat(16))) {
                assertSameInRuns(types, Wire.hex(("D1" + value).repeat(5)));
            }
        }
    }

    /** Together they are longer than a number of 32 bits tells. */
    @Example
    void columnsMayDeclareMoreThanARowCanHave() throws IOException {
        List<TypeInfo> types =
                Collections.nCopies(33_000, new TypeInfo(DataType.BIGCHAR, 65_534, 0, 0, Collation.DEFAULT, null));
        byte[] empty = new byte[1 + 2 * types.size()];
        Arrays.fill(empty, (byte) 0xFF);
        empty[0] = (byte) 0xD1;
        assertThat(outcome(Wire.reader(empty), types, 100)).isEqualTo(outcome(Wire.reader(empty), types, 0));
        byte[] cut = Arrays.copyOf(empty, 100);
        assertThat(outcome(Wire.reader(cut), types, 100))
                .startsWith("TdsProtocolException")
                .isEqualTo(outcome(Wire.reader(cut), types, 0));
    }

    /** In a row without a bitmap the value is there, whatever the rows before have lacked. */
    @Example
    void aColumnWithoutALengthIsNullByABitmapOnly() throws IOException {
        TypeInfo plain = TypeInfo.of(DataType.INT4);
        assertSameInRuns(List.of(plain), Wire.hex("D201".repeat(4) + "D1 05000000".repeat(9)));
        byte[] two = Wire.hex("D203".repeat(4) + "D1 00000000 00 D1 07000000 04 08000000".repeat(5));
        assertSameInRuns(List.of(plain, TypeInfo.integer()), two);
        assertThat(outcome(Wire.reader(two), List.of(plain, TypeInfo.integer()), 4))
                .isEqualTo("[[[null], [null], [null], [null], " + "[0], [7], ".repeat(4) + "[0], [7]], "
                        + "[[null], [null], [null], [null], " + "[null], [8], ".repeat(4) + "[null], [8]]]");
    }

    private void assertSameInRuns(List<TypeInfo> types, byte[] payload) throws IOException {
        for (int most : new int[] {1, 4, 100}) {
            for (int size : new int[] {1, 7, 1000}) {
                assertThat(outcome(Wire.reader(payload, size), types, most))
                        .isEqualTo(outcome(Wire.reader(payload, size), types, 0));
            }
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void arbitraryBytesAreWhatTheyAreInRows(
            @ForAll("typeLists") List<TypeInfo> types,
            @ForAll boolean compressed,
            @ForAll @Size(max = 120) byte[] bytes)
            throws IOException {
        byte[] payload = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, payload, 1, bytes.length);
        payload[0] = (byte) (compressed ? 0xD2 : 0xD1);
        assertThat(outcome(Wire.reader(payload, 50), types, 100))
                .isEqualTo(outcome(Wire.reader(payload, 50), types, 0));
    }

    @Provide
    Arbitrary<List<TypeInfo>> typeLists() {
        // What the recorder makes of a vector has to be one.
        return knownTypes()
                .filter(type -> type.sqlType() != SqlTypeName.VECTOR)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    /** The first column refuses a later row than the second: as if the rows had come one by one, the earlier one is told. */
    @Example
    void theFirstRowThatIsRefusedIsTheOneThatIsTold() throws IOException {
        List<TypeInfo> types = List.of(TypeInfo.integer(), TypeInfo.integer(), TypeInfo.integer());
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(new Object[] {i, i, i});
        }
        TdsReader in = Wire.reader(Samples.encode(new Table(types, rows), false));
        RunRecorder third = new RunRecorder(types.get(2));
        ColumnSink[] sinks = {refusing(12), refusing(7), third};
        RowDecoder decoder = RowDecoder.of(types);
        assertThatThrownBy(() -> decoder.decode(in, RowRoundTripTest.marker(in), sinks, 0, 20))
                .isInstanceOfSatisfying(
                        RefusedRowException.class, e -> assertThat(e.row()).isEqualTo(7))
                .hasMessage("not 7");
        RunRecorder rest = new RunRecorder(types.get(0));
        ColumnSink[] others = {rest, null, null};
        assertThat(decoder.decode(in, RowRoundTripTest.marker(in), others, 0, 20))
                .isEqualTo(12);
        assertThat(rest.values).startsWith(8).endsWith(19).hasSize(12);
        assertThat(in.atEnd()).isTrue();
    }

    @Example
    void whatASinkThrowsOtherwiseEndsItsRun() throws IOException {
        List<TypeInfo> types = List.of(TypeInfo.integer());
        Table table = new Table(types, List.of(new Object[] {1}, new Object[] {2}));
        TdsReader in = Wire.reader(Samples.encode(table, false));
        ColumnSink[] sinks = {
            new RunRecorder(types.get(0)) {
                @Override
                public void setInts(ValueRun run) {
                    throw new IllegalStateException("no room for " + run.count());
                }
            }
        };
        assertThatThrownBy(() -> RowDecoder.of(types).decode(in, RowRoundTripTest.marker(in), sinks, 0, 9))
                .hasMessage("no room for 2");
        assertThat(in.atEnd()).isTrue();
    }

    private static RunRecorder refusing(int number) {
        return new RunRecorder(TypeInfo.integer()) {
            @Override
            public void setInts(ValueRun run) {
                for (int i = 0; i < run.count(); i++) {
                    if (run.ints()[i] == number) {
                        throw new RefusedRowException("not " + number, run.row() + i) {};
                    }
                }
            }
        };
    }

    /** Some rows of {@link #TYPES}: whole ones, such with a NULL in every fourth of the columns in turn, and one of NULLs alone. */
    private static byte[] everyKind() throws IOException {
        List<Object[]> rows = new ArrayList<>();
        rows.add(VALUES);
        rows.add(VALUES);
        for (int i = 0; i < 4; i++) {
            Object[] row = VALUES.clone();
            for (int column = i; column < row.length; column += 4) {
                row[column] = null;
            }
            rows.add(row);
            rows.add(VALUES);
        }
        rows.add(new Object[VALUES.length]);
        return encode(new Table(TYPES, rows), 1, 50, new Random(1));
    }

    /** @param compressed how many of a hundred rows, about, have a bitmap of their NULLs */
    private static byte[] encode(Table table, int repeats, int compressed, Random random) throws IOException {
        RowEncoder encoder = RowEncoder.of(table.types());
        return Wire.payload(out -> {
            for (int i = 0; i < repeats; i++) {
                for (Object[] row : table.rows()) {
                    if (random.nextInt(100) < compressed) {
                        encoder.encodeNbc(out, row);
                    } else {
                        encoder.encode(out, row);
                    }
                }
            }
        });
    }

    /** @param most rows of a run; 0: one by one */
    private List<List<String>> read(TdsReader in, List<TypeInfo> types, boolean[] wanted, int most) throws IOException {
        RunRecorder[] sinks = new RunRecorder[types.size()];
        for (int i = 0; i < sinks.length; i++) {
            sinks[i] = wanted[i % wanted.length] ? recorder(types.get(i)) : null;
        }
        RowDecoder decoder = RowDecoder.of(types);
        int rows = 0;
        while (!in.atEnd()) {
            if (most == 0) {
                decoder.decode(in, RowRoundTripTest.marker(in), sinks, rows++);
            } else {
                rows += decoder.decode(in, RowRoundTripTest.marker(in), sinks, rows, most);
            }
        }
        List<List<String>> told = new ArrayList<>();
        for (RunRecorder sink : sinks) {
            told.add(
                    sink == null
                            ? null
                            : sink.values.stream().map(RunDecoderTest::shown).toList());
        }
        return told;
    }

    private static String shown(Object value) {
        return Arrays.deepToString(new Object[] {value});
    }

    private String outcome(TdsReader in, int most) {
        return outcome(in, TYPES, most);
    }

    private String outcome(TdsReader in, List<TypeInfo> types, int most) {
        try {
            return read(in, types, new boolean[] {true}, most).toString();
        } catch (IOException e) {
            return e.getClass().getSimpleName() + " " + e.getMessage();
        } catch (AssertionError e) {
            // Another byte than a row's where one belongs.
            return e.getMessage();
        }
    }
}
