package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnsupportedCollationException;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an encoder refuses, and that it takes back what it had begun. */
class RowEncoderTest {
    private static List<TypeInfo> types(String... sql) {
        return Stream.of(sql).map(TypeInfo::ofSql).toList();
    }

    @Test
    void aRowThatDoesNotFitIsTakenBack() throws IOException {
        RowEncoder encoder = RowEncoder.of(types("int", "nvarchar(3)", "tinyint"));
        byte[] written = Wire.payload(
                out -> {
                    encoder.encode(out, new Object[] {1, "abc", 5});
                    assertThatThrownBy(() -> encoder.encode(out, new Object[] {2, "abc", 300}))
                            .isInstanceOfSatisfying(ValueOutOfRangeException.class, e -> {
                                assertThat(e.column()).isEqualTo(2);
                                assertThat(e.partlyWritten()).isFalse();
                                assertThat(e.why()).isEqualTo("300 is out of range for tinyint: 0 to 255");
                            })
                            .hasMessage("column 3: 300 is out of range for tinyint: 0 to 255");
                    encoder.encode(out, new Object[] {3, null, 7});
                },
                512);
        assertThat(written).isEqualTo(Wire.hex("d1 04 01000000 0600 610062006300 01 05  d1 04 03000000 ffff 01 07"));
    }

