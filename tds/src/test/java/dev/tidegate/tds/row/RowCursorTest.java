package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnreadableValueException;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a cursor converts, what it refuses, and how long values are streamed. */
class RowCursorTest {
    /** Longer than what is read where it stands, and than any packet. */
    private static final String LONG = "0123456789abcdef".repeat(5_000);

    private static final List<TypeInfo> AROUND = types("int", "nvarchar(max)", "int", "varchar(max)", "varchar(9)");
    private static final Object[] ROW = {1, LONG, 2, LONG, "end"};

    private static List<TypeInfo> types(String... sql) {
        return Stream.of(sql).map(TypeInfo::ofSql).toList();
    }

    private static TdsReader reader(List<TypeInfo> types, Object[]... rows) throws IOException {
        return Wire.reader(Samples.encode(new Samples.Table(types, List.of(rows)), false), 1000);
    }

    private static RowCursor cursor(String type, Object value) throws IOException {
        List<TypeInfo> types = types(type);
        RowCursor cursor = new RowCursor(types);
        cursor.load(skipToken(reader(types, new Object[][] {{value}})), RowMarker.ROW);
        return cursor;
    }

    private static TdsReader skipToken(TdsReader in) throws IOException {
        RowRoundTripTest.marker(in);
        return in;
    }

