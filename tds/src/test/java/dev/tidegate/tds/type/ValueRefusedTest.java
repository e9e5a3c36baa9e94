package dev.tidegate.tds.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not fit is never bent, and what the peer claims is never believed. */
class ValueRefusedTest {
    static List<Arguments> unfitting() {
        return List.of(
                Arguments.of("tinyint", 256, "256 is out of range for tinyint: 0 to 255"),
                Arguments.of("tinyint", -1, "-1 is out of range"),
                Arguments.of("smallint", 32768, "32768 is out of range for smallint: -32768 to 32767"),
                Arguments.of("int", 1L << 31, "2147483648 is out of range for int"),
                Arguments.of("bigint", BigInteger.ONE.shiftLeft(63), "is out of range for bigint"),
                Arguments.of("int", new BigDecimal("1.5"), "more digits after the point"),
                Arguments.of("int", 1.0, "a java.lang.Double cannot be written as int"),
                Arguments.of("int", "1", "a java.lang.String cannot be written as int"),
                Arguments.of("bit", 2, "2 is not a bit"),
                Arguments.of("real", 1e39, "1.0E39 is out of range for real"),
                Arguments.of("real", Double.NaN, "NaN is not a number"),
                Arguments.of("float", Double.POSITIVE_INFINITY, "Infinity is not a number"),
                Arguments.of("float", Long.MAX_VALUE, "not exact"),
                Arguments.of(
                        "decimal(5,2)", new BigDecimal("1000.00"), "more digits before the point than decimal(5,2)"),
                Arguments.of("decimal(5,2)", new BigDecimal("1.005"), "more digits after the point than decimal(5,2)"),
                Arguments.of("decimal(38,0)", BigInteger.TEN.pow(38), "more digits before the point"),
                Arguments.of("decimal(38,0)", new BigDecimal("1E+1000000000"), "more digits before the point"),
                Arguments.of("decimal(5,2)", new BigDecimal("1E-1000000000"), "more digits after the point"),
                Arguments.of("money", new BigDecimal("922337203685477.5808"), "is out of range for money"),
                Arguments.of("smallmoney", new BigDecimal("214748.3648"), "-214748.3648 to 214748.3647"),
                Arguments.of("money", new BigDecimal("0.00001"), "more digits after the point than money"),
                Arguments.of("date", LocalDate.of(10000, 1, 1), "0001-01-01 to 9999-12-31"),
                Arguments.of("date", LocalDate.of(0, 12, 31), "0000-12-31 is out of range"),
                Arguments.of("date", LocalDateTime.of(2020, 1, 1, 0, 0), "cannot be written as date"),
                Arguments.of("time(3)", LocalTime.of(1, 2, 3, 4_500_000), "more digits after the second than the 3"),
                Arguments.of("time(7)", LocalTime.of(1, 2, 3, 1), "more digits after the second than the 7"),
                Arguments.of("datetime2(0)", LocalDateTime.of(2020, 1, 1, 0, 0, 0, 100_000_000), "than the 0"),
                Arguments.of("datetime", LocalDateTime.of(1752, 12, 31, 0, 0), "1753-01-01 to 9999-12-31"),
                Arguments.of("datetime", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_000_000), "is out of range"),
                Arguments.of("smalldatetime", LocalDateTime.of(2079, 6, 7, 0, 0), "1900-01-01 to 2079-06-06"),
                Arguments.of("smalldatetime", LocalDateTime.of(2020, 1, 1, 0, 0, 1), "is not a whole minute"),
                Arguments.of("datetimeoffset(0)", OffsetDateTime.parse("2020-01-01T00:00+14:01"), "-14:00 to +14:00"),
                Arguments.of("datetimeoffset(0)", OffsetDateTime.parse("2020-01-01T00:00+01:00:01"), "whole minutes"),
                Arguments.of("datetimeoffset(0)", OffsetDateTime.parse("0001-01-01T00:00+01:00"), "is out of range"),
                Arguments.of("datetimeoffset(0)", OffsetDateTime.parse("9999-12-31T23:59-01:00"), "is out of range"),
                Arguments.of("nvarchar(2)", "abc", "3 characters do not fit nvarchar(2)"),
                Arguments.of("varchar(2)", "abc", "3 bytes do not fit varchar(2)"),
                Arguments.of("varchar(9)", "a日", "U+65E5 at index 1 does not exist in code page windows-1252"),
                Arguments.of("varchar(max)", "a\uD83D\uDE00", "U+1F600 at index 1"),
                Arguments.of("varchar(max)", "x".repeat(70_000) + "日", "U+65E5 at index 70000"),
                Arguments.of("json", "\uD83D", "U+D83D at index 0 does not exist in UTF-8"),
                Arguments.of("varbinary(1)", new byte[2], "2 bytes do not fit varbinary(1)"),
                Arguments.of("uniqueidentifier", "x", "cannot be written as uniqueidentifier"),
                Arguments.of("vector(2)", new float[3], "3 dimensions do not fit vector(2)"),
                Arguments.of("vector(1)", new float[] {Float.NaN}, "element 0 of the vector is NaN"),
                Arguments.of("vector(1,float16)", new float[] {65520f}, "-65504 to 65504"),
                Arguments.of("sql_variant", "x".repeat(4001), "4001 characters does not fit sql_variant"),
                Arguments.of("sql_variant", new float[1], "sql_variant takes no"));
    }

    @ParameterizedTest
    @MethodSource("unfitting")
    void aValueThatDoesNotFitIsRefusedWithTheRange(String sql, Object value, String message) {
        assertThatThrownBy(() -> Wire.payload(out -> ValueCodec.write(out, TypeInfo.ofSql(sql), value)))
                .isInstanceOf(ValueOutOfRangeException.class)
                .hasMessageContaining(message);
    }

    @Test
    void nullAndEmptyAreRefusedWhereTheTypeHasNone() {
        assertThatThrownBy(() -> Wire.payload(out -> ValueCodec.write(out, TypeInfo.of(DataType.INT4), null)))
                .isInstanceOf(ValueOutOfRangeException.class)
                .hasMessageContaining("NOT NULL");
        TypeInfo old = new TypeInfo(DataType.VARCHAR, 20, 0, 0, null, null);
        assertThatThrownBy(() -> Wire.payload(out -> ValueCodec.write(out, old, "")))
                .isInstanceOf(ValueOutOfRangeException.class)
                .hasMessageContaining("no empty value");
    }

    @Test
    void datetimeRoundsAsSqlServerDoes() throws IOException {
        assertThat(datetime("2020-01-01T00:00:00.001")).isEqualTo(LocalDateTime.parse("2020-01-01T00:00:00"));
        assertThat(datetime("2020-01-01T00:00:00.002")).isEqualTo(LocalDateTime.parse("2020-01-01T00:00:00.003"));
        assertThat(datetime("2020-01-01T00:00:00.004")).isEqualTo(LocalDateTime.parse("2020-01-01T00:00:00.003"));
        assertThat(datetime("2020-01-01T00:00:00.005")).isEqualTo(LocalDateTime.parse("2020-01-01T00:00:00.007"));
        assertThat(datetime("2020-01-01T00:00:00.008")).isEqualTo(LocalDateTime.parse("2020-01-01T00:00:00.007"));
        assertThat(datetime("2020-01-01T00:00:00.009")).isEqualTo(LocalDateTime.parse("2020-01-01T00:00:00.010"));
        assertThat(datetime("2020-12-31T23:59:59.999")).isEqualTo(LocalDateTime.parse("2021-01-01T00:00:00"));
    }

    private static Object datetime(String text) throws IOException {
        byte[] bytes = Wire.payload(out -> ValueCodec.write(out, TypeInfo.datetime(), LocalDateTime.parse(text)));
        return ValueCodec.read(Wire.reader(bytes), TypeInfo.datetime());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "55 | unknown type token 0x55 (at byte 2 of the message)",
                "2603 | INTN has no type of 3 bytes",
                "2609 | declared length of int is 9",
                "6d02 | FLTN has no type of 2 bytes",
                "6a112700 | precision of decimal is 39",
                "6a110506 | scale of decimal is 6; 0 to 5",
                "2908 | scale of time is 8",
                "afffff0904d00034 | BIGCHAR cannot have the length 0xFFFF",
                "f102 | schema mark of xml is 2",
                "62ffffff7f | declared length of sql_variant",
                "f5ffff00 | declared length of vector"
            })
    void aTypeThatIsNoneIsRefused(String hex, String message) throws IOException {
        byte[] bytes = Wire.hex("0000" + hex);
        TdsReader in = Wire.reader(bytes);
        in.skip(2);
        assertThatThrownBy(() -> TypeInfoCodec.read(in, TdsVersion.V7_4))
                .isInstanceOf(TdsProtocolException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | 05 0000000000 | claims 5 bytes",
                "int | 02 0000 | has 2 bytes, not 4",
                "varchar(5) | 0600 616161616161 | claims 6 bytes; it can have 5",
                "nvarchar(5) | 0300 616161 | an odd number",
                "decimal(9,0) | 01 01 | a decimal of 1 bytes",
                "decimal(38,0) | 11 01 ffffffffffffffffffffffffffffffff | more than 38 digits",
                "date | 03 ffffff | beyond 9999-12-31",
                "date | 02 ffff | has 2 bytes, not 3",
                "time(7) | 05 ffffffffff | beyond a day",
                "time(7) | 03 000000 | than its scale implies",
                "datetime | 08 ffffff7f 00000000 | outside 1753 to 9999",
                "datetime | 08 00000000 00828b01 | beyond a day",
                "smalldatetime | 04 0000 a005 | beyond a day",
                "datetimeoffset(0) | 08 000000 000000 4903 | beyond 14 hours",
                "date | 04 ffffffff | claims 4 bytes; it can have 3",
                "uniqueidentifier | 0f 000000000000000000000000000000 | has 15 bytes, not 16",
                "varchar(max) | fdffffffffffffff | claims a length of -3",
                "varchar(max) | 0500000000000000 06000000 616161616161 00000000 | a chunk of 6 bytes",
                "varchar(max) | 0500000000000000 01000000 61 00000000 | ends 4 bytes before its length",
                "varchar(max) | ffffffffffffff7f ffffffff 61 | short of what it announced",
                "text | ffffff7f 61 | short of what it announced",
                "text | feffffff | claims -2 bytes",
                "sql_variant | ffffffff | claims",
                "sql_variant | 01000000 38 | a sql_variant of 1 bytes",
                "sql_variant | 03000000 38 00 00 | has 1 bytes, not 4",
                "sql_variant | 02000000 99 00 | unknown type token 0x99 in a sql_variant",
                "sql_variant | 02000000 f1 00 | which it cannot be",
                "sql_variant | 03000000 6a 01 05 | is described by 1 bytes, not 2",
                "sql_variant | 04000000 6a 02 0506 | decimal(5,6) in a sql_variant",
                "vector(1) | 0800 a901010000000000 | claims 1 dimensions",
                "vector(1) | 0c00 a801010000000000 00000000 | without the header",
                "vector(1) | 0c00 a901010007000000 00000000 | unknown element type 7",
            })
    void aValueThatLiesIsRefused(String sql, String hex, String message) throws IOException {
        TdsReader in = Wire.reader(Wire.hex(hex));
        assertThatThrownBy(() -> ValueCodec.read(in, TypeInfo.ofSql(sql)))
                .isInstanceOf(TdsProtocolException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("of the message");
    }

    @Test
    void aValueBeyondTheLimitIsReadPast() throws IOException {
        TypeInfo type = TypeInfo.ofSql("varchar(max)");
        TdsReader in = Wire.reader(Wire.payload(out -> {
            ValueCodec.write(out, type, "x".repeat(1000));
            ValueCodec.write(out, type, "next");
        }));
        assertThatThrownBy(() -> ValueCodec.read(in, type, 999))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessageContaining("longer than the 999 bytes allowed");
        assertThat(ValueCodec.read(in, type, 999)).isEqualTo("next");
    }

    @Test
    void aCodePageThatIsUnknownIsReadPast() throws IOException {
        TypeInfo type = TypeInfo.varchar(10, new Collation(0x0439, 0));
        TdsReader in = Wire.reader(Wire.hex("0200 6161 ffff"));
        assertThatThrownBy(() -> ValueCodec.read(in, type))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessageContaining("no code page");
        assertThat(ValueCodec.read(in, type)).isNull();
    }

    @Test
    void aTypeThatTheVersionLacksIsNotWritten() {
        assertThatThrownBy(() -> Wire.payload(out -> TypeInfoCodec.write(out, TypeInfo.date(), TdsVersion.V7_1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("date does not exist in TDS version V7_1");
    }
}
