package dev.tidegate.duckdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.duckdb.sql.EngineStatement.Attach;
import dev.tidegate.duckdb.sql.EngineStatement.CreateSecret;
import dev.tidegate.duckdb.sql.EngineStatement.Detach;
import dev.tidegate.duckdb.sql.EngineStatement.DropSecret;
import dev.tidegate.duckdb.sql.EngineStatement.Transaction;
import dev.tidegate.duckdb.sql.EngineStatement.Transaction.Step;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
    @Test
    void attachHasAUrlANameAndOptions() throws SQLException {
        assertThat(read("/* first */ attach or replace DATABASE IF NOT EXISTS 'mssql://u:p''w@h/d' AS \"My DB\""
                        + " (Type MSSQL, READ_ONLY, schema_filter 'd%', ISOLATION snapshot, POOL 4)"))
                .isEqualTo(new Attach(
                        "mssql://u:p'w@h/d",
                        "My DB",
                        true,
                        true,
                        Map.of("read_only", "true", "schema_filter", "d%", "isolation", "snapshot", "pool", "4")));
    }

    @Test
    void aUrlOfSqlServerNeedsNoType() throws SQLException {
        assertThat(read("ATTACH 'mssql://h/d' AS ms"))
                .isEqualTo(new Attach("mssql://h/d", "ms", false, false, Map.of()));
        assertThatThrownBy(() -> read("ATTACH 'mssql://u:hidden@h/d' AS ms (TYPE postgres)"))
                .isInstanceOf(SQLSyntaxErrorException.class)
                .hasMessageContaining("TYPE mssql, not of TYPE postgres")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH 'x.db'",
                "ATTACH 'x.db' AS x (TYPE sqlite)",
                "ATTACH 'x.db' AS x (READ_ONLY)",
                "ATTACH 'a' || 'b' AS x",
                "CREATE TABLE secret (a int)",
                "CREATE SECRET s (TYPE s3, KEY_ID 'x')",
                "CREATE PERSISTENT SECRET s (TYPE s3)",
                "DROP TABLE secret",
                "DROP PERSISTENT SECRET s",
                "SELECT 'ATTACH'",
                "DETACH",
                "WITH x AS (SELECT 1) FROM x",
                "\"BEGIN\"",
                "START",
                "BEGIN IMMEDIATE",
                "COMMIT AND CHAIN",
                "ROLLBACK TO SAVEPOINT a"
            })
    void everythingElseIsForDuckdb(String sql) throws SQLException {
        assertThat(StatementReader.read(SqlStatement.split(sql).get(0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BEGIN, BEGIN, false",
        "begin transaction read only, BEGIN, true",
        "BEGIN WORK READ WRITE, BEGIN, false",
        "START TRANSACTION, BEGIN, false",
        "START TRANSACTION READ ONLY, BEGIN, true",
        "COMMIT, COMMIT, false",
        "end, COMMIT, false",
        "COMMIT WORK, COMMIT, false",
        "END TRANSACTION, COMMIT, false",
        "ROLLBACK, ROLLBACK, false",
        "/* x */ abort, ROLLBACK, false"
    })
    void transactionsAreTold(String sql, Step step, boolean readOnly) throws SQLException {
        assertThat(read(sql)).isEqualTo(new Transaction(step, readOnly));
    }

    @Test
    void detachAndSecrets() throws SQLException {
        assertThat(read("DETACH ms")).isEqualTo(new Detach("ms", false));
        assertThat(read("DETACH DATABASE IF EXISTS \"m s\"")).isEqualTo(new Detach("m s", true));
        assertThat(read("CREATE OR REPLACE TEMPORARY SECRET s (TYPE mssql, HOST 'h', PORT 1433)"))
                .isEqualTo(new CreateSecret("s", true, false, Map.of("host", "h", "port", "1433")));
        assertThat(read("DROP SECRET IF EXISTS s")).isEqualTo(new DropSecret("s", true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ATTACH 'mssql://h/d' | AS",
                "ATTACH 'mssql://u:hidden@h/d' AS ms (TYPE mssql, TYPE mssql) | type is given twice",
                "ATTACH 'mssql://u:hidden@h/d' AS ms (TYPE mssql, password (1)) | option password",
                "ATTACH 'mssql://u:hidden@h/d' AS ms (TYPE mssql 'hidden') | ')' was expected, not a text",
                "ATTACH 'mssql://u:hidden@h/d' AS ms (TYPE mssql) x | end of the statement was expected, not x",
                "CREATE SECRET (TYPE mssql, PASSWORD 'hidden') | needs a name",
                "CREATE PERSISTENT SECRET s (TYPE mssql, PASSWORD 'hidden') | leave PERSISTENT out",
            })
    void mistakesAreNamedAndSecretsAreNot(String sql, String words) {
        assertThatThrownBy(() -> read(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void whatIsReadDoesNotTellItsSecrets() throws SQLException {
        assertThat(read("ATTACH 'mssql://u:hidden@h/d' AS ms").toString()).doesNotContain("hidden");
        assertThat(read("CREATE SECRET s (TYPE mssql, PASSWORD 'hidden')").toString())
                .doesNotContain("hidden");
    }

    private static EngineStatement read(String sql) throws SQLException {
        Optional<EngineStatement> statement =
                StatementReader.read(SqlStatement.split(sql).get(0));
        return statement.orElseThrow(() -> new SQLSyntaxErrorException("not taken: " + sql));
    }
}
