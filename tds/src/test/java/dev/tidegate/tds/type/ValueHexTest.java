package dev.tidegate.tds.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Types and values byte by byte, many of them as independent clients and servers have sent them. */
class ValueHexTest {
    private static final String COLLATION = "0904d00034";

    static List<Arguments> values() {
        return Stream.concat(Stream.concat(numbers(), times()), Stream.concat(text(), others()))
                .toList();
    }

    private static Stream<Arguments> numbers() {
        return Stream.of(
                of("2601", "01c8", (short) 200),
                of("2602", "02c7cf", (short) -12345),
                of("2604", "04d2029649", 1234567890),
                of("2608", "08eb7e16820befddee", -1234567890123456789L),
                of("2604", "00", null),
                of("30", "ff", (short) 255),
                of("34", "0080", Short.MIN_VALUE),
                of("38", "ffffffff", -1),
                of("7f", "0000000000000080", Long.MIN_VALUE),
                of("32", "01", true),
                of("6801", "0100", false),
                of("6801", "00", null),
                of("6d04", "040000c03f", 1.5f),
                of("6d08", "086957148b0abf05c0", -2.718281828459045),
                of("3b", "0000c0bf", -1.5f),
                of("3e", "0000000000000440", 2.5),
                of("6a110c04", "1100 48e80100000000000000000000000000", new BigDecimal("-12.5000")),
                of("6c050502", "0500 39300000", new BigDecimal("-123.45")),
                of("6c091300", "0901 1581e97df4102211", new BigDecimal("1234567890123456789")),
                of("6c112600", "1101 ffffffff3f228a097ac4865aa84c3b4b", new BigDecimal("9".repeat(38))),
                of("37090f04", "0901 1027000000000000", new BigDecimal("1.0000")),
                of("6e08", "08 00000000 4e61bc00", new BigDecimal("1234.5678")),
                of("6e08", "08 ffffffff f0d8ffff", new BigDecimal("-1.0000")),
                of("6e08", "08 00000080 00000000", new BigDecimal("-922337203685477.5808")),
                of("6e04", "04 ed3bdfff", new BigDecimal("-214.7347")),
                of("3c", "00000000 01000000", new BigDecimal("0.0001")),
                of("7a", "ffffff7f", new BigDecimal("214748.3647")));
    }