    @Test
    void everyFormHasItsGetter() throws IOException {
        assertThat(cursor("bit", true).getBoolean(0)).isTrue();
        assertThat(cursor("int", 7).getInt(0)).isEqualTo(7);
        assertThat(cursor("bigint", 1L << 40).getLong(0)).isEqualTo(1L << 40);
        assertThat(cursor("real", 1.5f).getDouble(0)).isEqualTo(1.5);
        assertThat(cursor("money", BigDecimal.ONE).getBigDecimal(0)).isEqualTo(new BigDecimal("1.0000"));
        assertThat(cursor("xml", "<a/>").getString(0)).isEqualTo("<a/>");
        assertThat(cursor("varbinary(3)", new byte[] {1, 2}).getBytes(0)).containsExactly(1, 2);
        LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 12, 34, 56, 700);
        assertThat(cursor("date", moment.toLocalDate()).getLocalDate(0)).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(cursor("time", moment.toLocalTime()).getLocalTime(0)).isEqualTo(LocalTime.of(12, 34, 56, 700));
        assertThat(cursor("datetime2", moment).getLocalDateTime(0)).isEqualTo(moment);
        OffsetDateTime offset = OffsetDateTime.parse("2024-02-29T12:34:56+05:30");
        assertThat(cursor("datetimeoffset(0)", offset).getOffsetDateTime(0)).isEqualTo(offset);
        UUID uuid = UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff");
        assertThat(cursor("uniqueidentifier", uuid).getUuid(0)).isEqualTo(uuid);
    }

    @Test
    void numbersThatStayExactAreConverted() throws IOException {
        assertThat(cursor("tinyint", 255).getInt(0)).isEqualTo(255);
        assertThat(cursor("tinyint", 1).getBoolean(0)).isTrue();
        assertThat(cursor("bit", true).getLong(0)).isEqualTo(1);
        assertThat(cursor("smallint", -5).getDouble(0)).isEqualTo(-5);
        assertThat(cursor("float", 1e15).getLong(0)).isEqualTo(1_000_000_000_000_000L);
        assertThat(cursor("decimal(20,2)", new BigDecimal("12.00")).getInt(0)).isEqualTo(12);
        assertThat(cursor("int", -7).getBigDecimal(0)).isEqualTo(new BigDecimal("-7"));
        assertThat(cursor("sql_variant", new BigDecimal("12.0")).getLong(0)).isEqualTo(12);
        assertThat(cursor("sql_variant", 2.5).getDouble(0)).isEqualTo(2.5);
        assertThat(cursor("sql_variant", "text").getString(0)).isEqualTo("text");
        assertThat(cursor("sql_variant", 3).getObject(0)).isInstanceOf(SqlVariant.class);
    }

    @Test
    void nullIsZeroFalseOrNull() throws IOException {
        RowCursor cursor = cursor("int", null);
        assertThat(cursor.isNull(0)).isTrue();
        assertThat(cursor.getInt(0)).isZero();
        assertThat(cursor.getLong(0)).isZero();
        assertThat(cursor.getDouble(0)).isZero();
        assertThat(cursor.getBoolean(0)).isFalse();
        assertThat(cursor.getBigDecimal(0)).isNull();
        assertThat(cursor.getObject(0)).isNull();
        assertThat(cursor.stream(0)).isNull();
        assertThat(cursor("varchar(max)", null).getString(0)).isNull();
        assertThat(cursor("text", null).reader(0)).isNull();
    }

    @Test
    void whatWouldNotStayExactIsRefused() throws IOException {
        assertRefused(() -> cursor("bigint", 1L << 40).getInt(0), "1099511627776 is out of range");
        assertRefused(() -> cursor("int", 2).getBoolean(0), "2 is neither 0 nor 1");
        assertRefused(() -> cursor("float", 2.5).getLong(0), "2.5 is not a whole number");
        assertRefused(() -> cursor("float", 0x1p63).getLong(0), "is not a whole number of 64 bits");
        assertRefused(() -> cursor("bigint", (1L << 53) + 1).getDouble(0), "is not exact");
        assertRefused(() -> cursor("decimal(20,2)", new BigDecimal("1.50")).getLong(0), "1.50 is not a whole number");
        assertRefused(() -> cursor("decimal(20,2)", BigDecimal.ONE).getDouble(0), "not read as a double");
        assertRefused(() -> cursor("real", 1f).getBigDecimal(0), "not read as a decimal");
        assertRefused(() -> cursor("varchar(9)", "1").getLong(0), "varchar(9) is not a number");
        assertRefused(() -> cursor("int", 1).getString(0), "int is not read as String");
        assertRefused(() -> cursor("int", 1).reader(0), "int is not text");
        assertRefused(
                () -> cursor("datetime2", LocalDateTime.MIN.withYear(1)).getLocalDate(0), "not read as LocalDate");
    }

    private static void assertRefused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ValueOutOfRangeException.class,
                        e -> assertThat(e.column()).isZero())
                .hasMessageStartingWith("column 1: ")
                .hasMessageContaining(message);
    }

    @Test
    void errorsNameTheColumn() throws IOException {
        RowCursor cursor = RowCursor.ofColumns(List.of(new Column("price", TypeInfo.float8(), Column.NULLABLE)));
        cursor.load(skipToken(reader(types("float"), new Object[][] {{2.5}})), RowMarker.ROW);
        assertThatThrownBy(() -> cursor.getLong(0)).hasMessageStartingWith("column 1 (price): ");
    }

    @Test
    void aValueIsStreamedInOrder() throws IOException {
        TdsReader in = reader(AROUND, ROW, ROW);
        RowCursor cursor = new RowCursor(AROUND);
        for (int row = 0; row < 2; row++) {
            cursor.load(skipToken(in), RowMarker.ROW);
            assertThat(cursor.isNull(1)).isFalse();
            assertThat(text(cursor.reader(1))).isEqualTo(LONG);
            assertThat(cursor.getInt(0)).isEqualTo(1);
            assertThat(cursor.getInt(2)).isEqualTo(2);
            try (InputStream bytes = cursor.stream(3)) {
                assertThat(new String(bytes.readAllBytes(), "windows-1252")).isEqualTo(LONG);
            }
            assertThat(cursor.getString(4)).isEqualTo("end");
            assertThat(cursor.getInt(0)).isEqualTo(1);
            cursor.finish();
        }
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void aStreamEndsWhenTheRowMovesOn() throws IOException {
        TdsReader in = reader(AROUND, ROW);
        RowCursor cursor = new RowCursor(AROUND);
        cursor.load(skipToken(in), RowMarker.ROW);
        InputStream stream = cursor.stream(1);
        assertThat(stream.read()).isEqualTo('0');
        assertThat(stream.skip(3)).isEqualTo(3);
        assertThat(stream.read()).isEqualTo('2');
        assertThat(cursor.getInt(2)).isEqualTo(2);
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageContaining("moved on");
        assertThatThrownBy(() -> cursor.getString(1))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessageContaining("column 2: the value was streamed");
        assertThatThrownBy(() -> cursor.stream(1)).isInstanceOf(UnreadableValueException.class);
        InputStream second = cursor.stream(3);
        cursor.finish();
        assertThatThrownBy(second::read).isInstanceOf(IOException.class);
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void aValueCanBeStreamedOnlyOnce() throws IOException {
        RowCursor cursor = new RowCursor(AROUND);
        cursor.load(skipToken(reader(AROUND, ROW)), RowMarker.ROW);
        cursor.stream(1);
        assertThatThrownBy(() -> cursor.stream(1)).isInstanceOf(UnreadableValueException.class);
        assertThatThrownBy(() -> cursor.getString(1)).isInstanceOf(UnreadableValueException.class);
        assertThat(cursor.getInt(2)).isEqualTo(2);
    }

    @Test
    void aValueOfMoreThanMemoryIsStreamedAndSkipped() throws IOException {
        int chunk = 1 << 20;
        long total = 3L << 30;
        TdsReader in = new TdsReader(new EndlessValue(total, chunk));
        in.beginMessage();
        List<TypeInfo> types = types("varbinary(max)", "int");
        RowCursor cursor = new RowCursor(types);
        cursor.load(skipToken(in), RowMarker.ROW);
        InputStream stream = cursor.stream(0);
        assertThat(stream.skip(total / 3)).isEqualTo(total / 3);
        assertThat(cursor.getInt(1)).isEqualTo(0x01010101);
        cursor.finish();
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void aRowOfManyWideColumnsIsReadInAnyOrder() throws IOException {
        List<TypeInfo> types = Collections.nCopies(300, TypeInfo.ofSql("nvarchar(4000)"));
        Object[] row = new Object[types.size()];
        Arrays.setAll(row, i -> Character.toString('a' + i % 26).repeat(4000));
        TdsReader in = reader(types, row, row);
        RowCursor cursor = new RowCursor(types);
        for (int i = 0; i < 2; i++) {
            cursor.load(skipToken(in), RowMarker.ROW);
            assertThat(cursor.getString(299)).isEqualTo(row[299]);
            assertThat(cursor.getString(0)).isEqualTo(row[0]);
            assertThat(cursor.getString(150)).isEqualTo(row[150]);
            cursor.finish();
        }
        cursor.finish();
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void unpairedSurrogatesPassThroughAReader() throws IOException {
        String text = "\uDE00\uD83D".repeat(10_000);
        assertThat(text(cursor("nvarchar(max)", text).reader(0))).isEqualTo(text);
        assertThat(text(cursor("nvarchar(2)", "\uD83Dx").reader(0))).isEqualTo("\uD83Dx");
    }

    @Test
    void aValueOfAnUnknownCodePageIsRefusedAloneAndAsBytesRead() throws IOException {
        TypeInfo unknown = TypeInfo.varchar(9, new Collation(0x0439, 0));
        RowCursor cursor = new RowCursor(List.of(unknown, TypeInfo.integer()));
        cursor.load(Wire.reader(Wire.hex("0200 6162 04 07000000")), RowMarker.ROW);
        assertThatThrownBy(() -> cursor.getString(0))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessageContaining("column 1: locale 0x00439");
        assertThat(cursor.stream(0).readAllBytes()).containsExactly('a', 'b');
        assertThat(cursor.getInt(1)).isEqualTo(7);
    }

    @Test
    void aLengthThatLiesIsRefusedAtTheColumn() {
        RowCursor cursor = new RowCursor(types("int", "varchar(5)"));
        assertThatThrownBy(() -> cursor.load(Wire.reader(Wire.hex("04 07000000 0600 616161616161")), RowMarker.ROW))
                .isInstanceOf(TdsProtocolException.class)
                .hasMessage("column 2: a value of varchar(5) claims 6 bytes; it can have at most 5"
                        + " (at byte 5 of the message)");
    }

    @Test
    void withoutARowThereIsNothingToRead() throws IOException {
        RowCursor cursor = new RowCursor(AROUND);
        cursor.finish();
        assertThatThrownBy(() -> cursor.getInt(0)).isInstanceOf(IllegalStateException.class);
        cursor.load(skipToken(reader(AROUND, ROW)), RowMarker.ROW);
        cursor.finish();
        assertThatThrownBy(() -> cursor.getInt(0)).isInstanceOf(IllegalStateException.class);
    }

    private static String text(Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        return text.toString();
    }

    /** A message of one row: a value in chunks, made as it is read, then an int of ones. */
    private static final class EndlessValue extends InputStream {
        private static final int PAYLOAD = 30_000;

        private final byte[] packet = new byte[8 + PAYLOAD];
        private final long total;
        private final int chunk;
        private long written;
        private int chunkLeft;
        private int at;
        private int limit;
        private boolean begun;
        private boolean ended;

        EndlessValue(long total, int chunk) {
            this.total = total;
            this.chunk = chunk;
        }

        private void fill() {
            limit = 8;
            if (!begun) {
                begun = true;
                put(0xD1, 1);
                put(total, 8);
            }
            while (limit < packet.length - 16 && !ended) {
                if (chunkLeft == 0 && written == total) {
                    put(0, 4);
                    put(4, 1);
                    put(0x01010101, 4);
                    ended = true;
                } else if (chunkLeft == 0) {
                    chunkLeft = (int) Math.min(chunk, total - written);
                    put(chunkLeft, 4);
                } else {
                    int part = Math.min(chunkLeft, packet.length - 16 - limit);
                    Arrays.fill(packet, limit, limit + part, (byte) 7);
                    limit += part;
                    chunkLeft -= part;
                    written += part;
                }
            }
            packet[0] = 4;
            packet[1] = (byte) (ended ? 1 : 0);
            packet[2] = (byte) (limit >>> 8);
            packet[3] = (byte) limit;
            at = 0;
        }

        private void put(long value, int bytes) {
            for (int i = 0; i < bytes; i++) {
                packet[limit++] = (byte) (value >>> 8 * i);
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int count) {
            if (at == limit) {
                if (ended) {
                    return -1;
                }
                fill();
            }
            int part = Math.min(count, limit - at);
            System.arraycopy(packet, at, target, from, part);
            at += part;
            return part;
        }
    }
}
