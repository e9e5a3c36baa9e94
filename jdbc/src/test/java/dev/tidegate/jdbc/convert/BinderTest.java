package dev.tidegate.jdbc.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.type.Collation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BinderTest {
    private final Binder binder = new Binder(true, Collation.DEFAULT);

    static Stream<Object[]> classes() {
        return Stream.of(
                new Object[] {true, "bit"},
                new Object[] {(byte) -1, "smallint"},
                new Object[] {(short) 1, "smallint"},
                new Object[] {1, "int"},
                new Object[] {1L, "bigint"},
                new Object[] {1f, "real"},
                new Object[] {1d, "float"},
                new Object[] {new BigDecimal("1.25"), "decimal(38,2)"},
                new Object[] {new BigDecimal("1E+3"), "decimal(38,0)"},
                new Object[] {BigInteger.TEN, "decimal(38,0)"},
                new Object[] {"x", "nvarchar(4000)"},
                new Object[] {"x".repeat(4001), "nvarchar(max)"},
                new Object[] {'x', "nvarchar(4000)"},
                new Object[] {new byte[8000], "varbinary(8000)"},
                new Object[] {new byte[8001], "varbinary(max)"},
                new Object[] {LocalDate.EPOCH, "date"},
                new Object[] {java.sql.Date.valueOf("2024-02-29"), "date"},
                new Object[] {LocalTime.NOON, "time(7)"},
                new Object[] {Time.valueOf("12:00:00"), "time(7)"},
                new Object[] {LocalDate.EPOCH.atStartOfDay(), "datetime2(7)"},
                new Object[] {Timestamp.valueOf("2024-02-29 12:00:00"), "datetime2(7)"},
                new Object[] {new java.util.Date(), "datetime2(7)"},
                new Object[] {OffsetDateTime.now(), "datetimeoffset(7)"},
                new Object[] {Instant.EPOCH, "datetimeoffset(7)"},
                new Object[] {Instant.EPOCH.atZone(ZoneOffset.UTC), "datetimeoffset(7)"},
                new Object[] {UUID.randomUUID(), "uniqueidentifier"});
    }

    @ParameterizedTest
    @MethodSource("classes")
    void everyClassHasItsType(Object value, String declaration) throws SQLException {
        assertThat(binder.of(value).declaration()).isEqualTo(declaration);
    }

    @ParameterizedTest
    @CsvSource({
        "BIT, bit",
        "BOOLEAN, bit",
        "TINYINT, tinyint",
        "SMALLINT, smallint",
        "INTEGER, int",
        "BIGINT, bigint",
        "REAL, real",
        "FLOAT, float",
        "DOUBLE, float",
        "DECIMAL, 'decimal(38,0)'",
        "NUMERIC, 'decimal(38,0)'",
        "DATE, date",
        "TIME, time(7)",
        "TIMESTAMP, datetime2(7)",
        "TIMESTAMP_WITH_TIMEZONE, datetimeoffset(7)",
        "CHAR, nvarchar(4000)",
        "VARCHAR, nvarchar(4000)",
        "NVARCHAR, nvarchar(4000)",
        "CLOB, nvarchar(4000)",
        "VARBINARY, varbinary(8000)",
        "BLOB, varbinary(8000)",
        "NULL, nvarchar(4000)",
        "SQLXML, nvarchar(4000)"
    })
    void everyTypeHasItsNull(String name, String declaration) throws Exception {
        Binding binding = binder.ofNull(Types.class.getField(name).getInt(null));
        assertThat(binding.declaration()).isEqualTo(declaration);
        assertThat(binding.value()).isNull();
    }

    @Test
    void convertsToTheTypeThatIsAskedFor() throws SQLException {
        assertThat(binder.of("42", Types.INTEGER, -1).value()).isEqualTo(42);
        assertThat(binder.of(42, Types.VARCHAR, -1).value()).isEqualTo("42");
        assertThat(binder.of("1.005", Types.DECIMAL, 2).value()).isEqualTo(new BigDecimal("1.01"));
        assertThat(binder.of("2024-02-29", Types.DATE, -1).value()).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(binder.of("2024-02-29T01:02:03Z", Types.TIMESTAMP_WITH_TIMEZONE, -1)
                        .value())
                .isEqualTo(OffsetDateTime.parse("2024-02-29T01:02:03Z"));
        assertThat(binder.of(LocalDateTime.parse("2024-02-29T01:02:03"), Types.TIME, -1)
                        .value())
                .isEqualTo(LocalTime.of(1, 2, 3));
        assertThat(binder.of(1, Types.BOOLEAN, -1).value()).isEqualTo(true);
        UUID uuid = UUID.randomUUID();
        assertThat(binder.of(uuid.toString(), -145, -1).value()).isEqualTo(uuid);
        assertThat((byte[]) binder.of(uuid, Types.BINARY, -1).value()).hasSize(16);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> binder.of(256, Types.TINYINT, -1)).isInstanceOf(SQLDataException.class);
        assertThatThrownBy(() -> binder.of("x", Types.INTEGER, -1)).isInstanceOf(SQLDataException.class);
        assertThatThrownBy(() -> binder.of(1, Types.DATE, -1)).isInstanceOf(SQLDataException.class);
        assertThatThrownBy(() -> binder.of(new BigDecimal("1e38"))).isInstanceOf(SQLDataException.class);
        assertThatThrownBy(() -> binder.of(Thread.currentThread())).isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> binder.ofNull(Types.ARRAY)).isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void timesAreCutToWhatTheServerCounts() throws SQLException {
        assertThat(binder.of(LocalTime.of(0, 0, 0, 123_456_789)).value()).isEqualTo(LocalTime.of(0, 0, 0, 123_456_700));
        assertThat(binder.of(LocalDateTime.of(2024, 1, 1, 23, 59, 59, 999_999_999))
                        .value())
                .isEqualTo(LocalDateTime.of(2024, 1, 1, 23, 59, 59, 999_999_900));
    }

    @Test
    void noDayIsTakenForAnother() {
        for (String text : List.of("2023-02-31", "2024-01-01 24:00:00")) {
            assertThatThrownBy(() -> binder.of(text, Types.TIMESTAMP, -1))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("timestamp");
        }
    }

    @Test
    void hugeExponentsAreRefusedBeforeTheyAreWrittenOut() throws SQLException {
        BigDecimal huge = new BigDecimal("1e1000000000");
        assertThatThrownBy(() -> binder.of(huge)).hasMessageContaining("1000000001 digits");
        assertThatThrownBy(() -> binder.of(huge, Types.DECIMAL, 2)).hasMessageContaining("1000000001 digits");
        assertThat(binder.of(new BigDecimal("0e50")).value()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void theYearsOfAnotherKindOfCalendarAreNotMeant() throws SQLException {
        Calendar buddhist = new Calendar.Builder()
                .setCalendarType("buddhist")
                .setTimeZone(TimeZone.getTimeZone("UTC"))
                .build();
        Timestamp instant = Timestamp.from(Instant.parse("2024-02-29T00:30:00Z"));
        LocalDateTime fields = LegacyTime.of(instant, buddhist);
        assertThat(fields).isEqualTo(LocalDateTime.parse("2024-02-29T00:30:00"));
        assertThat(LegacyTime.toTimestamp(new Cell(fields, null, "x"), buddhist))
                .isEqualTo(instant);
    }

    @Test
    void aCalendarSaysWhoseFieldsAreMeant() throws SQLException {
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
        Timestamp instant = Timestamp.from(Instant.parse("2024-02-28T15:30:00.123456700Z"));
        LocalDateTime fields = LegacyTime.of(instant, tokyo);
        assertThat(fields).isEqualTo(LocalDateTime.parse("2024-02-29T00:30:00.123456700"));
        Cell cell = new Cell(fields, null, "x");
        assertThat(LegacyTime.toTimestamp(cell, tokyo)).isEqualTo(instant);
        Cell old = new Cell(LocalDate.of(1200, 2, 29), null, "x");
        assertThat(LegacyTime.toDate(old, null)).isEqualTo(java.sql.Date.valueOf(LocalDate.of(1200, 2, 29)));
    }
}
