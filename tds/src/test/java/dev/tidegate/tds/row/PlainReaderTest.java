package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.Samples.Table;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is read without care is what the cursor reads, or is left to it. */
class PlainReaderTest {
    /** Rows that are read the same way as later ones, and enough later ones. */
    private static final int OFTEN = 300;

    private static final Set<SqlTypeName> INTEGERS =
            EnumSet.of(SqlTypeName.BIT, SqlTypeName.TINYINT, SqlTypeName.SMALLINT, SqlTypeName.INT, SqlTypeName.BIGINT);

    @Provide
    Arbitrary<Table> tables() {
        return Samples.tables();
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void itReadsWhatTheCursorReadsOrSaysThatItDoesNot(
            @ForAll("tables") Table table,
            @ForAll boolean compressed,
            @ForAll @IntRange(min = 1, max = 600) int packetPayload)
            throws IOException {
        List<Object[]> rows = new ArrayList<>();
        Collections.nCopies(OFTEN, table.rows()).forEach(rows::addAll);
        TdsReader in = Wire.reader(Samples.encode(new Table(table.types(), rows), compressed), packetPayload);
        RowCursor cursor = new RowCursor(table.types());
        PlainReader reader = cursor.plainReader();
        for (Object[] row : rows) {
            cursor.load(in, RowRoundTripTest.marker(in));
            reader.rowBegins();
            for (int column = 0; column < row.length; column++) {
                check(reader, column, table.types().get(column).sqlType(), row[column]);
            }
            cursor.finish();
        }
        assertThat(in.atEnd()).isTrue();
    }

    /** At some rows somebody else wants the cursor, or moves it: then it stands where the reader has come to, and nothing is read twice. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void itGoesOnToTheRowsThatTheCursorWouldCome(
            @ForAll("tables") Table table,
            @ForAll @IntRange(max = 20) int compressed,
            @ForAll @IntRange(min = 1, max = 6000) int packetPayload,
            @ForAll @IntRange(max = 30) int disturbed,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 3 * OFTEN; i++) {
            rows.add(table.rows().get(random.nextInt(table.rows().size())));
        }
        RowEncoder encoder = RowEncoder.of(table.types());
        byte[] payload = Wire.payload(out -> {
            for (Object[] row : rows) {
                if (random.nextInt(100) < compressed) {
                    encoder.encodeNbc(out, row);
                } else {
                    encoder.encode(out, row);
                }
            }
        });
        TdsReader in = Wire.reader(payload, packetPayload);
        RowCursor cursor = new RowCursor(table.types());
        PlainReader reader = cursor.plainReader();
        for (int i = 0; i < rows.size(); i++) {
            boolean stopped = i > 0 && random.nextInt(100) < disturbed;
            if (stopped) {
                cursor.settle();
                assertThat(cursor.isAhead()).isFalse();
                checkCursor(cursor, rows.get(i - 1));
            }
            if (i == 0 || !reader.advance()) {
                cursor.finish();
                cursor.load(in, RowRoundTripTest.marker(in));
                reader.rowBegins();
            } else {
                assertThat(stopped).isFalse();
            }
            for (int column = 0; column < table.types().size(); column++) {
                check(reader, column, table.types().get(column).sqlType(), rows.get(i)[column]);
            }
        }
        cursor.settle();
        checkCursor(cursor, rows.get(rows.size() - 1));
        cursor.finish();
        assertThat(reader.advance()).isFalse();
        assertThat(in.atEnd()).isTrue();
    }

    private static void checkCursor(RowCursor cursor, Object[] expected) throws IOException {
        for (int column = 0; column < expected.length; column++) {
            assertThat(new Object[] {cursor.getObject(column)}).isEqualTo(new Object[] {expected[column]});
            assertThat(cursor.isNull(column)).isEqualTo(expected[column] == null);
        }
    }

    @Example
    void mostRowsAreGoneToWithoutTheCursorAndNoneOnceItHasBeenInVain() throws IOException {
        List<TypeInfo> types = types("int", "varchar(9)");
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            rows.add(new Object[] {i, "t" + i});
        }
        byte[] payload = Samples.encode(new Table(types, rows), false);
        assertThat(loads(types, rows, Wire.reader(payload, 20_000), false)).isLessThan(450);
        assertThat(loads(types, rows, Wire.reader(payload, 20_000), true)).isEqualTo(rows.size());
    }

    /** How often the cursor was moved to read all rows; {@code settles} it at each. */
    private static int loads(List<TypeInfo> types, List<Object[]> rows, TdsReader in, boolean settles)
            throws IOException {
        RowCursor cursor = new RowCursor(types);
        PlainReader reader = cursor.plainReader();
        int loads = 0;
        for (Object[] row : rows) {
            if (!reader.advance()) {
                cursor.finish();
                cursor.load(in, RowRoundTripTest.marker(in));
                reader.rowBegins();
                loads++;
            }
            assertThat(reader.integer(0)).isEqualTo((long) (int) row[0]);
            assertThat(reader.isSure()).isTrue();
            assertThat(reader.text(1)).isEqualTo(row[1]);
            if (settles) {
                cursor.settle();
            }
        }
        cursor.finish();
        assertThat(in.atEnd()).isTrue();
        return loads;
    }

    /** What is wrong with a row is told when it is moved to, with the rows before it read. */
    @Example
    void aRowInErrorAheadIsLeftToTheCursor() throws IOException {
        List<TypeInfo> types = types("int", "char(4)");
        byte[] payload = Samples.encode(new Table(types, Collections.nCopies(1_000, new Object[] {7, "abcd"})), false);
        int length = payload.length / 1_000;
        // The length of a char(4) cannot be 5; the token behind the next row cannot be 0.
        payload[700 * length + 6] = 5;
        TdsReader in = Wire.reader(payload, 30_000);
        RowCursor cursor = new RowCursor(types);
        PlainReader reader = cursor.plainReader();
        int read = 0;
        try {
            while (true) {
                if (!reader.advance()) {
                    cursor.finish();
                    cursor.load(in, RowRoundTripTest.marker(in));
                    reader.rowBegins();
                }
                assertThat(reader.text(1)).isEqualTo("abcd");
                read++;
            }
        } catch (TdsProtocolException e) {
            assertThat(e).hasMessageContaining("5 bytes");
            assertThat(read).isEqualTo(700);
        }
    }

    private static void check(PlainReader reader, int column, SqlTypeName type, Object expected) {
        Object value = reader.value(column);
        if (reader.isSure()) {
            assertThat(new Object[] {value}).isEqualTo(new Object[] {expected});
            assertThat(reader.wasNull()).isEqualTo(expected == null);
        }
        long integer = reader.integer(column);
        if (reader.isSure() && expected != null) {
            assertThat(INTEGERS).contains(type);
            assertThat(integer)
                    .isEqualTo(expected instanceof Boolean bit ? bit ? 1 : 0 : ((Number) expected).longValue());
        } else if (reader.isSure()) {
            assertThat(integer).isZero();
        }
        double real = reader.real(column);
        if (reader.isSure() && expected != null) {
            assertThat(type).isIn(SqlTypeName.REAL, SqlTypeName.FLOAT);
            assertThat(real).isEqualTo(((Number) expected).doubleValue());
        }
        BigDecimal decimal = reader.decimal(column);
        if (reader.isSure()) {
            assertThat(decimal).isEqualTo(expected);
        }
        String text = reader.text(column);
        if (reader.isSure()) {
            assertThat(text).isEqualTo(expected);
        }
    }

    private static List<TypeInfo> types(String... sql) {
        return Stream.of(sql).map(TypeInfo::ofSql).toList();
    }

    @Example
    void theCommonTypesAreNeverLeftToTheCursor() throws IOException {
        List<TypeInfo> types = types(
                "bit",
                "tinyint",
                "smallint",
                "int",
                "bigint",
                "real",
                "float",
                "decimal(9,2)",
                "numeric(18,4)",
                "money",
                "smallmoney",
                "date",
                "datetime2(3)",
                "char(3)",
                "varchar(20)",
                "nvarchar(20)",
                "varchar(max)",
                "datetime",
                "uniqueidentifier",
                "varbinary(4)");
        TdsReader in =
                Wire.reader(Samples.encode(new Table(types, List.of(new Object[types.size()], values())), false));
        RowCursor cursor = new RowCursor(types);
        PlainReader reader = cursor.plainReader();
        for (int row = 0; row < 2; row++) {
            cursor.load(in, RowRoundTripTest.marker(in));
            for (int column = 0; column < types.size(); column++) {
                Object value = reader.value(column);
                assertThat(reader.isSure()).as(types.get(column).toSql()).isTrue();
                assertThat(value).isEqualTo(row == 0 ? null : values()[column]);
            }
            cursor.finish();
        }
    }

    private static Object[] values() {
        LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 12, 34, 56);
        return new Object[] {
            true,
            (short) 255,
            Short.MIN_VALUE,
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            -1.5f,
            Double.MIN_VALUE,
            new BigDecimal("-9999999.99"),
            new BigDecimal("99999999999999.9999"),
            new BigDecimal("-922337203685477.5808"),
            new BigDecimal("-214748.3648"),
            LocalDate.of(9999, 12, 31),
            moment,
            "a\u20ac ",
            "plain",
            "\uD83D nvarchar \u20ac",
            "",
            moment,
            new java.util.UUID(1, 2),
            new byte[] {1, 2}
        };
    }

