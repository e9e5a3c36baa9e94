package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t | [t]",
                "dbo.t | [dbo].[t]",
                "db..t | [db]..[t]",
                "db.dbo.t | [db].[dbo].[t]",
                "#temp | [#temp]",
                "[a.b].[c]]d] | [a.b].[c]]d]",
                "\"a\"\"b\".t | [a\"b].[t]",
                "t; DROP TABLE x | [t; DROP TABLE x]",
            })
    void everyPartIsQuotedAgain(String text, String sql) {
        assertThat(TableName.parse(text).sql()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.", "[a", "[a]b", "\"a", "a.b.c.d", "[]"})
    void whatIsNoNameIsRefused(String text) {
        assertThatThrownBy(() -> TableName.parse(text)).hasMessageContaining("is not the name of a table");
    }

    @Test
    void aBracketInsideIsDoubled() {
        assertThat(TableName.quote("a]b")).isEqualTo("[a]]b]");
    }
}
