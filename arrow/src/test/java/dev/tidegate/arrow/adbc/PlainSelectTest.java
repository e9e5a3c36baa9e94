package dev.tidegate.arrow.adbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.TableName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSelectTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM t | | [t]",
                " select*from[t] ; | | [t]",
                "SELECT a,b FROM dbo.t | a,b | [dbo].[t]",
                "SELECT a, [b ]]x], \"c\"\"d\" FROM x . y . z | a,b ]x,c\"d | [x].[y].[z]",
                "SELECT [a]FROM[x]..[y] | a | [x]..[y]",
                "SELECT ä FROM #t | ä | [#t]"
            })
    void columnsOfATableAre(String sql, String columns, String table) {
        assertThat(PlainSelect.of(sql)).hasValueSatisfying(select -> {
            assertThat(select.table().sql()).isEqualTo(table);
            assertThat(select.columns()).isEqualTo(columns == null ? List.of() : List.of(columns.split(",")));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT a b FROM t",
                "SELECT a AS b FROM t",
                "SELECT t.a FROM t",
                "SELECT a + 1 FROM t",
                "SELECT a FROM t WHERE a > 1",
                "SELECT a FROM t u",
                "SELECT a FROM t, u",
                "SELECT a FROM t; DROP TABLE t",
                "SELECT a FROM t -- x",
                "SELECT a FROM f()",
                "SELECT a FROM (SELECT 1 AS a) t",
                "SELECT DISTINCT a FROM t",
                "SELECT TOP 5 a FROM t",
                "SELECT 1 FROM t",
                "SELECT * FROM a.b.c.d",
                "SELECT * FROM [t",
                "SELECT * FROM @t",
                "SELECT *, a FROM t",
                "SELECTa FROM t",
                "DELETE FROM t"
            })
    void everythingElseIsNot(String sql) {
        assertThat(PlainSelect.of(sql)).isEmpty();
    }

    @Test
    void aLongTextIsReadOnce() {
        String sql = "SELECT " + "a,".repeat(20_000) + " FROM t WHERE " + " ".repeat(20_000);
        Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> assertThat(PlainSelect.of(sql)).isEmpty());
        assertThat(PlainSelect.of("SELECT " + "a,".repeat(2_000) + "a FROM t"))
                .hasValueSatisfying(select -> assertThat(select)
                        .isEqualTo(new PlainSelect(
                                new TableName(List.of("t")),
                                List.of("a,".repeat(2_000).concat("a").split(",")))));
    }
}
