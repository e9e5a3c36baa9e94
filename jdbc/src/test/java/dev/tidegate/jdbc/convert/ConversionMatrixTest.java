package dev.tidegate.jdbc.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every SQL type against every getter: which of them give a value, and which are refused. */
class ConversionMatrixTest {
    /** The columns of the table below. */
    private static final List<String> GETTERS = List.of(
            "boolean",
            "byte",
            "short",
            "int",
            "long",
            "float",
            "double",
            "decimal",
            "string",
            "bytes",
            "date",
            "time",
            "timestamp",
            "offset",
            "uuid");

    private static final UUID GUID = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    private static final LocalDateTime MOMENT = LocalDateTime.parse("2024-02-29T12:34:56.5");

    /** A plus where the getter gives a value, a minus where it is refused; in the order of {@link #GETTERS}. */
    static Stream<Object[]> table() {
        Collation collation = Collation.DEFAULT;
        Map<String, Object[]> rows = new LinkedHashMap<>();
        //                                                   bo by sh in lo fl do de st bs da ti ts of uu
        add(rows, "bit", TypeInfo.bit(), true, "             +  +  +  +  +  +  +  +  +  -  -  -  -  -  -");
        add(rows, "tinyint", TypeInfo.tinyint(), (short) 7, "+  +  +  +  +  +  +  +  +  -  -  -  -  -  -");
        add(rows, "tinyint 200", TypeInfo.tinyint(), (short) 200, "+ - + + + + + + + - - - - - -");
        add(rows, "smallint", TypeInfo.smallint(), (short) 300, "+ - + + + + + + + - - - - - -");
        add(rows, "int", TypeInfo.integer(), 70_000, "+ - - + + + + + + - - - - - -");
        add(rows, "bigint", TypeInfo.bigint(), 1L << 40, "+ - - - + + + + + - - - - - -");
        add(rows, "real", TypeInfo.real(), 1.5f, "+ + + + + + + + + - - - - - -");
        add(rows, "real NaN", TypeInfo.real(), Float.NaN, "+ - - - - + + - + - - - - - -");
        add(rows, "float 1e300", TypeInfo.float8(), 1e300, "+ - - - - - + + + - - - - - -");
        add(rows, "decimal", TypeInfo.decimal(10, 2), new BigDecimal("12.34"), "+ + + + + + + + + - - - - - -");
        add(rows, "decimal 10^20", TypeInfo.decimal(38, 0), BigDecimal.TEN.pow(20), "+ - - - - + + + + - - - - - -");
        add(rows, "money", TypeInfo.money(), new BigDecimal("-1.5000"), "+ + + + + + + + + - - - - - -");
        add(rows, "date", TypeInfo.date(), MOMENT.toLocalDate(), "- - - - - - - - + - + - + + -");
        add(rows, "time", TypeInfo.time(7), MOMENT.toLocalTime(), "- - - - - - - - + - - + + + -");
        add(
                rows,
                "smalldatetime",
                TypeInfo.smalldatetime(),
                MOMENT.withSecond(0).withNano(0),
                "- - - - - - - - + - + + + + -");
        add(rows, "datetime", TypeInfo.datetime(), MOMENT, "- - - - - - - - + - + + + + -");
        add(rows, "datetime2", TypeInfo.datetime2(7), MOMENT, "- - - - - - - - + - + + + + -");
        add(
                rows,
                "datetimeoffset",
                TypeInfo.datetimeoffset(7),
                OffsetDateTime.parse("2024-02-29T12:34:56+02:00"),
                "- - - - - - - - + - + + + + -");
        add(rows, "char with number", TypeInfo.charType(5, collation), "12.5 ", "- + + + + + + + + - - - - - -");
        add(rows, "varchar true", TypeInfo.varchar(10, collation), "TRUE", "+ - - - - - - - + - - - - - -");
        add(rows, "varchar 1", TypeInfo.varchar(10, collation), "1", "+ + + + + + + + + - - - - - -");
        add(rows, "nvarchar date", TypeInfo.nvarchar(20, collation), "2024-02-29", "- - - - - - - - + - + - + + -");
        add(
                rows,
                "nvarchar timestamp",
                TypeInfo.nvarchar(40, collation),
                "2024-02-29 12:34:56.5",
                "- - - - - - - - + - + + + + -");
        add(rows, "nvarchar uuid", TypeInfo.nvarchar(40, collation), GUID.toString(), "- - - - - - - - + - - - - - +");
        add(rows, "xml", TypeInfo.xml(), "<a/>", "- - - - - - - - + - - - - - -");
        add(rows, "binary", TypeInfo.binary(3), new byte[] {1, 2, 3}, "- - - - - - - - + + - - - - -");
        add(rows, "varbinary of 16", TypeInfo.varbinary(16), new byte[16], "- - - - - - - - + + - - - - +");
        add(rows, "uniqueidentifier", TypeInfo.uniqueidentifier(), GUID, "- - - - - - - - + + - - - - +");
        add(
                rows,
                "variant of int",
                TypeInfo.sqlVariant(),
                new SqlVariant(TypeInfo.integer(), 70_000),
                "+ - - + + + + + + - - - - - -");
        add(rows, "vector", TypeInfo.vector(2, 0), new float[] {1, 2}, "- - - - - - - - + - - - - - -");
        return rows.values().stream();
    }