    @Example
    void decimalsBeyond63BitsAreLeftToTheCursor() throws IOException {
        List<TypeInfo> types = types("decimal(19,0)", "decimal(38,0)");
        Object[] row = {new BigDecimal("9999999999999999999"), BigDecimal.ONE};
        RowCursor cursor = new RowCursor(types);
        PlainReader reader = cursor.plainReader();
        TdsReader in = Wire.reader(Samples.encode(new Table(types, List.of(row, row)), false));
        cursor.load(in, RowRoundTripTest.marker(in));
        reader.decimal(0);
        assertThat(reader.isSure()).isFalse();
        reader.decimal(1);
        assertThat(reader.isSure()).isFalse();
        assertThat(cursor.getBigDecimal(0)).isEqualTo(row[0]);
    }

    @Example
    void anUnknownCodePageAndBadBytesAreLeftToTheCursor() throws IOException {
        TypeInfo unknown = TypeInfo.varchar(9, new Collation(0x0439, 0));
        RowCursor cursor = new RowCursor(List.of(unknown, TypeInfo.varchar(9, Collation.UTF8), TypeInfo.integer()));
        PlainReader reader = cursor.plainReader();
        cursor.load(Wire.reader(Wire.hex("0200 6162 0200 C3C3 04 07000000")), dev.tidegate.tds.token.RowMarker.ROW);
        for (int column = 0; column < 2; column++) {
            for (int again = 0; again < 2; again++) {
                assertThat(reader.text(column)).isNull();
                assertThat(reader.isSure()).isFalse();
            }
        }
        assertThat(reader.integer(2)).isEqualTo(7);
        assertThat(reader.isSure()).isTrue();
    }

