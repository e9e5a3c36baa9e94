package dev.tidegate.duckdb.engine.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is plainly a query is taken, and everything else refused. */
class ReadOnlyQueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select a from t;",
                " \n-- a comment with DELETE\n(SELECT 1) UNION ALL (SELECT 2) ; \n",
                "WITH x AS (SELECT 1 AS n) SELECT n FROM x /* DROP */ ORDER BY n OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY",
                "SELECT 'DELETE FROM t', \"delete\", [drop], 'it''s; DELETE', [a]];DELETE] FROM [set]",
                "SELECT t.updated, t.deleted_at, t.[value], created FROM dbo.inserts t FOR JSON PATH",
                "SELECT CASE WHEN a > 1 THEN 2 END, IIF(a = 1, 2, 3), $5, @@VERSION FROM t WITH (NOLOCK)"
            })
    void aQueryIsTaken(String sql) {
        assertThatCode(() -> ReadOnlyQuery.check(sql)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DELETE FROM t | begins with DELETE",
                "EXEC p | begins with EXEC",
                "p 1 | begins with P",
                "SELECT 1 DELETE FROM t | has DELETE in it",
                "SELECT 1; DELETE FROM t | behind its semicolon",
                "SELECT 1;SELECT 2 | behind its semicolon",
                "SELECT 1;(SELECT 2) | behind its semicolon",
                "SELECT 1;[p] | behind its semicolon",
                "SELECT 1 AS a INTO t | has INTO in it",
                "WITH x AS (SELECT 1 AS n) delete FROM x | has DELETE in it",
                "SELECT 1/**/UPDATE t SET a = 1 | has UPDATE in it",
                "SELECT 'a''' DELETE FROM t | has DELETE in it",
                "SELECT [a]]] DELETE FROM t | has DELETE in it",
                "SELECT \"a\"\"\" DELETE FROM t | has DELETE in it",
                "SELECT 1 /* /* */ DELETE FROM t -- */ | another comment in it",
                "SELECT 1 /* | no end",
                "SELECT 1 COMMIT | has COMMIT in it",
                "SELECT NEXT VALUE FOR s | has VALUE in it",
                "SELECT * FROM OPENQUERY(x, 'DELETE FROM t') | has OPENQUERY in it",
                "'SELECT 1' | no SELECT",
                "; SELECT 1 | behind its semicolon",
                "-- SELECT | no SELECT"
            })
    void everythingElseIsRefused(String sql, String why) {
        assertThatThrownBy(() -> ReadOnlyQuery.check(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"))
                .hasMessageContaining(why)
                .hasMessageContaining("READ_ONLY");
    }
}
