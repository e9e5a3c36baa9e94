package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertTest extends OnAttachedServer {
    /** More than go as parameters. */
    private static final int MANY = 3_000;

    @BeforeEach
    void table() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int NOT NULL, name nvarchar(20) NULL, price decimal(10, 2) DEFAULT 7.5,"
                + " CONSTRAINT positive CHECK (id > 0))");
        attach("ms", "");
    }

    @Test
    void valuesGoToColumnsByTheirPlaces() throws SQLException {
        assertThat(update("INSERT INTO ms.dbo.t VALUES (1, 'a', 1.25), (2, NULL, NULL)"))
                .isEqualTo(2);

        assertThat(table("t")).containsExactly("1|a|1.25", "2|null|null");
    }

    @Test
    void columnsThatAreLeftOutHaveTheirDefaults() throws SQLException {
        assertThat(update("INSERT INTO ms.t (name, id) VALUES ('a', 1)")).isEqualTo(1);
        assertThat(update("INSERT INTO ms.t VALUES (2, DEFAULT, DEFAULT)")).isEqualTo(1);
        assertThat(update("INSERT INTO ms.t (id) SELECT range + 3 FROM range(" + MANY + ")"))
                .isEqualTo(MANY);

        assertThat(rows("SELECT count(*), sum(price) FROM ms.t"))
                .containsExactly(MANY + 2 + "|" + 7.5 * (MANY + 2) + "0");
    }

    @Test
    void namesOfTheQuerySayWhichColumnsItsValuesAreFor() throws SQLException {
        assertThat(update("INSERT INTO ms.t BY NAME SELECT 'a' AS NAME, 1 AS id"))
                .isEqualTo(1);

        assertThat(table("t")).containsExactly("1|a|7.50");
        assertThatThrownBy(() -> run("INSERT INTO ms.t BY NAME SELECT 1 AS id, 2 AS other"))
                .hasMessageContaining("dbo.t has no column \"other\"; it has id, name, price");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499, 500, 501, MANY})
    void fewRowsAndManyRowsArriveAlike(int count) throws SQLException {
        assertThat(update("INSERT INTO ms.dbo.t SELECT range + 1, 'n' || range, range / 4 FROM range(" + count + ")"))
                .isEqualTo(count);

        assertThat(rows("SELECT count(*), coalesce(sum(id), 0), count(DISTINCT name) FROM ms.t"))
                .containsExactly(count + "|" + (long) count * (count + 1) / 2 + "|" + count);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, MANY})
    void aConstraintHoldsForFewRowsAndForMany(int count) throws SQLException {
        onServer("INSERT INTO dbo.t (id) VALUES (77)");

        assertThatThrownBy(() ->
                        update("INSERT INTO ms.t (id) SELECT " + (count - 2) + " - range FROM range(" + count + ")"))
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(547));

        assertThat(rows("SELECT id FROM ms.t")).containsExactly("77");
        assertThat(update("INSERT INTO ms.t (id) VALUES (78)")).isEqualTo(1);
    }

    @Test
    void aValueIsCastAsDuckdbDoesOrChecked() throws SQLException {
        onServer("CREATE TABLE dbo.c (f float, d date, s nvarchar(5), i int)");

        update("INSERT INTO ms.c VALUES (1.5, '2024-02-29', 12345, '7'), (NULL, NULL, NULL, NULL)");

        assertThat(rows("FROM ms.c")).containsExactly("1.5|2024-02-29|12345|7", "null|null|null|null");
        assertThatThrownBy(() -> run("INSERT INTO ms.c (s) VALUES ('123456')"))
                .hasMessageContaining("column \"s\", row 1, value '123456'");
        assertThatThrownBy(() -> run("INSERT INTO ms.c (i) VALUES (1.5)")).hasMessageContaining("value 1.5");
        assertThatThrownBy(() -> run("INSERT INTO ms.c (d) VALUES ('x')"))
                .hasMessageContaining("invalid date field format");
        assertThat(rows("SELECT count(*) FROM ms.c")).containsExactly("2");
    }

    @Test
    void anIdentityIsNumberedUnlessItsValuesAreGiven() throws SQLException {
        onServer("CREATE TABLE dbo.n (id int IDENTITY(10, 10), name nvarchar(20))");

        assertThat(update("INSERT INTO ms.n VALUES ('a'), ('b')")).isEqualTo(2);
        assertThat(update("INSERT INTO ms.n (id, name) VALUES (5, 'c')")).isEqualTo(1);
        assertThat(update("INSERT INTO ms.n SELECT 1000 + range, 'x' FROM range(" + MANY + ")"))
                .isEqualTo(MANY);
        assertThat(update("INSERT INTO ms.n (name) VALUES ('d')")).isEqualTo(1);

        assertThat(rows("FROM ms.n WHERE name <> 'x' AND name <> 'd' ORDER BY id"))
                .containsExactly("5|c", "10|a", "20|b");
        assertThat(rows("SELECT min(id), max(id) FROM ms.n WHERE name = 'x'")).containsExactly("1000|" + (999 + MANY));
    }

    @Test
    void aComputedColumnIsRefused() throws SQLException {
        onServer("CREATE TABLE dbo.k (a int, twice AS a * 2)");

        assertThat(update("INSERT INTO ms.k VALUES (4)")).isEqualTo(1);
        assertThat(update("INSERT INTO ms.k VALUES (5, DEFAULT)")).isEqualTo(1);
        assertThatThrownBy(() -> run("INSERT INTO ms.k (a, twice) VALUES (1, 2)"))
                .hasMessage("column \"twice\" of dbo.k is filled by the server; leave it out");
        assertThat(rows("FROM ms.k ORDER BY a")).containsExactly("4|8", "5|10");
    }

    @Test
    void aRowOfDefaultsIsInserted() throws SQLException {
        onServer("CREATE TABLE dbo.n (id int IDENTITY, name nvarchar(20) DEFAULT N'x')");

        assertThat(update("INSERT INTO ms.n DEFAULT VALUES")).isEqualTo(1);

        assertThat(rows("FROM ms.n")).containsExactly("1|x");
    }

    @Test
    void numbersOfValuesAndColumnsMustAgree() {
        assertThatThrownBy(() -> run("INSERT INTO ms.t VALUES (1, 'a')"))
                .hasMessage("table \"dbo.t\" has 3 columns but 2 values were supplied");
        assertThatThrownBy(() -> run("INSERT INTO ms.t (id, name) VALUES (1)"))
                .hasMessage("table \"dbo.t\" has 2 columns in the list but 1 values were supplied");
        assertThatThrownBy(() -> run("INSERT INTO ms.t (id, ID) VALUES (1, 2)"))
                .hasMessage("column \"ID\" of dbo.t is named twice");
        assertThatThrownBy(() -> run("INSERT INTO ms.nowhere VALUES (1)")).hasMessageContaining("nowhere");
    }

    @Test
    void aTableIsReadAndWrittenByOneStatementEvenWithOneConnection() throws SQLException {
        attach("one", ", MAXIMUM_POOL_SIZE 1, CONNECTION_TIMEOUT 2000");
        run("INSERT INTO one.t SELECT range + 1, 'a', 1 FROM range(" + MANY + ")");

        assertThat(update("INSERT INTO one.t SELECT a.id + " + MANY
                        + ", b.name, a.price FROM one.t a JOIN one.t b USING (id)"))
                .isEqualTo(MANY);

        assertThat(rows("SELECT count(*), max(id) FROM one.t")).containsExactly(2 * MANY + "|" + 2 * MANY);
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE temporary"))
                .isEmpty();
    }

    @Test
    void queriesWithNamesOfTheirOwnAndEngineFunctionsAreSources() throws SQLException {
        assertThat(update("WITH x AS (SELECT 1 AS id) INSERT INTO ms.t (id) FROM x"))
                .isEqualTo(1);
        assertThat(update(
                        "INSERT INTO ms.t (id) SELECT q.n FROM mssql_query('ms', $$SELECT id + 1 AS n FROM dbo.t$$) q"))
                .isEqualTo(1);
        run("USE ms.dbo");
        assertThat(update("INSERT INTO t (id) SELECT id + 2 FROM t")).isEqualTo(2);
        run("USE memory");

        assertThat(rows("SELECT id FROM ms.t ORDER BY id")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void theCountIsGivenAsDuckdbGivesIt() throws SQLException {
        try (Statement statement = duckdb().createStatement()) {
            assertThat(statement.execute("INSERT INTO ms.t (id) VALUES (1), (2)"))
                    .isFalse();
            assertThat(statement.getResultSet()).isNull();
            assertThat(statement.getUpdateCount()).isEqualTo(2);
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.executeLargeUpdate("INSERT INTO ms.t (id) VALUES (3)"))
                    .isEqualTo(1);
            assertThatThrownBy(() -> statement.executeQuery("INSERT INTO ms.t (id) VALUES (4)"))
                    .hasMessageContaining("executeQuery()");
            assertThat(statement.execute("SELECT count(*) FROM ms.t")).isTrue();
            assertThat(read(statement.getResultSet())).containsExactly("3");
        }
    }

    @Test
    void parametersAreBoundForEachExecution() throws SQLException {
        try (PreparedStatement insert =
                duckdb().prepareStatement("INSERT INTO ms.t (id, name, price) VALUES (?, ?, ?)")) {
            assertThat(insert.getParameterMetaData().getParameterCount()).isEqualTo(3);
            insert.setInt(1, 1);
            insert.setString(2, "a");
            insert.setBigDecimal(3, new BigDecimal("1.25"));
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 2);
            insert.setObject(2, null);
            assertThat(insert.execute()).isFalse();
            assertThat(insert.getUpdateCount()).isEqualTo(1);
            insert.setBigDecimal(3, new BigDecimal("1.255"));
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("value 1.255");
        }
        try (PreparedStatement insert =
                duckdb().prepareStatement("INSERT INTO ms.t SELECT id + $1, name, price FROM ms.t WHERE id > $2")) {
            insert.setInt(1, 10);
            insert.setInt(2, 1);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }

        assertThat(table("t")).containsExactly("1|a|1.25", "2|null|1.25", "12|null|1.25");
    }

    @Test
    void aBatchIsAllOrNothing() throws SQLException {
        try (PreparedStatement insert = duckdb().prepareStatement("INSERT INTO ms.t (id, name) VALUES (?, ?)")) {
            for (int i = 1; i <= 700; i++) {
                insert.setInt(1, i);
                insert.setString(2, "n" + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(700).containsOnly(1);
            insert.setInt(1, 701);
            insert.addBatch();
            insert.setInt(1, -1);
            insert.addBatch();
            assertThatThrownBy(insert::executeBatch).isInstanceOf(SQLException.class);
        }

        assertThat(rows("SELECT count(*), count(DISTINCT name), max(id) FROM ms.t"))
                .containsExactly("700|700|700");
    }

    @Test
    void returningGivesTheRowsAsTheTableHasThem() throws SQLException {
        onServer(
                "CREATE TABLE dbo.n (id int IDENTITY(1, 1), name nvarchar(20), at datetime2(3) DEFAULT '2024-02-29', twice AS id * 2)");

        assertThat(rows("INSERT INTO ms.n (name) VALUES ('a'), ('b') RETURNING *"))
                .containsExactly("1|a|2024-02-29 00:00:00.0|2", "2|b|2024-02-29 00:00:00.0|4");
        assertThat(rows("INSERT INTO ms.n (name) SELECT 'x' || range FROM range(1500) RETURNING n.id + 1 AS next"))
                .hasSize(1500)
                .doesNotHaveDuplicates();
        assertThat(rows("SELECT count(*) FROM ms.n")).containsExactly("1502");
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE temporary"))
                .isEmpty();

        assertThatThrownBy(() -> rows("INSERT INTO ms.n (name) VALUES ('c') RETURNING nothing"))
                .hasMessageContaining("nothing");
        assertThat(rows("SELECT count(*) FROM ms.n")).containsExactly("1502");
    }

    @Test
    void aFileIsCopiedIntoATable(@TempDir Path directory) throws IOException, SQLException {
        Path file = Files.writeString(directory.resolve("t.csv"), "id;name\n1;a\n2;\n");
        Path bad = Files.writeString(directory.resolve("bad.csv"), "id;name\n3;a\n-4;b\n");
        String options = "' (FORMAT csv, DELIMITER ';', HEADER)";

        assertThat(update("COPY ms.dbo.t (id, name) FROM '" + file + options)).isEqualTo(2);
        assertThatThrownBy(() -> update("COPY ms.dbo.t (id, name) FROM '" + bad + options))
                .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(547));
        assertThatThrownBy(() -> update("COPY ms.dbo.t FROM '" + file + options))
                .isInstanceOf(SQLException.class);
        onServer("CREATE TABLE dbo.n (id int IDENTITY, name nvarchar(20))");
        assertThatThrownBy(() -> update("COPY ms.n FROM '" + file + options))
                .hasMessageContaining("name those that the file has");

        assertThat(table("t")).containsExactly("1|a|7.50", "2|null|7.50");
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE temporary"))
                .isEmpty();
    }

    @Test
    void whatIsAttachedReadOnlyIsNotWritten() throws SQLException {
        attach("ro", ", READ_ONLY");

        assertThatThrownBy(() -> run("INSERT INTO ro.t (id) VALUES (1)")).hasMessageContaining("READ_ONLY");
        assertThat(rows("FROM ms.t")).isEmpty();
    }

    /** Else the rows that were sent would be locked for the query, and what is sent would be read again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "query('SELECT * FROM ms.dbo.t')",
                "query_table('ms.dbo.t')",
                "hidden()",
                "later.v",
                "same.dbo.t",
            })
    @Timeout(60)
    void aQueryThatReadsTheTableWithoutNamingItIsOverBeforeARowIsSent(String source) throws SQLException {
        update("INSERT INTO ms.dbo.t SELECT range + 1, 'n', 1 FROM range(" + MANY + ")");
        attach("same", "");
        rows("SELECT count(*) FROM ms.dbo.t");
        run("ATTACH ':memory:' AS later");
        Connection past = duckdb().unwrap(DuckDBConnection.class);
        run(past, "CREATE VIEW later.v AS FROM ms.dbo.t");
        run(past, "CREATE MACRO hidden() AS TABLE FROM ms.dbo.t");

        assertThat(update("INSERT INTO ms.dbo.t SELECT id + 100000, name, price FROM " + source))
                .isEqualTo(MANY);

        assertThat(rows("SELECT count(*), count(DISTINCT id) FROM ms.dbo.t"))
                .containsExactly(2 * MANY + "|" + 2 * MANY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anErrorOfWhatIsReturnedInsertsNothing(boolean inTransaction) throws SQLException {
        if (inTransaction) {
            run("BEGIN");
        }
        assertThatThrownBy(() -> rows("INSERT INTO ms.dbo.t VALUES (1, '1', 1), (2, 'b', 2) RETURNING name::INTEGER"))
                .hasMessageContaining("Could not convert string 'b'");
        if (inTransaction) {
            assertThatThrownBy(() -> run("COMMIT")).hasMessageContaining("aborted");
            run("ROLLBACK");
        }
        assertThat(rows("FROM ms.dbo.t")).isEmpty();
    }

    private int update(String sql) throws SQLException {
        try (Statement statement = duckdb().createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private List<String> table(String name) throws SQLException {
        return rows("FROM ms." + name + " ORDER BY ALL");
    }
}
