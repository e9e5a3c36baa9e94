package dev.tidegate.duckdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.sql.ChangeStatement.Assigned;
import dev.tidegate.duckdb.sql.ChangeStatement.Delete;
import dev.tidegate.duckdb.sql.ChangeStatement.Update;
import dev.tidegate.duckdb.sql.ChangeStatement.Upsert;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeReaderTest {
    private static ChangeStatement read(String sql) throws SQLException {
        return ChangeReader.read(SqlStatement.split(sql).get(0));
    }

    private static QualifiedName name(String... parts) {
        return new QualifiedName(List.of(parts));
    }

    @Test
    void eachPartIsFoundWhateverStandsInIt() throws SQLException {
        assertThat(
                        read(
                                "WITH w(a) AS (SELECT 'UPDATE x'), v AS MATERIALIZED (FROM w) UPDATE ms.dbo.t AS x SET a = f(b, 'WHERE'),"
                                        + " (c, d) = (1, (SELECT max(e) FROM w)), g = h IS DISTINCT FROM i FROM w, v WHERE x.a = w.a RETURNING a"))
                .isEqualTo(new Update(
                        name("ms", "dbo", "t"),
                        "x",
                        "WITH w(a) AS (SELECT 'UPDATE x'), v AS MATERIALIZED (FROM w)",
                        List.of(
                                new Assigned("a", "f(b, 'WHERE')"),
                                new Assigned("c", "1"),
                                new Assigned("d", "(SELECT max(e) FROM w)"),
                                new Assigned("g", "h IS DISTINCT FROM i")),
                        "w, v",
                        "x.a = w.a",
                        "a"));
        assertThat(read("DELETE FROM t USING u WHERE t.a = u.a"))
                .isEqualTo(new Delete(name("t"), null, "", "u", "t.a = u.a", null));
        assertThat(read(
                        "INSERT INTO t (a, b) SELECT 1, c FROM u JOIN v ON conflict.x = v.x ON CONFLICT (a) DO UPDATE SET b ="
                                + " excluded.b WHERE b > 1"))
                .isEqualTo(new Upsert(
                        name("t"),
                        null,
                        "",
                        List.of("a", "b"),
                        false,
                        "SELECT 1, c FROM u JOIN v ON conflict.x = v.x",
                        List.of("a"),
                        List.of(new Assigned("b", "excluded.b")),
                        "b > 1",
                        null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "INSERT INTO t VALUES (1)",
                "WITH x AS (SELECT 1) SELECT a AS update FROM x",
                "UPDATE"
            })
    void everythingElseHasNoTarget(String sql) {
        assertThat(ChangeReader.target(SqlStatement.split(sql).get(0))).isEmpty();
    }
}
