package dev.tidegate.duckdb.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.column.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnProfileTest {
    static List<Arguments> columns() {
        return List.of(
                column("nvarchar(0)", "VARCHAR"),
                column("bit", "BOOLEAN", "true", "FALSE"),
                column("nvarchar(4)", "VARCHAR", "true", "1"),
                column("bigint", "BIGINT", "1", "-9223372036854775808", "0"),
                column("decimal(19,0)", "DECIMAL(19,0)", "1", "9223372036854775808"),
                column("decimal(38,0)", "DECIMAL(38,0)", "99999999999999999999999999999999999999"),
                column("nvarchar(39)", "VARCHAR", "123456789012345678901234567890123456789"),
                column("float", "DOUBLE", "1", "1.5", ".25"),
                column("float", "DOUBLE", "0.1", "1e-5", "-2.5E+7"),
                column("float", "DOUBLE", "-0", "0"),
                column("float", "DOUBLE", "1.5", "NaN", "-inf"),
                column("nvarchar(3)", "VARCHAR", "NaN", "inf"),
                column("decimal(21,20)", "DECIMAL(21,20)", "1.12345678901234567890"),
                column("decimal(24,4)", "DECIMAL(24,4)", "12345678901234567890.5", "0.1234"),
                column("decimal(38,38)", "DECIMAL(38,38)", "0.12345678901234567890123456789012345678"),
                column("nvarchar(41)", "VARCHAR", "12.12345678901234567890123456789012345678"),
                column("nvarchar(25)", "VARCHAR", "1.123456789012345678901e5", "-0.0"),
                column("nvarchar(3)", "VARCHAR", "007", "8"),
                column("nvarchar(4)", "VARCHAR", "00.5"),
                column("nvarchar(3)", "VARCHAR", "+49"),
                column("nvarchar(2)", "VARCHAR", "1 ", "1"),
                column("nvarchar(3)", "VARCHAR", "1,5"),
                column("date", "DATE", "2020-02-29", "0001-01-01"),
                column("nvarchar(10)", "VARCHAR", "01/02/2020"),
                column("nvarchar(10)", "VARCHAR", "2021-02-29"),
                column("datetime2(6)", "TIMESTAMP", "2020-02-29", "2020-02-29T12:30:00.5"),
                column("datetime2(7)", "TIMESTAMP_NS", "2020-02-29 12:30:00.1234567"),
                column("datetime2(7)", "VARCHAR", "1600-02-29 12:30:00.1234567"),
                column("nvarchar(28)", "TIMESTAMP_NS", "2020-02-29 12:30:00.12345678"),
                column("nvarchar(31)", "VARCHAR", "2020-02-29 12:30:00.12345678901"),
                column("datetimeoffset(6)", "TIMESTAMP WITH TIME ZONE", "2020-02-29 12:30:00Z", "2020-02-29 12:30+00"),
                column("datetimeoffset(6)", "VARCHAR", "2020-02-29 12:30:00.5 -08:00"),
                column("datetimeoffset(7)", "VARCHAR", "2020-02-29 12:30:00.1234567Z"),
                column("nvarchar(20)", "VARCHAR", "2020-02-29 12:30:00Z", "2020-02-29 12:30:00"),
                column("time(6)", "TIME", "12:30:00", "23:59:59.999999"),
                column("time(7)", "TIME_NS", "23:59:59.9999999"),
                column("nvarchar(5)", "VARCHAR", "12:30"),
                column("nvarchar(8)", "VARCHAR", "24:00:00"),
                column("nvarchar(10)", "VARCHAR", "2020-02-29", "12:30:00"),
                column("nvarchar(4)", "VARCHAR", "🌊🌊", ""));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void getsTheNarrowestTypeThatKeepsEveryText(String sqlServer, String duckdb, List<String> texts) {
        TextType type = profile(texts).type();
        assertThat(measured(type)).isEqualTo(sqlServer);
        assertThat(type.duckdb(Set.of())).isEqualTo(duckdb);
    }

    /** With the width as it was measured; what is declared is the next usual one. */
    private static String measured(TextType type) {
        String declared = type.sqlServer(true);
        return declared.startsWith("nvarchar(") ? "nvarchar(" + type.width() + ")" : declared;
    }

    @Test
    void declaresAUsualWidth() {
        assertThat(profile(List.of("x".repeat(101))).type().sqlServer(true)).isEqualTo("nvarchar(255)");
        assertThat(profile(List.of("")).type().sqlServer(true)).isEqualTo("nvarchar(10)");
    }

    @Test
    void losesInDuckDbWhatIsAllowedToBeLost() {
        TextType offset = profile(List.of("2020-02-29 12:30:00.5 -08:00")).type();
        assertThat(offset.duckdb(Set.of(Loss.OFFSET))).isEqualTo("TIMESTAMP WITH TIME ZONE");
        TextType digits = profile(List.of("2020-02-29 12:30:00.1234567Z")).type();
        assertThat(digits.duckdb(Set.of(Loss.OFFSET))).isEqualTo("VARCHAR");
        assertThat(digits.duckdb(Set.of(Loss.TIME))).isEqualTo("TIMESTAMP WITH TIME ZONE");
    }

    @Test
    void givesLongAndUnmeasuredTextsTheMaximum() {
        assertThat(profile(List.of("x".repeat(4000))).type().sqlServer(true)).isEqualTo("nvarchar(4000)");
        assertThat(profile(List.of("x".repeat(4001))).type().sqlServer(true)).isEqualTo("nvarchar(max)");
        assertThat(profile(List.of("x")).type().sqlServer(false)).isEqualTo("nvarchar(max)");
    }

    @Test
    void takesDatesFromStringsButNoNumbers() {
        ColumnProfile numbers = new ColumnProfile();
        numbers.addString("123");
        assertThat(measured(numbers.type())).isEqualTo("nvarchar(3)");
        ColumnProfile dates = new ColumnProfile();
        dates.addString("2020-02-29");
        assertThat(dates.type().sqlServer(true)).isEqualTo("date");
        ColumnProfile mixed = new ColumnProfile();
        mixed.addString("2020-02-29");
        mixed.add("5");
        assertThat(measured(mixed.type())).isEqualTo("nvarchar(10)");
        ColumnProfile raw = new ColumnProfile();
        raw.add("5");
        raw.addRaw("[1]");
        raw.add("6");
        assertThat(measured(raw.type())).isEqualTo("nvarchar(3)");
    }

    private static ColumnProfile profile(List<String> texts) {
        ColumnProfile profile = new ColumnProfile();
        texts.forEach(profile::add);
        return profile;
    }

    private static Arguments column(String sqlServer, String duckdb, String... texts) {
        return Arguments.of(sqlServer, duckdb, Arrays.asList(texts));
    }
}
