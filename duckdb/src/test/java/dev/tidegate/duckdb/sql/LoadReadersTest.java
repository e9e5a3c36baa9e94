package dev.tidegate.duckdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.duckdb.sql.LoadStatement.CopyFrom;
import dev.tidegate.duckdb.sql.LoadStatement.CopyTo;
import dev.tidegate.duckdb.sql.LoadStatement.CreateTableAs;
import dev.tidegate.duckdb.sql.LoadStatement.Insert;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadReadersTest {
    @Test
    void createTableAsIsTakenApart() throws SQLException {
        CreateTableAs read = ctas("CREATE OR REPLACE TABLE ms.dbo.\"a b\" AS /* all */ SELECT 1 AS \"as\" -- end");

        assertThat(read.target().parts()).containsExactly("ms", "dbo", "a b");
        assertThat(read.orReplace()).isTrue();
        assertThat(read.ifNotExists()).isFalse();
        assertThat(read.withData()).isTrue();
        assertThat(read.columns()).isEmpty();
        assertThat(read.query()).isEqualTo("SELECT 1 AS \"as\" -- end");
    }

    @Test
    void namesOptionsAndWithNoDataOfCreateTableAsAreRead() throws SQLException {
        CreateTableAs read =
                ctas("create table if not exists t (a, \"B\") WITH (kind = clustered, key (a, 'b'), x 1, y)"
                        + " as (with q as (select 1, 2) from q) with no data");

        assertThat(read.ifNotExists()).isTrue();
        assertThat(read.columns()).containsExactly("a", "B");
        assertThat(read.options())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "kind", List.of("clustered"),
                        "key", List.of("a", "b"),
                        "x", List.of("1"),
                        "y", List.of("true")));
        assertThat(read.query()).isEqualTo("(with q as (select 1, 2) from q)");
        assertThat(read.withData()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int)",
                "CREATE TABLE t (a int DEFAULT (1), b AS (a))",
                "CREATE TEMP TABLE t AS SELECT 1",
                "CREATE VIEW v AS SELECT 1",
                "CREATE MACRO m(a) AS TABLE SELECT 1",
                "SELECT 'CREATE TABLE t AS SELECT 1'"
            })
    void otherStatementsCreateNoTableFromAQuery(String sql) throws SQLException {
        assertThat(CreateTableAsReader.read(one(sql))).isEmpty();
    }

    @Test
    void anOptionIsNoExpressionAndStandsOnce() {
        assertThatThrownBy(() -> ctas("CREATE TABLE t WITH (kind = 1 + 1) AS SELECT 1"))
                .isInstanceOf(SQLSyntaxErrorException.class)
                .hasMessageContaining("')' was expected, not +");
        assertThatThrownBy(() -> ctas("CREATE TABLE t WITH (kind heap, KIND heap) AS SELECT 1"))
                .hasMessageContaining("option kind is given twice");
        assertThatThrownBy(() -> ctas("CREATE TABLE t WITH (kind ?) AS SELECT 1"))
                .hasMessageContaining("option kind takes a text, a word or a number as it stands");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "INSERT INTO t SELECT 1 | t | [] | SELECT 1",
                "INSERT INTO a.b.c AS k (x, \"Y\") SELECT 1, 2 | a.b.c | [x, Y] | SELECT 1, 2",
                "INSERT INTO t (FROM u) | t | [] | (FROM u)",
                "INSERT INTO t (SELECT a, b FROM u) | t | [] | (SELECT a, b FROM u)",
                "INSERT INTO t (a) (SELECT 1) | t | [a] | (SELECT 1)",
                "INSERT INTO t BY POSITION SELECT 1 | t | [] | SELECT 1",
                "INSERT INTO t (a) VALUES (1), (2) | t | [a] | VALUES (1), (2)",
                "INSERT INTO t VALUES ('DEFAULT') | t | [] | VALUES ('DEFAULT')",
                "WITH x AS (SELECT 1), INSERT AS (SELECT 2) INSERT INTO t FROM x | t | [] |"
                        + " WITH x AS (SELECT 1), INSERT AS (SELECT 2) SELECT * FROM (FROM x )",
                "INSERT INTO t SELECT 1 FROM a JOIN b ON conflict | t | [] | SELECT 1 FROM a JOIN b ON conflict",
            })
    void insertIsTakenApart(String sql, String target, String columns, String query) throws SQLException {
        Insert read = insert(sql);

        assertThat(read.target()).hasToString(target);
        assertThat(read.columns()).hasToString(columns);
        assertThat(read.query().replace('\n', ' ')).isEqualTo(query);
        assertThat(read.omitted()).isEmpty();
        assertThat(read.byName()).isFalse();
        assertThat(read.returning()).isNull();
    }

    @Test
    void defaultsNamesAndReturningOfInsertAreRead() throws SQLException {
        assertThat(insert("INSERT INTO t DEFAULT VALUES RETURNING *"))
                .isEqualTo(new Insert(new QualifiedName(List.of("t")), List.of(), Set.of(), false, null, false, "*"));
        assertThat(insert("INSERT INTO t BY NAME SELECT 1 AS a RETURNING a, (b) AS \"RETURNING\""))
                .extracting(Insert::byName, Insert::query, Insert::returning)
                .containsExactly(true, "SELECT 1 AS a", "a, (b) AS \"RETURNING\"");
        assertThat(insert("INSERT INTO t VALUES (1, DEFAULT, f(2, 3)), (4, default, [5, 6]) LIMIT 1"))
                .extracting(Insert::omitted, Insert::query, Insert::isConstant)
                .containsExactly(Set.of(1), "VALUES (1, f(2, 3)), (4, [5, 6]) LIMIT 1", true);
    }

    @Test
    void onlyValuesWithoutAQueryAreConstant() throws SQLException {
        assertThat(insert("INSERT INTO t VALUES (1, ?)").isConstant()).isTrue();
        assertThat(insert("INSERT INTO t VALUES (1, (SELECT 2))").isConstant()).isFalse();
        assertThat(insert("INSERT INTO t VALUES (1, (FROM u))").isConstant()).isFalse();
        assertThat(insert("WITH x AS (SELECT 1) INSERT INTO t VALUES (1)").isConstant())
                .isFalse();
        assertThat(insert("INSERT INTO t SELECT 1").isConstant()).isFalse();
    }

    @Test
    void aDefaultOfSomeRowsOnlyIsRefused() {
        assertThatThrownBy(() -> insert("INSERT INTO t VALUES (1, DEFAULT), (2, 3)"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("column 2 is DEFAULT in some rows only");
        assertThatThrownBy(() -> insert("INSERT INTO t VALUES (DEFAULT)")).hasMessageContaining("DEFAULT VALUES");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT OR REPLACE INTO t VALUES (1)",
                "INSERT OR IGNORE INTO t VALUES (1)",
                "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING",
                "INSERT INTO t SELECT 1 FROM a JOIN b ON conflict ON CONFLICT (a) DO UPDATE SET a = 1",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "UPDATE t SET a = 1",
                "SELECT 1"
            })
    void otherStatementsInsertNothingNew(String sql) throws SQLException {
        assertThat(InsertReader.read(one(sql))).isEmpty();
    }

    @Test
    void copyIsTakenApart() throws SQLException {
        assertThat(copy("COPY (SELECT a, 'TO' FROM t) TO 'mssql://ms/dbo/t' (FORMAT mssql, REPLACE, KEY (a, b))"))
                .isEqualTo(new CopyTo(
                        "mssql://ms/dbo/t",
                        "SELECT a, 'TO' FROM t",
                        Map.of("replace", List.of("true"), "key", List.of("a", "b"))));
        assertThat(copy("COPY x.t (a, \"B\") TO 'MSSQL://ms/t'"))
                .isEqualTo(new CopyTo("MSSQL://ms/t", "SELECT \"a\", \"B\" FROM \"x\".\"t\"", Map.of()));
        assertThat(copy("COPY ms.dbo.t (a) FROM 'x.csv' (HEADER)"))
                .isEqualTo(new CopyFrom(
                        new QualifiedName(List.of("ms", "dbo", "t")), List.of("a"), "FROM 'x.csv' (HEADER)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"COPY t TO 'x.csv'", "COPY (SELECT 1) TO 'x.csv' (FORMAT csv)", "SELECT 1", "COPY t TO stdout"})
    void aCopyToAFileIsForDuckdb(String sql) throws SQLException {
        assertThat(CopyReader.read(one(sql))).isEmpty();
    }

    @Test
    void theFormatAndTheAddressOfACopyMustAgree() {
        assertThatThrownBy(() -> copy("COPY t TO 'x' (FORMAT 'mssql')"))
                .hasMessageContaining("FORMAT mssql writes to 'mssql://DATABASE/SCHEMA/TABLE'");
        assertThatThrownBy(() -> copy("COPY t TO 'mssql://ms/t' (FORMAT csv)")).hasMessageContaining("FORMAT mssql");
    }

    private static CreateTableAs ctas(String sql) throws SQLException {
        return CreateTableAsReader.read(one(sql)).orElseThrow();
    }

    private static Insert insert(String sql) throws SQLException {
        return InsertReader.read(one(sql)).orElseThrow();
    }

    private static LoadStatement copy(String sql) throws SQLException {
        return CopyReader.read(one(sql)).orElseThrow();
    }

    private static SqlStatement one(String sql) {
        return SqlStatement.split(sql).get(0);
    }
}
