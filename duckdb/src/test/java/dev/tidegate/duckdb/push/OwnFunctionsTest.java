package dev.tidegate.duckdb.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBScalarFunctionBuilder;
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

    @ParameterizedTest
    @ValueSource(strings = {"abs", "lower", "year", "+", "~~", "count_star"})
    void aProgramsFunctionIsNoneOfDuckDbsOwn(String name) throws SQLException {
        assertThat(isRedefined(duckdb, name)).isFalse();
        try (DuckDBScalarFunctionBuilder function = DuckDBFunctions.scalarFunction()) {
            function.withName(name)
                    .withParameter(Long.class)
                    .withReturnType(Long.class)
                    .withLongFunction(x -> 42)
                    .register(other);
        } catch (SQLException e) {
            // Aggregates cannot be replaced by a function of one value.
            assertThat(name).isEqualTo("count_star");
            return;
        }
        assertThat(isRedefined(duckdb, name)).isTrue();
        assertThat(isRedefined(duckdb, "upper", name)).isTrue();
        assertThat(isRedefined(duckdb, "upper")).isFalse();
    }

    @Test
    void aProgramsFunctionOfAnyNumberOfValuesIsNoneOfDuckDbsOwn() throws SQLException {
        try (DuckDBScalarFunctionBuilder function = DuckDBFunctions.scalarFunction();
                DuckDBLogicalType bigint = DuckDBLogicalType.of(DuckDBColumnType.BIGINT)) {
            function.withName("lower")
                    .withVarArgs(bigint)
                    .withReturnType(Long.class)
                    .withVarArgsFunction(values -> 42L)
                    .register(duckdb);
        }
        assertThat(isRedefined(duckdb, "lower")).isTrue();
        assertThat(isRedefined(duckdb, "upper")).isFalse();
    }

    /** Those two make of any call one that is right, and are never pushed. */
    @Test
    void noneOfDuckDbsOwnIsTakenForAPrograms() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet functions = statement.executeQuery(
                        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN"
                                + " ('scalar', 'aggregate') AND function_name NOT IN ('struct_pack', 'union_value')")) {
            while (functions.next()) {
                names.add(functions.getString(1));
            }
        }
        assertThat(names).hasSizeGreaterThan(500);
        assertThat(names.stream().filter(this::isRedefinedNow).toList()).isEmpty();
    }

    private boolean isRedefinedNow(String name) {
        try {
            return isRedefined(duckdb, name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
