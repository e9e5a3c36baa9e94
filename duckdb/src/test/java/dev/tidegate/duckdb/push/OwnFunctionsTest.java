package dev.tidegate.duckdb.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A macro in the place of a function is noticed at once, whoever has made it, and by those only who would call it. */
class OwnFunctionsTest {
    private Connection duckdb;
    private Connection other;

    @BeforeEach
    void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        other = ((DuckDBConnection) duckdb).duplicate();
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        duckdb.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE MACRO abs(x) AS 42",
                "CREATE MACRO ABS(x) AS 42",
                "CREATE TEMP MACRO abs(x) AS 42",
                "CREATE FUNCTION abs(x) AS 42",
                "CREATE MACRO abs(x) AS TABLE SELECT 42; CREATE MACRO abs(x) AS 42",
                "CREATE MACRO abs() AS 42, (x) AS 43",
                "CREATE MACRO abs(tidegate_none) AS 42",
                "CREATE MACRO abs(tidegate_none := 0) AS 'No function matches the given name and argument types '",
                "CREATE MACRO abs(tidegate_none) AS error('No function matches the given name and argument types ')"
            })
    void aMacroIsNoFunctionOfDuckDb(String definition) throws SQLException {
        assertThat(isRedefined(duckdb, "abs", "lower")).isFalse();
        run(duckdb, definition);
        assertThat(isRedefined(duckdb, "abs")).isTrue();
        assertThat(isRedefined(duckdb, "lower", "abs", "sum")).isTrue();
        assertThat(isRedefined(duckdb, "lower", "sum")).isFalse();
        run(duckdb, "DROP MACRO abs");
        assertThat(isRedefined(duckdb, "abs")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"~~", "!~~*", "+", "||", "count", "count_star", "sum", "substring", "it's \"odd\""})
    void operatorsAndAggregatesMayBeMacrosToo(String name) throws SQLException {
        assertThat(isRedefined(duckdb, name)).isFalse();
        run(duckdb, "CREATE MACRO \"" + name.replace("\"", "\"\"") + "\"(x, y) AS 42");
        assertThat(isRedefined(duckdb, name)).isTrue();
    }

    @Test
    void aMacroOfAnotherConnectionIsNoticedWithItsCommit() throws SQLException {
        run(other, "BEGIN");
        run(other, "CREATE MACRO abs(x) AS 42");
        assertThat(isRedefined(other, "abs")).isTrue();
        assertThat(isRedefined(duckdb, "abs")).isFalse();
        run(other, "COMMIT");
        assertThat(isRedefined(duckdb, "abs")).isTrue();
        run(other, "DROP MACRO abs");
        assertThat(isRedefined(duckdb, "abs")).isFalse();
    }

    @Test
    void aMacroOfASchemaCountsForThoseWhoSearchIt() throws SQLException {
        run(other, "CREATE SCHEMA s");
        run(other, "CREATE MACRO s.abs(x) AS 42");
        assertThat(isRedefined(duckdb, "abs")).isFalse();
        run(duckdb, "USE s");
        assertThat(isRedefined(duckdb, "abs")).isTrue();
        run(duckdb, "USE main");
        run(duckdb, "SET search_path = 'main,s'");
        assertThat(isRedefined(duckdb, "abs")).isTrue();
    }

    @Test
    void aTransactionGoesOnAfterTheQuestion() throws SQLException {
        run(duckdb, "BEGIN");
        run(duckdb, "CREATE TABLE t (i INTEGER)");
        run(duckdb, "CREATE MACRO lower(x) AS 42");
        assertThat(isRedefined(duckdb, "abs")).isFalse();
        assertThat(isRedefined(duckdb, "lower")).isTrue();
        run(duckdb, "INSERT INTO t VALUES (1)");
        run(duckdb, "COMMIT");
        run(duckdb, "FROM t");
    }

    private static boolean isRedefined(Connection connection, String... names) throws SQLException {
        return OwnFunctions.isAnyRedefined(connection, Set.of(names));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
