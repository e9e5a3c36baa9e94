package dev.tidegate.jdbc.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExactValueTest {
    private static final Binder WIDE = new Binder(true, Collation.DEFAULT);
    private static final Binder NARROW = new Binder(false, Collation.DEFAULT);
    private static final LocalDateTime NOON = LocalDateTime.of(2020, 2, 29, 12, 0);

    static Stream<Arguments> exact() {
        return Stream.of(
                Arguments.of(TypeInfo.tinyint(), 255, 255),
                Arguments.of(TypeInfo.bigint(), 7, 7),
                Arguments.of(TypeInfo.integer(), new BigDecimal("7.00"), 7L),
                Arguments.of(TypeInfo.decimal(5, 2), 999, new BigDecimal("999.00")),
                Arguments.of(TypeInfo.decimal(5, 2), new BigDecimal("-1.5000"), new BigDecimal("-1.50")),
                Arguments.of(
                        TypeInfo.money(),
                        new BigDecimal("922337203685477.5807"),
                        new BigDecimal("922337203685477.5807")),
                Arguments.of(TypeInfo.smallmoney(), -214_748, new BigDecimal("-214748.0000")),
                Arguments.of(TypeInfo.float8(), 3, 3.0),
                Arguments.of(TypeInfo.float8(), 0.1f, (double) 0.1f),
                Arguments.of(TypeInfo.datetime(), NOON.withNano(990_000_000), NOON.withNano(990_000_000)),
                Arguments.of(TypeInfo.smalldatetime(), NOON, NOON),
                Arguments.of(TypeInfo.datetime2(3), NOON.withNano(1_000_000), NOON.withNano(1_000_000)),
                Arguments.of(TypeInfo.varchar(3, Collation.DEFAULT), "né", "né"),
                Arguments.of(TypeInfo.charType(3, Collation.DEFAULT), "a", "a  "),
                Arguments.of(TypeInfo.nvarchar(3, Collation.DEFAULT), "ΩΩΩ", "ΩΩΩ"),
                Arguments.of(TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT), "ΩΩΩ", "ΩΩΩ"));
    }

    @ParameterizedTest
    @MethodSource("exact")
    void whatFitsIsTheValueItself(TypeInfo column, Object value, Object expected) throws Exception {
        assertThat(ExactValue.in(column, WIDE.of(value))).isEqualTo(expected);
    }

    static Stream<Arguments> other() {
        return Stream.of(
                Arguments.of(TypeInfo.tinyint(), -1),
                Arguments.of(TypeInfo.smallint(), 32_768),
                Arguments.of(TypeInfo.integer(), new BigDecimal("7.5")),
                Arguments.of(TypeInfo.integer(), 7.0),
                Arguments.of(TypeInfo.bigint(), new BigDecimal("9223372036854775808")),
                Arguments.of(TypeInfo.decimal(5, 2), 1000),
                Arguments.of(TypeInfo.decimal(5, 2), new BigDecimal("1.005")),
                Arguments.of(TypeInfo.decimal(5, 2), 1.5),
                Arguments.of(TypeInfo.money(), new BigDecimal("922337203685477.5808")),
                Arguments.of(TypeInfo.smallmoney(), 214_749),
                Arguments.of(TypeInfo.real(), 0.5),
                Arguments.of(TypeInfo.real(), Float.NaN),
                Arguments.of(TypeInfo.float8(), Double.POSITIVE_INFINITY),
                Arguments.of(TypeInfo.float8(), 1L),
                Arguments.of(TypeInfo.bit(), 1),
                Arguments.of(TypeInfo.datetime(), NOON.withNano(1_000_000)),
                Arguments.of(TypeInfo.datetime(), NOON.withYear(1752)),
                Arguments.of(TypeInfo.smalldatetime(), NOON.withSecond(1)),
                Arguments.of(TypeInfo.smalldatetime(), NOON.withYear(2080)),
                Arguments.of(TypeInfo.datetime2(3), NOON.withNano(1_000_100)),
                Arguments.of(TypeInfo.date(), NOON),
                Arguments.of(TypeInfo.date(), "2020-01-01"),
                Arguments.of(TypeInfo.varchar(3, Collation.DEFAULT), "Ω"),
                Arguments.of(TypeInfo.varchar(3, Collation.DEFAULT), "\u0080"),
                Arguments.of(TypeInfo.varchar(3, Collation.DEFAULT), "long"),
                Arguments.of(TypeInfo.varchar(3, Collation.DEFAULT), 5),
                Arguments.of(TypeInfo.varbinary(2), new byte[3]),
                Arguments.of(TypeInfo.binary(2), new byte[1]),
                Arguments.of(TypeInfo.uniqueidentifier(), "6F9619FF-8B86-D011-B42D-00C04FC964FF"));
    }

    @ParameterizedTest
    @MethodSource("other")
    void whatTheServerWouldChangeOrRefuseIsTheServers(TypeInfo column, Object value) throws Exception {
        assertThat(ExactValue.in(column, WIDE.of(value))).isSameAs(ExactValue.NONE);
    }

    /** The parameter has lost by then what a column of Unicode could have kept. */
    @Test
    void textThatGoesInACodePageHasItsCharactersOnly() {
        TypeInfo column = TypeInfo.nvarchar(10, Collation.DEFAULT);
        assertThat(ExactValue.in(column, NARROW.text("é"))).isEqualTo("é");
        assertThat(ExactValue.in(column, NARROW.text("Ω"))).isSameAs(ExactValue.NONE);
        assertThat(ExactValue.in(column, NARROW.national("Ω"))).isEqualTo("Ω");
    }

    @Test
    void aNullIsNullWhereItsTypeIsConverted() throws Exception {
        assertThat(ExactValue.in(TypeInfo.integer(), WIDE.ofNull(Types.NULL))).isNull();
        assertThat(ExactValue.in(TypeInfo.varbinary(4), WIDE.ofNull(Types.VARBINARY)))
                .isNull();
        assertThat(ExactValue.in(TypeInfo.varbinary(4), WIDE.ofNull(Types.NULL)))
                .isSameAs(ExactValue.NONE);
        assertThat(ExactValue.in(TypeInfo.money(), WIDE.ofNull(Types.VARCHAR))).isSameAs(ExactValue.NONE);
        assertThat(ExactValue.in(TypeInfo.date(), WIDE.ofNull(Types.INTEGER))).isSameAs(ExactValue.NONE);
        assertThat(ExactValue.in(TypeInfo.uniqueidentifier(), WIDE.ofNull(Types.BIT)))
                .isSameAs(ExactValue.NONE);
    }
}