    @Example
    void aRowThatHasNotAllArrivedIsLeftToTheCursor() throws IOException {
        List<TypeInfo> types = types("int", "varchar(max)", "int");
        Object[] row = {1, "x".repeat(100_000), 2};
        RowCursor cursor = new RowCursor(types);
        PlainReader reader = cursor.plainReader();
        TdsReader in = Wire.reader(Samples.encode(new Table(types, List.of(row, row)), false), 1000);
        for (int again = 0; again < 2; again++) {
            cursor.load(in, RowRoundTripTest.marker(in));
            assertThat(cursor.getInt(2)).isEqualTo(2);
            for (int column = 0; column < 3; column++) {
                reader.integer(column);
                assertThat(reader.isSure()).isFalse();
            }
            cursor.finish();
            reader.integer(0);
            assertThat(reader.isSure()).isFalse();
        }
    }

    @Example
    void aRowThatHasEndedIsLeftToTheCursor() throws IOException {
        List<TypeInfo> types = types("int", "nvarchar(9)");
        RowCursor cursor = new RowCursor(types);
        PlainReader reader = cursor.plainReader();
        TdsReader in = Wire.reader(Samples.encode(new Table(types, List.<Object[]>of(new Object[] {1, "a"})), false));
        cursor.load(in, RowRoundTripTest.marker(in));
        assertThat(reader.integer(0)).isEqualTo(1);
        assertThat(reader.isSure()).isTrue();
        cursor.finish();
        reader.integer(0);
        assertThat(reader.isSure()).isFalse();
        reader.text(1);
        assertThat(reader.isSure()).isFalse();
    }