    private static Stream<Arguments> times() {
        return Stream.of(
                of("28", "03 80460b", LocalDate.of(2024, 2, 29)),
                of("28", "03 000000", LocalDate.of(1, 1, 1)),
                of("28", "03 dab937", LocalDate.of(9999, 12, 31)),
                of("28", "00", null),
                of("2900", "03 7e5101", LocalTime.of(23, 59, 58)),
                of("2907", "05 ffbf692ac9", LocalTime.of(23, 59, 59, 999_999_900)),
                of("2903", "04 00000000", LocalTime.MIDNIGHT),
                of("6f04", "04 ffff 9f05", LocalDateTime.of(2079, 6, 6, 23, 59)),
                of("6f04", "04 0000 0000", LocalDateTime.of(1900, 1, 1, 0, 0)),
                of("6f08", "08 00000000 00000000", LocalDateTime.of(1900, 1, 1, 0, 0)),
                of("6f08", "08 462effff 00000000", LocalDateTime.of(1753, 1, 1, 0, 0)),
                of("6f08", "08 7f242d00 ff818b01", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 997_000_000)),
                of("3d", "01000000 01000000", LocalDateTime.of(1900, 1, 2, 0, 0, 0, 3_000_000)),
                of("2a00", "06 000000 000000", LocalDateTime.of(1, 1, 1, 0, 0)),
                of("2a07", "08 ffbf692ac9 dab937", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_900)),
                of("2b00", "08 000000 010000 4a01", OffsetDateTime.parse("0001-01-02T05:30+05:30")),
                of("2b07", "0a 0000000000 010000 b8fc", OffsetDateTime.parse("0001-01-01T10:00-14:00")));
    }

    private static Stream<Arguments> text() {
        return Stream.of(
                of("a71400" + COLLATION, "0700 76617263686172", "varchar"),
                of("a71400" + COLLATION, "0100 80", "€"),
                of("a71400" + COLLATION, "0000", ""),
                of("a71400" + COLLATION, "ffff", null),
                of("a71400 0904d02400", "0300 e282ac", "€"),
                of("af0300" + COLLATION, "0300 612020", "a  "),
                of("e70800" + COLLATION, "0600 6400e9006600", "déf"),
                of("e70800" + COLLATION, "0400 3dd800de", "😀"),
                of("e70800" + COLLATION, "0400 00de3dd8", "\uDE00\uD83D"),
                of("ef0400" + COLLATION, "0400 61002000", "a "),
                of("2f03", "03 616263", "abc"),
                of("2703", "00", null),
                of("a7ffff" + COLLATION, "0300000000000000 03000000 616263 00000000", "abc"),
                of("a7ffff" + COLLATION, "0000000000000000 00000000", ""),
                of("a7ffff" + COLLATION, "ffffffffffffffff", null),
                of("e7ffff" + COLLATION, "0400000000000000 04000000 61006200 00000000", "ab"),
                of("23ffffff7f" + COLLATION, "03000000 616263", "abc"),
                of("63feffff7f" + COLLATION, "04000000 61006200", "ab"),
                of("63feffff7f" + COLLATION, "ffffffff", null),
                of("f100", "0200000000000000 02000000 6100 00000000", "a"),
                of("f4", "0300000000000000 03000000 e282ac 00000000", "€"));
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                of("a50800", "0400 deadbeef", Wire.hex("deadbeef")),
                of("ad0200", "0200 0102", Wire.hex("0102")),
                of("a5ffff", "0200000000000000 02000000 0001 00000000", Wire.hex("0001")),
                of("22ffffff7f", "02000000 cafe", Wire.hex("cafe")),
                of(
                        "2410",
                        "10 ff19966f868b11d0b42d00c04fc964ff",
                        UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff")),
                of("2410", "00", null),
                of("62491f0000", "06000000 38 00 2a000000", new SqlVariant(TypeInfo.of(DataType.INT4), 42)),
                of("62491f0000", "00000000", null),
                of(
                        "62491f0000",
                        "0d000000 a7 07 " + COLLATION + "0500 61626364",
                        new SqlVariant(TypeInfo.varchar(5, Collation.DEFAULT), "abcd")),
                of(
                        "62491f0000",
                        "06000000 29 01 00 7e5101",
                        new SqlVariant(TypeInfo.time(0), LocalTime.of(23, 59, 58))),
                of("f51400 00", "1400 a901 0300 00 000000 0000803f 000000c0 00004040", new float[] {1, -2, 3}),
                of("f50e00 01", "0e00 a901 0300 01 000000 003c 00c0 0100", new float[] {1, -2, 0x1p-24f}),
                of("f50e00 01", "ffff", null));
    }

    private static Arguments of(String type, String value, Object expected) {
        return Arguments.of(type.replace(" ", ""), value.replace(" ", ""), expected);
    }

    @ParameterizedTest
    @MethodSource("values")
    void isReadAndWritten(String typeHex, String valueHex, Object expected) throws IOException {
        TdsReader in = Wire.reader(Wire.hex(typeHex + valueHex));
        TypeInfo type = TypeInfoCodec.read(in, TdsVersion.V7_4);
        assertThat(new TypedValue(type, ValueCodec.read(in, type))).isEqualTo(new TypedValue(type, expected));
        assertThat(in.atEnd()).isTrue();

        assertThat(Wire.payload(out -> TypeInfoCodec.write(out, type, TdsVersion.V7_4)))
                .isEqualTo(Wire.hex(typeHex));
        assertThat(Wire.payload(out -> ValueCodec.write(out, type, expected))).isEqualTo(Wire.hex(valueHex));
    }
}
