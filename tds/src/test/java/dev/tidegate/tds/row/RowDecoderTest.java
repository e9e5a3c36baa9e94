package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnreadableValueException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a decoder refuses, how it goes on, and what it does not allocate. */
class RowDecoderTest {
    private static List<Column> columns(TypeInfo... types) {
        return Stream.of(types)
                .map(type -> new Column("c", type, Column.NULLABLE))
                .toList();
    }

    @Test
    void anErrorNamesColumnAndPosition() {
        RowDecoder decoder = RowDecoder.ofColumns(columns(TypeInfo.integer(), TypeInfo.date()));
        String payload = "04 01000000 03 ffffff";
        String expected = "column 2 (c): a date 16777215 days after 0001-01-01, beyond 9999-12-31";
        assertThatThrownBy(() -> decoder.decode(Wire.reader(Wire.hex(payload)), RowMarker.ROW))
                .isInstanceOfSatisfying(
                        TdsProtocolException.class,
                        e -> assertThat(e.position()).isEqualTo(5))
                .hasMessageStartingWith(expected);
        ColumnSink[] sinks = {new RecordingSink(TypeInfo.integer()), new RecordingSink(TypeInfo.date())};
        assertThatThrownBy(() -> decoder.decode(Wire.reader(Wire.hex(payload), 3), RowMarker.ROW, sinks, 0))
                .isInstanceOfSatisfying(
                        TdsProtocolException.class,
                        e -> assertThat(e.position()).isEqualTo(5))
                .hasMessageStartingWith(expected);
    }

    @Test
    void afterAValueThatIsTooLongTheNextRowIsRead() throws IOException {
        List<TypeInfo> types = List.of(TypeInfo.ofSql("varchar(max)"), TypeInfo.integer());
        byte[] payload = Samples.encode(
                new Samples.Table(types, List.of(new Object[] {"x".repeat(101), 1}, new Object[] {"x".repeat(100), 2})),
                false);
        RowDecoder decoder = RowDecoder.of(types).withMaxValueLength(100);

        TdsReader in = Wire.reader(payload, 30);
        RowMarker first = RowRoundTripTest.marker(in);
        assertThatThrownBy(() -> decoder.decode(in, first))
                .isInstanceOfSatisfying(
                        UnreadableValueException.class,
                        e -> assertThat(e.column()).isZero())
                .hasMessage("column 1: a value of varchar(max) is longer than the 100 bytes allowed");
        assertThat(decoder.decode(in, RowRoundTripTest.marker(in))).containsExactly("x".repeat(100), 2);

        TdsReader again = Wire.reader(payload, 30);
        RowMarker marker = RowRoundTripTest.marker(again);
        RecordingSink[] sinks = {new RecordingSink(types.get(0)), new RecordingSink(types.get(1))};
        assertThatThrownBy(() -> decoder.decode(again, marker, sinks, 0)).isInstanceOf(UnreadableValueException.class);
        decoder.decode(again, RowRoundTripTest.marker(again), sinks, 1);
        assertThat(sinks[0].values).containsExactly(null, "x".repeat(100));
        assertThat(sinks[1].values).containsExactly(1, 2);

        TdsReader refused = Wire.reader(payload, 30);
        RowMarker begun = RowRoundTripTest.marker(refused);
        RecordingSink refusing = new RecordingSink(types.get(1)) {
            @Override
            public void setLong(int row, long value) {
                throw new IllegalArgumentException("not wanted");
            }
        };
        ColumnSink[] one = {new RecordingSink(types.get(0)), refusing};
        assertThatThrownBy(() -> decoder.decode(refused, begun, one, 0)).hasMessage("not wanted");
        RecordingSink[] other = {new RecordingSink(types.get(0)), new RecordingSink(types.get(1))};
        decoder.decode(refused, RowRoundTripTest.marker(refused), other, 0);
        assertThat(other[1].values).containsExactly(2);
    }