    private static void add(Map<String, Object[]> rows, String name, TypeInfo type, Object value, String expected) {
        rows.put(name, new Object[] {name, type, value, expected.trim().split("\\s+")});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void givesOrRefuses(String name, TypeInfo type, Object value, String[] expected) {
        Cell cell = Cell.of(value, type, "column 1 (" + name + ")");
        assertThat(expected).hasSameSizeAs(GETTERS);
        List<String> found = new ArrayList<>();
        for (String getter : GETTERS) {
            found.add(outcome(cell, getter));
        }
        assertThat(found).as(GETTERS.toString()).containsExactly(expected);
    }

    private static String outcome(Cell cell, String getter) {
        try {
            return get(cell, getter) == null ? "null" : "+";
        } catch (SQLException e) {
            assertThat((Throwable) e).isInstanceOf(SQLDataException.class);
            assertThat(e.getMessage()).contains("column 1");
            assertThat(e.getSQLState()).isIn("22003", "22018", "07006");
            return "-";
        }
    }

    private static Object get(Cell cell, String getter) throws SQLException {
        return switch (getter) {
            case "boolean" -> cell.toBoolean();
            case "byte" -> cell.toByte();
            case "short" -> cell.toShort();
            case "int" -> cell.toInt();
            case "long" -> cell.toLong();
            case "float" -> cell.toFloat();
            case "double" -> cell.toDouble();
            case "decimal" -> cell.toBigDecimal();
            case "string" -> cell.toText();
            case "bytes" -> cell.toBytes();
            case "date" -> LegacyTime.toDate(cell, null);
            case "time" -> timeOf(cell);
            case "timestamp" -> LegacyTime.toTimestamp(cell, null);
            case "offset" -> ObjectConversion.to(cell, OffsetDateTime.class);
            default -> ObjectConversion.to(cell, UUID.class);
        };
    }

    /** A text that holds a date only has no time. */
    private static Object timeOf(Cell cell) throws SQLException {
        return ObjectConversion.to(cell, LocalTime.class);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void showsTextsAsTheServerDoes(TypeInfo type, Object value, String expected) {
        assertThat(Cell.of(value, type, "x").toText()).isEqualTo(expected);
    }

    static Stream<Object[]> texts() {
        return Stream.of(
                new Object[] {TypeInfo.bit(), true, "1"},
                new Object[] {TypeInfo.decimal(10, 2), new BigDecimal("1E+2"), "100"},
                new Object[] {TypeInfo.date(), LocalDate.of(1, 2, 3), "0001-02-03"},
                new Object[] {TypeInfo.time(0), LocalTime.of(1, 2, 3), "01:02:03"},
                new Object[] {TypeInfo.time(3), LocalTime.of(1, 2, 3, 4_000_000), "01:02:03.004"},
                new Object[] {TypeInfo.datetime(), MOMENT, "2024-02-29 12:34:56.500"},
                new Object[] {TypeInfo.smalldatetime(), MOMENT.withNano(0), "2024-02-29 12:34:56"},
                new Object[] {TypeInfo.datetime2(7), MOMENT, "2024-02-29 12:34:56.5000000"},
                new Object[] {
                    TypeInfo.datetimeoffset(1),
                    OffsetDateTime.parse("2024-02-29T12:34:56.5-03:30"),
                    "2024-02-29 12:34:56.5 -03:30"
                },
                new Object[] {TypeInfo.varbinary(2), new byte[] {(byte) 0xAB, 1}, "AB01"},
                new Object[] {TypeInfo.uniqueidentifier(), GUID, "01234567-89AB-CDEF-0123-456789ABCDEF"});
    }

    @org.junit.jupiter.api.Test
    void numbersOfAnySizeCostNothing() {
        Cell huge = new Cell("1e1000000000", null, "x");
        assertThatThrownBy(huge::toLong).isInstanceOf(SQLDataException.class);
        assertThatThrownBy(huge::toDouble).isInstanceOf(SQLDataException.class);
        assertThatThrownBy(() -> ObjectConversion.to(huge, BigInteger.class)).isInstanceOf(SQLDataException.class);
        Cell tiny = new Cell("1e-1000000000", null, "x");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> assertThat(tiny.toLong()).isZero()))
                .isNull();
    }

    @org.junit.jupiter.api.Test
    void errorsShowOnlyTheBeginningOfALongValue() {
        Cell text = new Cell("x".repeat(10_000), null, "column 2 (note)");
        assertThatThrownBy(text::toInt)
                .hasMessageContaining("column 2 (note)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(150));
        assertThat(text.toString()).doesNotContain("xxx");
    }
}