    @Test
    void rowsAreTakenBackWhereverThePacketEnds() throws IOException {
        RowEncoder encoder = RowEncoder.of(types("nvarchar(200)", "tinyint"));
        byte[] written = Wire.payload(
                out -> {
                    for (int i = 0; i < 500; i++) {
                        String text = "x".repeat(i % 200);
                        assertThatThrownBy(() -> encoder.encode(out, new Object[] {text, -1}))
                                .isInstanceOfSatisfying(
                                        ValueOutOfRangeException.class,
                                        e -> assertThat(e.partlyWritten()).isFalse());
                        encoder.encode(out, new Object[] {text, i % 256});
                    }
                },
                512);
        RowDecoder decoder = RowDecoder.of(types("nvarchar(200)", "tinyint"));
        var in = Wire.reader(written);
        for (int i = 0; i < 500; i++) {
            assertThat(decoder.decode(in, RowRoundTripTest.marker(in)))
                    .containsExactly("x".repeat(i % 200), (short) (i % 256));
        }
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void aRowThatHasPartlyLeftSaysSo() throws IOException {
        RowEncoder encoder = RowEncoder.of(types("varbinary(max)", "tinyint"));
        TdsWriter out = new TdsWriter(new ByteArrayOutputStream(), 512);
        out.begin(PacketType.BULK_LOAD);
        assertThatThrownBy(() -> encoder.encode(out, new Object[] {new byte[100_000], -1}))
                .isInstanceOfSatisfying(
                        ValueOutOfRangeException.class,
                        e -> assertThat(e.partlyWritten()).isTrue());
    }

    @Test
    void nullIsRefusedWhereTheColumnSaysSo() {
        RowEncoder encoder = RowEncoder.ofColumns(List.of(
                new Column("id", TypeInfo.integer(), 0), new Column("name", TypeInfo.integer(), Column.NULLABLE)));
        Object[] row = {null, null};
        String message = "column 1 (id): NULL does not fit a column that is NOT NULL";
        assertThatThrownBy(() -> Wire.payload(out -> encoder.encode(out, row))).hasMessage(message);
        assertThatThrownBy(() -> Wire.payload(out -> encoder.encodeNbc(out, row)))
                .hasMessage(message);
        ColumnSource source = new ListSource(TypeInfo.integer(), Arrays.asList(row));
        assertThatThrownBy(() -> Wire.payload(out -> encoder.encode(out, new ColumnSource[] {source, source}, 0)))
                .hasMessage(message);
    }

    @Test
    void aRowOfAnotherWidthIsRefused() {
        RowEncoder encoder = RowEncoder.of(types("int", "int"));
        assertThatThrownBy(() -> Wire.payload(out -> encoder.encode(out, new Object[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row of 1 values for 2 columns");
    }

    @Test
    void aCodePageThatIsUnknownIsRefusedBeforeTheFirstRow() {
        List<TypeInfo> types = List.of(TypeInfo.varchar(9, new Collation(0x0439, 0)));
        assertThatThrownBy(() -> RowEncoder.of(types)).isInstanceOf(UnsupportedCollationException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tinyint | 256",
                "tinyint | -1",
                "smallint | 40000",
                "int | 3000000000",
                "bit | 2",
                "decimal(3,0) | 1000",
                "decimal(38,0) | 9223372036854775807",
                "smallmoney | 2147483648",
                "date | 2932897",
                "date | -719163",
                "time(7) | 864000000000",
                "time(7) | -1",
                "time(3) | 1",
                "datetime2(0) | 1",
                "datetimeoffset(7) | 841",
                "datetime | 3000000",
                "smalldatetime | 1",
                "varchar(1) | 12",
                "nvarchar(1) | 12",
                "varbinary(1) | 12",
                "vector(1) | 0"
            })
    void aSourcesValueThatDoesNotFitIsRefused(String sql, long value) {
        TypeInfo type = TypeInfo.ofSql(sql);
        RowEncoder encoder = RowEncoder.of(List.of(type));
        ColumnSource[] sources = {new NumberSource(type, value)};
        assertThatThrownBy(() -> Wire.payload(out -> {
                    encoder.encode(out, sources, 0);
                    throw new AssertionError("written");
                }))
                .isInstanceOf(ValueOutOfRangeException.class)
                .hasMessageStartingWith("column 1: ");
    }

    @Test
    void longTextIsWrittenInPieces() throws IOException {
        CharSequence text = new Repeating("ab€", 3_000_000);
        byte[] written =
                Wire.payload(out -> RowEncoder.of(types("varchar(max)")).encode(out, new Object[] {text}));
        assertThat(written[1]).as("unknown length").isEqualTo((byte) 0xFE);
        var in = Wire.reader(Arrays.copyOfRange(written, 1, written.length));
        Object read = RowDecoder.of(types("varchar(max)")).decode(in, RowMarker.ROW)[0];
        assertThat(read.toString().contentEquals(text)).isTrue();
    }

    /** Text that is not in memory, and must not be asked for as a whole. */
    private record Repeating(String part, int length) implements CharSequence {
        @Override
        public char charAt(int index) {
            return part.charAt(index % part.length());
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new AssertionError("asked for a part of " + (end - start) + " characters");
        }

        @Override
        public String toString() {
            throw new AssertionError("asked for the whole");
        }
    }

    /** One number for whatever is asked. */
    private record NumberSource(TypeInfo type, long value) implements ColumnSource {
        @Override
        public boolean isNull(int row) {
            return false;
        }

        @Override
        public long getLong(int row) {
            return value;
        }

        @Override
        public double getDouble(int row) {
            return value;
        }

        @Override
        public long getDecimalLow(int row) {
            return value;
        }

        @Override
        public long getDecimalHigh(int row) {
            return value == Long.MAX_VALUE ? value : 0;
        }

        @Override
        public int getEpochDay(int row) {
            return type.sqlType().sqlName().startsWith("date") && type.scale() == 0 ? (int) value : 0;
        }

        @Override
        public long getTicks(int row) {
            return value;
        }

        @Override
        public int getOffsetMinutes(int row) {
            return (int) value;
        }

        @Override
        public long getUuidHigh(int row) {
            return value;
        }

        @Override
        public long getUuidLow(int row) {
            return value;
        }

        @Override
        public CharSequence getText(int row) {
            return Long.toString(value);
        }

        @Override
        public byte[] getBytes(int row) {
            return new byte[(int) value];
        }
    }
}
