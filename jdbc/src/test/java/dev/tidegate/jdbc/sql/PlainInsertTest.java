package dev.tidegate.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainInsertTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t VALUES (?)                                   | [t]",
                "insert t(a,b) values(?,?)                                  | [t]",
                "INSERT INTO dbo.t (a) VALUES (?);                          | [dbo].[t]",
                "/* all */ INSERT INTO [shop].dbo.\"t t\" (a) VALUES (?) -- in | [shop].[dbo].[t t]",
                "INSERT INTO shop..t VALUES (?)                             | [shop]..[t]",
                "INSERT INTO #t VALUES (?)                                  | [#t]",
                "INSERT INTO [a]]b.c] VALUES (?)                            | [a]]b.c]"
            })
    void plainOnesAreKnown(String sql, String table) {
        assertThat(PlainInsert.of(sql))
                .hasValueSatisfying(found -> assertThat(found.table().sql()).isEqualTo(table));
    }

    @Test
    void columnsAndValuesAreTold() {
        PlainInsert found = PlainInsert.of("INSERT INTO t ([a ], \"b\"\"c\", d) VALUES (?, ?, ?)")
                .orElseThrow();
        assertThat(found.columns()).isEqualTo(List.of("a ", "b\"c", "d"));
        assertThat(found.values()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INSERT",
                "INSERT INTO t",
                "INSERT INTO t DEFAULT VALUES",
                "INSERT INTO t VALUES ()",
                "INSERT INTO t VALUES (?",
                "INSERT INTO t VALUES (?,)",
                "INSERT INTO t VALUES (?) SELECT 1",
                "INSERT INTO t VALUES (?);;",
                "INSERT INTO t VALUES (?), (?)",
                "INSERT INTO t VALUES (-?)",
                "INSERT INTO t VALUES (?, 1)",
                "INSERT INTO t VALUES ('?')",
                "INSERT INTO t VALUES (@P0)",
                "INSERT INTO t (a) VALUES (?, ?)",
                "INSERT INTO t (a, b) VALUES (?)",
                "INSERT INTO t (a) OUTPUT INSERTED.a VALUES (?)",
                "INSERT INTO t WITH (TABLOCK) VALUES (?)",
                "INSERT INTO t (t.a) VALUES (?)",
                "INSERT TOP (1) INTO t VALUES (?)",
                "INSERT INTO @t VALUES (?)",
                "INSERT INTO server.db.dbo.t VALUES (?)",
                "INSERT INTO [] VALUES (?)",
                "INSERT INTO [t VALUES (?)",
                "INSERT INTO t SELECT ?",
                "INSERT INTO t EXEC p ?",
                "WITH c AS (SELECT 1 AS a) INSERT INTO t VALUES (?)",
                "UPDATE t SET a = ?",
                "SET NOCOUNT ON INSERT INTO t VALUES (?)"
            })
    void everythingElseIsNot(String sql) {
        assertThat(PlainInsert.of(sql)).isEmpty();
    }
}