    @Test
    void textOfAnUnknownCodePageMayBeSkippedOrNull() throws IOException {
        TypeInfo unknown = TypeInfo.varchar(9, new Collation(0x0439, 0));
        TypeInfo unknownMax = TypeInfo.varchar(TypeInfo.PLP, new Collation(0x0439, 0));
        RowDecoder decoder = RowDecoder.of(List.of(unknown, TypeInfo.integer(), unknownMax));
        byte[] text = Wire.hex("0100 61 04 07000000 0100000000000000 01000000 61 00000000");
        byte[] nulls = Wire.hex("ffff 04 07000000 ffffffffffffffff");

        assertThat(decoder.decode(Wire.reader(nulls), RowMarker.ROW)).containsExactly(null, 7, null);
        assertThatThrownBy(() -> decoder.decode(Wire.reader(text), RowMarker.ROW))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessageContaining("column 1: locale 0x00439 has no code page");
        RecordingSink number = new RecordingSink(TypeInfo.integer());
        decoder.decode(Wire.reader(text), RowMarker.ROW, new ColumnSink[] {null, number, null}, 0);
        assertThat(number.values).containsExactly(7);
        TdsReader in = Wire.reader(text);
        ColumnSink[] last = {null, null, new RecordingSink(unknownMax)};
        assertThatThrownBy(() -> decoder.decode(in, RowMarker.ROW, last, 0))
                .isInstanceOfSatisfying(
                        UnreadableValueException.class,
                        e -> assertThat(e.column()).isEqualTo(2));
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void aVariantThatIsNoTextLeavesTheRestReadable() throws IOException {
        // varchar in code page 1252 with the byte 0x81, then an int
        byte[] payload = Wire.hex("0a000000 a7 07 0904d00034 0900 81 04 07000000");
        List<TypeInfo> types = List.of(TypeInfo.ofSql("sql_variant"), TypeInfo.integer());
        RecordingSink[] sinks = {new RecordingSink(types.get(0)), new RecordingSink(types.get(1))};
        TdsReader in = Wire.reader(payload);
        assertThatThrownBy(() -> RowDecoder.of(types).decode(in, RowMarker.ROW, sinks, 0))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessageStartingWith("column 1: 0x81 at byte 0");
        assertThat(sinks[0].values).containsExactly((Object) null);
        assertThat(sinks[1].values).containsExactly(7);
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void anUnusedTypeOfNullIsAlwaysNull() throws IOException {
        TypeInfo nothing = TypeInfo.of(dev.tidegate.tds.type.DataType.NULL);
        assertThat(RowDecoder.of(List.of(nothing, TypeInfo.bit())).decode(Wire.reader(Wire.hex("0101")), RowMarker.ROW))
                .containsExactly(null, true);
    }

    @Test
    void rowsOfFixedWidthAreDecodedWithoutAllocation() throws IOException {
        List<TypeInfo> types = Stream.of(
                        "bit",
                        "tinyint",
                        "smallint",
                        "int",
                        "bigint",
                        "real",
                        "float",
                        "decimal(9,2)",
                        "decimal(38,10)",
                        "money",
                        "smallmoney",
                        "date",
                        "time(3)",
                        "smalldatetime",
                        "datetime",
                        "datetime2(7)",
                        "datetimeoffset(7)",
                        "uniqueidentifier",
                        "nvarchar(20)",
                        "varchar(20)",
                        "varbinary(9)",
                        "varchar(max)")
                .map(TypeInfo::ofSql)
                .toList();
        LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 12, 34);
        Object[] row = {
            true,
            1,
            2,
            3,
            4,
            1.5,
            2.5,
            new BigDecimal("1.25"),
            new BigDecimal("-12345678901234567890.5"),
            BigDecimal.ONE,
            BigDecimal.TEN,
            LocalDate.EPOCH,
            LocalTime.NOON,
            moment,
            moment,
            moment,
            OffsetDateTime.MIN.withYear(2024).withOffsetSameLocal(java.time.ZoneOffset.UTC),
            new UUID(1, 2),
            "nvarchar",
            "varchar",
            new byte[9],
            "a (max) value that stands whole in a packet"
        };
        byte[] encoded = Samples.encode(new Samples.Table(types, List.<Object[]>of(row)), false);
        CountingSink sink = new CountingSink();
        ColumnSink[] sinks = types.stream().map(type -> sink).toArray(ColumnSink[]::new);
        RowDecoder decoder = RowDecoder.of(types);
        int rows = 100_000;
        decodeAll(decoder, sinks, encoded, 20_000);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        decodeAll(decoder, sinks, encoded, rows);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(sink.cells).isEqualTo((rows + 20_000L) * types.size());
        assertThat(allocated).as("bytes allocated for %d rows", rows).isLessThan(200_000);
    }

    /** Runs take about a kilobyte a column. */
    @Test
    void whatReadsRowsOneByOneHasNoRoomForRuns() {
        List<TypeInfo> types = Collections.nCopies(1_000, TypeInfo.integer());
        assertThat(RowDecoder.of(types).types()).hasSize(1_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        RowDecoder decoder = RowDecoder.of(types);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(decoder.types()).hasSize(1_000);
        assertThat(allocated).isLessThan(400_000);
    }

    private static void decodeAll(RowDecoder decoder, ColumnSink[] sinks, byte[] row, int rows) throws IOException {
        TdsReader in = new TdsReader(new Repeated(row, rows));
        in.beginMessage();
        for (int i = 0; i < rows; i++) {
            in.advance(0);
            in.readUnsignedByte();
            decoder.decode(in, RowMarker.ROW, sinks, i);
        }
        if (!in.atEnd()) {
            throw new AssertionError("bytes are left");
        }
    }

    /** The same row again and again, in packets of 4096 bytes, made without allocation. */
    private static final class Repeated extends InputStream {
        private final byte[] row;
        private final byte[] packet = new byte[4096];
        private long left;
        private int inRow;
        private int at;
        private int limit;

        Repeated(byte[] row, int rows) {
            this.row = row;
            this.left = (long) row.length * rows;
        }

        @Override
        public int read() {
            if (at == limit && !fill()) {
                return -1;
            }
            return packet[at++] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int count) {
            if (at == limit && !fill()) {
                return -1;
            }
            int part = Math.min(count, limit - at);
            System.arraycopy(packet, at, target, from, part);
            at += part;
            return part;
        }

        private boolean fill() {
            if (left == 0) {
                return false;
            }
            limit = 8;
            while (limit < packet.length && left > 0) {
                int part = (int) Math.min(Math.min(packet.length - limit, row.length - inRow), left);
                System.arraycopy(row, inRow, packet, limit, part);
                inRow = (inRow + part) % row.length;
                limit += part;
                left -= part;
            }
            packet[0] = 4;
            packet[1] = (byte) (left == 0 ? 1 : 0);
            packet[2] = (byte) (limit >>> 8);
            packet[3] = (byte) limit;
            at = 0;
            return true;
        }
    }
}
