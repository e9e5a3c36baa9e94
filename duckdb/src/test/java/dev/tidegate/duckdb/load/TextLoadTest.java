package dev.tidegate.duckdb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.UnstorableValueException;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of a file on their way into columns of every type: to the last digit, or refused. */
class TextLoadTest {
    private Connection duckdb;

    @BeforeEach
    void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws SQLException {
        duckdb.close();
    }

    static List<Arguments> texts() {
        return List.of(
                text("1", TypeInfo.bit(), "1"),
                text("TRUE", TypeInfo.bit(), "1"),
                text("false", TypeInfo.bit(), "0"),
                text("255", TypeInfo.tinyint(), "255"),
                text("+007", TypeInfo.integer(), "7"),
                text("5.00", TypeInfo.integer(), "5"),
                text("1e3", TypeInfo.integer(), "1000"),
                text("-9223372036854775808", TypeInfo.bigint(), "-9223372036854775808"),
                text(
                        "-0.12345678901234567890123456789012345678",
                        TypeInfo.decimal(38, 38),
                        "-0.12345678901234567890123456789012345678"),
                text("12345678901234567890.123456789", TypeInfo.decimal(38, 9), "12345678901234567890.123456789"),
                text(".5", TypeInfo.decimal(5, 2), "0.50"),
                text("1.25E-1", TypeInfo.decimal(5, 3), "0.125"),
                text("922337203685477.5807", TypeInfo.money(), "922337203685477.5807"),
                text("-214748.3648", TypeInfo.smallmoney(), "-214748.3648"),
                text("0.1", TypeInfo.float8(), "0.1"),
                text("0.10000000000000001", TypeInfo.float8(), "0.1"),
                text("0.30000000000000004", TypeInfo.float8(), "0.30000000000000004"),
                text("0.1000000000000000055511151231257827", TypeInfo.float8(), "0.1"),
                text("1.7976931348623157e308", TypeInfo.float8(), "1.7976931348623157E308"),
                text("5e-324", TypeInfo.float8(), Double.toString(Double.MIN_VALUE)),
                text("-0", TypeInfo.float8(), "-0.0"),
                text("0.1", TypeInfo.real(), Double.toString(0.1f)),
                text("3.4028235e38", TypeInfo.real(), Double.toString(Float.MAX_VALUE)),
                text("9999-12-31", TypeInfo.date(), "9999-12-31"),
                text("2020-01-01 00:00:00", TypeInfo.date(), "2020-01-01"),
                text("23:59:59.9999999", TypeInfo.time(7), "23:59:59.999999900"),
                text("12:30", TypeInfo.time(0), "12:30"),
                text("0001-01-01 00:00:00.0000001", TypeInfo.datetime2(7), "0001-01-01T00:00:00.000000100"),
                text("9999-12-31T23:59:59.9999999", TypeInfo.datetime2(7), "9999-12-31T23:59:59.999999900"),
                text("2020-02-29", TypeInfo.datetime2(0), "2020-02-29T00:00"),
                text("2020-02-29 12:30", TypeInfo.smalldatetime(), "2020-02-29T12:30"),
                text("1753-01-01 00:00:00.997", TypeInfo.datetime(), "1753-01-01T00:00:00.997"),
                text(
                        "2020-01-01 00:00:00.1234567 +05:30",
                        TypeInfo.datetimeoffset(7),
                        "2019-12-31T18:30:00.123456700+330"),
                text("2020-01-01T00:00:00-0800", TypeInfo.datetimeoffset(0), "2020-01-01T08:00+-480"),
                text("2020-01-01T00:00:00Z", TypeInfo.datetimeoffset(0), "2020-01-01T00:00+0"),
                text(
                        "FF11A2B3-1234-4321-8765-00000000000f",
                        TypeInfo.uniqueidentifier(),
                        "ff11a2b3-1234-4321-8765-00000000000f"),
                text(
                        "{ff11a2b3-1234-4321-8765-00000000000f}",
                        TypeInfo.uniqueidentifier(),
                        "ff11a2b3-1234-4321-8765-00000000000f"),
                text("0x00fF", TypeInfo.varbinary(2), "[0, -1]"),
                text("0x", TypeInfo.varbinary(2), "[]"),
                text(" 1.50 ", TypeInfo.nvarchar(6, null), " 1.50 "));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void becomesTheValueThatItSays(String text, TypeInfo type, String stored) throws SQLException {
        FakeTarget target = new FakeTarget().column("x", type);
        assertThat(load(text, target, Set.of())).isEqualTo(2);
        assertThat(target.rows).extracting(row -> String.valueOf(row.get(0))).containsExactly(stored, "null");
    }

    static List<Arguments> refusals() {
        return List.of(
                refusal("", TypeInfo.integer(), "not a number", null),
                refusal(" 1", TypeInfo.integer(), "not a number", null),
                refusal("1,5", TypeInfo.decimal(5, 2), "not a number", null),
                refusal("1_000", TypeInfo.integer(), "not a number", null),
                refusal("0x10", TypeInfo.integer(), "not a number", null),
                refusal("1e99999", TypeInfo.integer(), "not a number", null),
                refusal("1e9999", TypeInfo.decimal(38, 0), "holds -99", null),
                refusal("1e-9999", TypeInfo.decimal(38, 10), "10 digits after the point", Loss.DIGITS),
                refusal("yes", TypeInfo.bit(), "nor true or false", null),
                refusal("2", TypeInfo.bit(), "bit holds 0 to 1", null),
                refusal("true", TypeInfo.integer(), "not a number", null),
                refusal("1.256", TypeInfo.decimal(9, 2), "2 digits after the point", Loss.DIGITS),
                refusal("1.00001", TypeInfo.money(), "4 digits after the point", Loss.DIGITS),
                refusal("9223372036854775808", TypeInfo.bigint(), "bigint holds", null),
                refusal("0.12345678901234567890", TypeInfo.float8(), "cannot hold all its digits", Loss.DIGITS),
                refusal("9007199254740993", TypeInfo.float8(), "cannot hold all its digits", Loss.DIGITS),
                refusal("0.123456789", TypeInfo.real(), "cannot hold all its digits", Loss.DIGITS),
                refusal("1e400", TypeInfo.float8(), "beyond", null),
                refusal("1e-400", TypeInfo.float8(), "beyond", null),
                refusal("1e39", TypeInfo.real(), "beyond", null),
                refusal("NaN", TypeInfo.float8(), "no such float", Loss.NAN),
                refusal("-inf", TypeInfo.real(), "no such float", Loss.NAN),
                refusal("nanometre", TypeInfo.float8(), "not a number", null),
                refusal("01/02/2020", TypeInfo.date(), "year-month-day", null),
                refusal("2021-02-29", TypeInfo.date(), "year-month-day", null),
                refusal("2020-01-01 12:00:00", TypeInfo.date(), "no room for the time", null),
                refusal("12:00:00", TypeInfo.datetime2(7), "year-month-day", null),
                refusal("2020-01-01", TypeInfo.time(7), "not a time of day", null),
                refusal("24:00:00", TypeInfo.time(7), "not a time of day", null),
                refusal("12:00:00.12345678", TypeInfo.time(7), "time(7)", Loss.TIME),
                refusal("2020-01-01 00:00:00.1234567", TypeInfo.datetime2(6), "datetime2(6)", Loss.TIME),
                refusal("2020-01-01 00:00:00.12345678", TypeInfo.datetime2(7), "datetime2(7)", Loss.TIME),
                refusal("2020-01-01 00:00:00.005", TypeInfo.datetime(), "datetime", Loss.TIME),
                refusal("1752-12-31", TypeInfo.datetime(), "1753-01-01", null),
                refusal("2020-01-01 00:00:00Z", TypeInfo.datetime2(7), "no room for the offset", null),
                refusal("2020-01-01 00:00:00", TypeInfo.datetimeoffset(7), "needs an offset", null),
                refusal("0001-01-01 00:00:00+01:00", TypeInfo.datetimeoffset(7), "0001-01-01 to", null),
                refusal("ff11a2b3", TypeInfo.uniqueidentifier(), "8-4-4-4-12", null),
                refusal("00ff", TypeInfo.varbinary(9), "0x and hexadecimal", null),
                refusal("0x0", TypeInfo.varbinary(9), "even number", null),
                refusal("0xzz", TypeInfo.varbinary(9), "hexadecimal", null),
                refusal("0x0001", TypeInfo.varbinary(1), "room for 1 bytes", Loss.TEXT),
                refusal("abcd", TypeInfo.nvarchar(3, null), "room for 3 characters", Loss.TEXT));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedByNameWhenTheColumnCannotHoldIt(String text, TypeInfo type, String why, Loss loss)
            throws SQLException {
        Set<Loss> others = loss == null ? EnumSet.allOf(Loss.class) : EnumSet.complementOf(EnumSet.of(loss));
        FakeTarget target = new FakeTarget().column("x", type);
        assertThatThrownBy(() -> load(text, target, others))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageStartingWith("column \"x\", row 1, value ")
                .hasMessageContaining(why);
        assertThat(target.rows).isEmpty();
        if (loss != null) {
            assertThatThrownBy(() -> load(text, target, others))
                    .hasMessageContaining("--lossy " + loss.name().toLowerCase(Locale.ROOT));
            assertThat(load(text, target, Set.of(loss))).isEqualTo(2);
        }
    }

    @Test
    void roundsHalfAwayFromZeroWhenThatIsAllowed() throws SQLException {
        FakeTarget target = new FakeTarget().column("x", TypeInfo.decimal(5, 2));
        load("-1.005", target, Set.of(Loss.DIGITS));
        assertThat(target.rows.get(0).get(0)).hasToString("-1.01");
        assertThatThrownBy(() -> load("999.995", target, Set.of(Loss.DIGITS)))
                .hasMessageContaining("value 999.995: decimal(5,2) holds -999.99 to 999.99");
    }

    @Test
    void namesTheRowOfTheWholeFile() {
        String sql = "SELECT CASE WHEN i = 4999 THEN '1.5' ELSE i::VARCHAR END AS x FROM range(6000) t(i)";
        FakeTarget target = new FakeTarget().column("x", TypeInfo.integer());
        assertThatThrownBy(() -> QueryLoad.ofTexts(duckdb, sql, Set.of()).run(target, rows -> {}))
                .hasMessageStartingWith("column \"x\", row 5000, value 1.5");
    }

    private long load(String text, FakeTarget target, Set<Loss> allowed) throws SQLException {
        String sql = "SELECT " + Identifiers.literal(text) + " AS x UNION ALL SELECT NULL";
        return QueryLoad.ofTexts(duckdb, sql, allowed).run(target, rows -> {});
    }

    private static Arguments text(String text, TypeInfo type, String stored) {
        return Arguments.of(text, type, stored);
    }

    private static Arguments refusal(String text, TypeInfo type, String why, Loss loss) {
        return Arguments.of(text, type, why, loss);
    }
}