    @Example
    void whatRepeatsIsMadeOnceAndWhatDoesNotIsRight() throws IOException {
        List<TypeInfo> types =
                types("varchar(20)", "nvarchar(20)", "decimal(9,2)", "date", "varchar(20)", "decimal(9,2)");
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            rows.add(new Object[] {
                "mode " + i % 7,
                "\u20ac" + i % 5,
                BigDecimal.valueOf(i % 11 - 5, 2),
                LocalDate.EPOCH.plusDays(i % 2_500 - 1_000),
                "text " + i,
                BigDecimal.valueOf(i, 2)
            });
        }
        TdsReader in = Wire.reader(Samples.encode(new Table(types, rows), false), 32_000);
        RowCursor cursor = new RowCursor(types);
        PlainReader reader = cursor.plainReader();
        List<Object[]> read = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            cursor.load(in, RowRoundTripTest.marker(in));
            reader.rowBegins();
            Object[] values = new Object[types.size()];
            for (int column = 0; column < values.length; column++) {
                values[column] = reader.value(column);
                assertThat(reader.isSure()).isTrue();
            }
            assertThat(values).isEqualTo(rows.get(row));
            read.add(values);
            cursor.finish();
        }
        Object[] last = read.get(11_549);
        assertThat(last[0]).isSameAs(read.get(11_549 - 70)[0]);
        assertThat(last[1]).isSameAs(read.get(11_549 - 70)[1]);
        assertThat(last[2]).isSameAs(read.get(11_549 - 77)[2]);
    }

    /** As if another thread moved the cursor at any moment. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void bytesOfAnotherRowNeitherThrowNorStayBehind(@ForAll("tables") Table table, @ForAll long seed)
            throws IOException {
        byte[] payload = Samples.encode(
                new Table(table.types(), Collections.nCopies(OFTEN, table.rows().get(0))), false);
        TdsReader in = Wire.reader(payload);
        if (in.available() < payload.length) {
            return;
        }
        RowCursor cursor = new RowCursor(table.types());
        PlainReader reader = cursor.plainReader();
        Random random = new Random(seed);
        for (int row = 0; row < OFTEN; row++) {
            cursor.load(in, RowRoundTripTest.marker(in));
            reader.rowBegins();
            byte[] before = in.buffer().clone();
            for (int i = 0; i < in.offset(); i++) {
                in.buffer()[i] = (byte) random.nextInt();
            }
            for (int column = 0; column < table.types().size(); column++) {
                reader.value(column);
                reader.text(column);
                reader.decimal(column);
                reader.integer(column);
                reader.real(column);
            }
            System.arraycopy(before, 0, in.buffer(), 0, before.length);
            for (int column = 0; column < table.types().size(); column++) {
                check(
                        reader,
                        column,
                        table.types().get(column).sqlType(),
                        table.rows().get(0)[column]);
            }
            cursor.finish();
        }
    }
}
