package dev.tidegate.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKindTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select 1 union all (select 2);",
                "with a as (select 1 as n) select n from a -- update",
                "; select [update] from t",
                "select ';delete from t';;"
            })
    void readsOnly(String sql) {
        assertThat(StatementKind.onlyReads(sql)).isTrue();
    }

    /** To be stopped half-way they would lose something. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 into t",
                "select 1; disable trigger t on x",
                "select 1; enable trigger t on x",
                "select 1 checkpoint",
                "select 1 revert",
                "select 1 close c",
                "select 1 select 2",
                "select 1; something new",
                ""
            })
    void mayWrite(String sql) {
        assertThat(StatementKind.onlyReads(sql)).isFalse();
    }
}
