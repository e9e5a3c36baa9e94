package dev.tidegate.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkedSqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select ?, ? | select @P0, @P1 | 2",
                "select '?' + ? | select '?' + @P0 | 1",
                "select 'it''s ?', ? | select 'it''s ?', @P0 | 1",
                "select [a?b], ? from t | select [a?b], @P0 from t | 1",
                "select [a]]?b], ? | select [a]]?b], @P0 | 1",
                "select \"q?\"\"?\", ? | select \"q?\"\"?\", @P0 | 1",
                "select ? /* ? /* ? */ ? */, ? | select @P0 /* ? /* ? */ ? */, @P1 | 2",
                "select 'open ? | select 'open ? | 0",
                "select [open ? | select [open ? | 0",
                "/* open ? | /* open ? | 0",
                "where a=?and b=? | where a=@P0 and b=@P1 | 2",
                "? | @P0 | 1",
            })
    void namesMarkersOutsideQuotesAndComments(String sql, String expected, int count) {
        assertThat(MarkedSql.of(sql)).isEqualTo(new MarkedSql(expected, count));
    }

    @Test
    void aLineCommentEndsAtTheLine() {
        assertThat(MarkedSql.of("select 1 -- ? '\n, ?")).isEqualTo(new MarkedSql("select 1 -- ? '\n, @P0", 1));
    }

    @Test
    void tellsWhatAStatementIs() {
        assertThat(StatementKind.of(" /* x */ -- y\n insert into t values (1)")).isEqualTo(StatementKind.INSERT);
        assertThat(StatementKind.of("(select 1)")).isEqualTo(StatementKind.SELECT);
        assertThat(StatementKind.of("with c as (select 1 as a) insert t select a from c"))
                .isEqualTo(StatementKind.INSERT);
        assertThat(StatementKind.of(";with c(x) as (select 1) select * from c")).isEqualTo(StatementKind.SELECT);
        assertThat(StatementKind.of("merge t using s on 1=1")).isEqualTo(StatementKind.MERGE);
        assertThat(StatementKind.of("create table t(i int)")).isEqualTo(StatementKind.OTHER);
        assertThat(StatementKind.of("")).isEqualTo(StatementKind.OTHER);
    }
}
