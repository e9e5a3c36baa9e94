package dev.tidegate.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcEscapesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1 | select 1",
                "select '{d}', [{x}] /* { */ | select '{d}', [{x}] /* { */",
                "{d '2024-02-29'} | CAST('2024-02-29' AS date)",
                "{t '23:59:59.1'} | CAST('23:59:59.1' AS time)",
                "{ts '2024-02-29 10:11:12'} | CAST('2024-02-29T10:11:12' AS datetime)",
                "{ts '2024-02-29 10:11'} | CAST('2024-02-29T10:11:00' AS datetime)",
                "{ ts '2024-02-29T10:11:12.123' } | CAST('2024-02-29T10:11:12.123' AS datetime)",
                "{ts '2024-02-29 10:11:12.123456789'} | CAST('2024-02-29T10:11:12.1234567' AS datetime2)",
                "{ts '1400-02-28 10:11:12'} | CAST('1400-02-28T10:11:12' AS datetime2)",
                "{fn UCASE(name)} | UPPER(name)",
                "{fn now()} | GETDATE()",
                "{fn curdate()} | CAST(GETDATE() AS date)",
                "{fn MOD(a, b + 1)} | ((a) % (b + 1))",
                "{fn concat('a,b', {fn lcase(x)})} | CONCAT('a,b', LOWER(x))",
                "{fn TIMESTAMPADD(SQL_TSI_DAY, 1, d)} | DATEADD(day, 1, d)",
                "{fn CONVERT(x, SQL_INTEGER)} | CAST(x AS int)",
                "{fn dayname({d '2024-01-01'})} | DATENAME(weekday, CAST('2024-01-01' AS date))",
                "select * from {oj a left outer join b on a.i = b.i} | select * from a left outer join b on a.i = b.i",
                "like 'a!%' {escape '!'} | like 'a!%' ESCAPE '!'",
                "{call dbo.p(1, 'x,y')} | EXEC dbo.p 1, 'x,y'",
                "{?=call p(?)} | EXEC ? = p ?",
                "{call [my proc]} | EXEC [my proc]",
            })
    void translates(String sql, String expected) throws SQLException {
        assertThat(JdbcEscapes.translate(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select {d '2024-02-29'",
                "{}",
                "{d 2024-02-29}",
                "{ts 'yesterday'}",
                "{t '1'}",
                "{what 1}",
                "{fn NOSUCH(1)}",
                "{fn MOD(1)}",
                "{fn TIMESTAMPADD(SQL_TSI_EON, 1, d)}",
                "{call }",
                "{? call p}",
                "{call p(1}",
            })
    void refusesWhatIsNoEscape(String sql) {
        assertThatThrownBy(() -> JdbcEscapes.translate(sql))
                .isInstanceOf(SQLSyntaxErrorException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42000");
    }

    @Test
    void saysThatLimitIsNotThere() {
        assertThatThrownBy(() -> JdbcEscapes.translate("select 1 {limit 3}"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("OFFSET");
    }

    @Test
    void nestingIsBounded() {
        String deep = "{oj ".repeat(10_000) + "}".repeat(10_000);
        assertThatThrownBy(() -> JdbcEscapes.translate(deep)).isInstanceOf(SQLSyntaxErrorException.class);
    }
}
