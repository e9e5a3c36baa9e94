package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UPDATE, DELETE and INSERT … ON CONFLICT of attached tables do what DuckDB does with a copy of its own. */
class RowChangesTest extends OnAttachedServer {
    private static final String ROWS = "(1, N'one', 1.50, '2020-01-01'), (2, N'two', 2.50, NULL), (3, N'it''s', NULL,"
            + " '2020-03-03T12:30:00'), (4, NULL, 4.00, '2021-01-01')";

    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, name nvarchar(20), amount decimal(10, 2),"
                        + " made datetime2(6))",
                "INSERT INTO dbo.t VALUES " + ROWS,
                "CREATE TABLE dbo.heap (a int, b nvarchar(10))",
                "INSERT INTO dbo.heap VALUES (1, N'x'), (2, N'y')");
        attach("ms", "");
        run("CREATE TABLE own (id INTEGER PRIMARY KEY, name VARCHAR, amount DECIMAL(10, 2), made TIMESTAMP)");
        run("INSERT INTO own FROM ms.dbo.t");
        run("CREATE TABLE src AS SELECT * FROM (VALUES (1, 'first', 10), (1, 'second', 10), (3, 'third', 30),"
                + " (9, 'ninth', 90)) s(id, label, n)");
    }

    /** Runs it on the attached table and on DuckDB's own, and compares rows and counts. */
    private void both(String sql) throws SQLException {
        long remote = count(sql.replace("{t}", "ms.dbo.t"));
        long local = count(sql.replace("{t}", "own"));
        assertThat(remote).as("count of " + sql).isEqualTo(local);
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).as(sql).isEqualTo(rows("FROM own ORDER BY id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The server runs these.
                "UPDATE {t} SET amount = amount + 1",
                "UPDATE {t} SET name = 'new', amount = 7 WHERE id IN (1, 3)",
                "UPDATE {t} AS x SET amount = NULL WHERE x.id > 2",
                "DELETE FROM {t} WHERE amount > 2",
                "DELETE FROM {t}",
                "UPDATE {t} SET name = 'nobody' WHERE id = 99",
                // DuckDB finds the rows of these.
                "UPDATE {t} SET name = upper(name)",
                "UPDATE {t} SET name = name || '!', amount = amount / 3 WHERE length(name) = 3",
                "UPDATE {t} AS x SET made = x.made + INTERVAL 1 DAY WHERE x.made IS NOT NULL",
                "UPDATE {t} SET (name, amount) = (reverse(name), id * 2.5)",
                "UPDATE {t} SET id = id + 10 WHERE name LIKE '%o%' OR regexp_matches(name, 't')",
                "UPDATE {t} SET amount = s.n FROM src s WHERE s.id = own.id AND s.id = 3",
                "UPDATE {t} AS x SET amount = src.n, name = NULL FROM src WHERE src.id = x.id",
                "UPDATE {t} AS x SET amount = s.m FROM (SELECT id, sum(n) AS m FROM src GROUP BY id) s WHERE s.id = x.id",
                "WITH w AS (SELECT id FROM src WHERE n > 20) UPDATE {t} SET name = 'w' WHERE id IN (SELECT id FROM w)",
                "UPDATE {t} SET name = (SELECT max(label) FROM src)",
                "UPDATE {t} SET name = 'd' WHERE name IS DISTINCT FROM 'one' AND year(made) = 2020",
                "UPDATE {t} SET name = CASE WHEN amount IS NULL IS DISTINCT FROM false THEN 'null' ELSE md5(name)[:5] END",
                "DELETE FROM {t} WHERE name ILIKE 'ONE'",
                "DELETE FROM {t} WHERE id IN (SELECT id FROM src)",
                "DELETE FROM {t} AS x USING src WHERE src.id = x.id",
                "WITH w AS (SELECT 3 AS id) DELETE FROM {t} WHERE id IN (FROM w)",
                "DELETE FROM {t} WHERE upper(name) = 'NOBODY'",
                // These are there already, or not.
                "INSERT INTO {t} (id, name) VALUES (1, 'again'), (5, 'five'), (5, 'later') ON CONFLICT DO NOTHING",
                "INSERT OR IGNORE INTO {t} (id, name) VALUES (2, 'again'), (6, 'six')",
                "INSERT OR REPLACE INTO {t} VALUES (2, 'again', 5, NULL), (7, 'seven', 7.125, '2022-02-02')",
                "INSERT OR REPLACE INTO {t} (id, amount) VALUES (2, 55), (7, 77)",
                "INSERT INTO {t} VALUES (3, 'x', 1, NULL), (8, 'y', 2, NULL) ON CONFLICT (id) DO UPDATE SET name ="
                        + " excluded.name, amount = amount + excluded.amount",
                "INSERT INTO {t} AS x VALUES (1, 'x', 1, NULL) ON CONFLICT (id) DO UPDATE SET amount = x.amount * 2 WHERE"
                        + " x.amount < 1",
                "INSERT INTO {t} AS x VALUES (1, 'x', 1, NULL) ON CONFLICT (id) DO UPDATE SET amount = x.amount * 2 WHERE"
                        + " x.amount < 2",
                "INSERT INTO {t} (id, name) SELECT id, label FROM src ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                "INSERT INTO {t} BY NAME SELECT label AS name, id FROM src WHERE n < 50 ON CONFLICT DO UPDATE SET name ="
                        + " 'set'",
                "WITH w AS (SELECT * FROM src) INSERT INTO {t} (id, name) SELECT id, label FROM w ON CONFLICT (id) DO"
                        + " NOTHING",
            })
    void theTableIsThenWhatDuckdbsWouldBe(String sql) throws SQLException {
        both(sql.contains("own.id") ? sql.replace("{t}", "{t} AS own") : sql);
    }

    @Test
    void parametersAreTakenAsDuckdbTakesThem() throws SQLException {
        for (String table : List.of("ms.dbo.t", "own")) {
            try (PreparedStatement update =
                    duckdb().prepareStatement("UPDATE " + table + " SET name = ?, amount = ?, made = ? WHERE id = ?")) {
                update.setString(1, "it's $1 ?");
                update.setBigDecimal(2, new BigDecimal("-12.50"));
                update.setTimestamp(3, Timestamp.valueOf("2020-02-03 04:05:06.123456"));
                update.setLong(4, 1);
                assertThat(update.executeUpdate()).isOne();
                update.setNull(1, Types.VARCHAR);
                update.setNull(2, Types.DECIMAL);
                update.setInt(4, 2);
                assertThat(update.executeUpdate()).isOne();
                update.setInt(4, -2);
                assertThat(update.executeUpdate()).isZero();
                update.setString(1, "batch");
                update.setInt(4, 3);
                if (table.equals("own")) {
                    update.executeUpdate();
                    update.setInt(4, 4);
                    update.executeUpdate();
                } else {
                    update.addBatch();
                    update.setInt(4, 4);
                    update.addBatch();
                    assertThat(update.executeBatch()).containsExactly(1, 1);
                }
            }
            try (PreparedStatement delete = duckdb().prepareStatement(
                            "DELETE FROM " + table + " WHERE upper(name) = $1 OR id = $2 AND 'x' = $1")) {
                delete.setString(1, "BATCH");
                delete.setInt(2, 1);
                assertThat(delete.execute()).isFalse();
                assertThat(delete.getUpdateCount()).isEqualTo(2);
            }
            try (PreparedStatement upsert = duckdb().prepareStatement("INSERT INTO " + table
                    + " (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name")) {
                upsert.setInt(1, 1);
                upsert.setString(2, "one again");
                assertThat(upsert.executeUpdate()).isOne();
                upsert.setInt(1, 11);
                assertThat(upsert.executeUpdate()).isOne();
            }
        }
        assertThat(rows("FROM ms.dbo.t ORDER BY id"))
                .isEqualTo(rows("FROM own ORDER BY id"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ms.dbo.t SET id = 3 + ?, amount = 99 WHERE id = 4",
                "UPDATE ms.dbo.t SET name = lpad(name, 21 - 20 * ?::INTEGER, 'x') WHERE id = 1",
                "INSERT OR REPLACE INTO ms.dbo.t (id, name) VALUES (1, repeat('x', 21 - 20 * ?::INTEGER))",
            })
    void aBatchOfWhichOneFailsChangesNothing(String sql) throws SQLException {
        try (PreparedStatement change = duckdb().prepareStatement(sql)) {
            change.setInt(1, 1);
            change.addBatch();
            change.setInt(1, 0);
            change.addBatch();
            assertThatThrownBy(change::executeBatch).isInstanceOf(SQLException.class);
        }
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
        both("UPDATE {t} SET name = upper(name)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE dbo.t SET name = reverse(name)",
                "UPDATE t SET name = 'x' WHERE id = 1",
                "UPDATE ms.t SET name = t.name || '?' WHERE t.id = 1",
                "DELETE FROM T WHERE ID = 2",
                "UPDATE MS.DBO.T SET NAME = upper(Name)",
            })
    void shortNamesMeanWhatTheyMeanToDuckdb(String sql) throws SQLException {
        run("USE ms");
        run(sql.replaceFirst("(?i)(ms\\.)?(dbo\\.)?\\bt\\b", "memory.main.own").replace(" t.", " own."));
        run(sql);
        run("USE memory");
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
    }

    @Test
    void aTemporaryTableOfTheNameComesFirst() throws SQLException {
        run("USE ms.dbo");
        run("CREATE TEMP TABLE t AS SELECT 1 AS id");
        run("DELETE FROM t");
        run("USE memory");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("4");
        assertThat(rows("SELECT count(*) FROM temp.main.t")).containsExactly("0");
    }

    @Test
    void keysOfSeveralColumnsAndOfTextWork() throws SQLException {
        onServer(
                "CREATE TABLE dbo.k (a nvarchar(10) NOT NULL, b date NOT NULL, u uniqueidentifier, v varbinary(10),"
                        + " PRIMARY KEY (a, b))",
                "INSERT INTO dbo.k VALUES (N'Éa', '2020-01-01', NEWID(), 0x01), (N'Éa', '2020-01-02', NULL, NULL),"
                        + " (N'b ', '2020-01-01', NULL, 0x02)");
        run("CALL mssql_clear_cache('ms')");
        assertThat(count("UPDATE ms.dbo.k SET v = 'xy'::BLOB, u = uuid() WHERE strip_accents(a) = 'Ea'"))
                .isEqualTo(2);
        assertThat(rows("SELECT b::VARCHAR, v::VARCHAR, u IS NULL FROM ms.dbo.k ORDER BY a, b"))
                .containsExactlyInAnyOrder("2020-01-01|xy|false", "2020-01-02|xy|false", "2020-01-01|\\x02|true");
        assertThat(count("DELETE FROM ms.dbo.k WHERE strip_accents(a) = 'b '")).isOne();
    }

    @Test
    void withoutAKeyOnlyTheServerCanChangeRows() throws SQLException {
        assertThat(count("UPDATE ms.dbo.heap SET a = a + 1 WHERE a = 2")).isOne();
        assertThatThrownBy(() -> run("UPDATE ms.dbo.heap SET b = upper(b)"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("table dbo.heap has no primary key")
                .hasMessageContaining("(in the way is: the function upper)");
        assertThatThrownBy(() -> run("UPDATE ms.dbo.heap SET missing = 1"))
                .hasMessageContaining("table dbo.heap has no column \"missing\"");
        assertThat(rows("FROM ms.dbo.heap ORDER BY a")).containsExactly("1|x", "3|y");
    }

    @Test
    void anIdentityIsAKeyToo() throws SQLException {
        onServer(
                "CREATE TABLE dbo.i (id int IDENTITY(5, 5) PRIMARY KEY, v nvarchar(10))",
                "INSERT INTO dbo.i (v) VALUES (N'a'), (N'b')");
        run("CALL mssql_clear_cache('ms')");
        assertThat(count("UPDATE ms.dbo.i SET v = upper(v) WHERE id = 10")).isOne();
        assertThat(count("INSERT INTO ms.dbo.i VALUES (10, 'c'), (12, 'd') ON CONFLICT DO UPDATE SET v = excluded.v"))
                .isEqualTo(2);
        assertThat(rows("FROM ms.dbo.i ORDER BY id")).containsExactly("5|a", "10|c", "12|d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UPDATE ms.dbo.t SET nothing = 1                              | nothing
            UPDATE ms.dbo.t SET name = 1, NAME = 2                       | column "NAME" is set twice
            UPDATE ms.dbo.t SET (name, amount) = (SELECT 1)              | 2 columns are set to 1 values
            UPDATE ms.dbo.t SET name = upper(nothing)                    | nothing
            UPDATE ms.dbo.t SET id = NULL WHERE upper(name) = 'ONE'      | id
            UPDATE ms.dbo.t SET id = 1                                   | PRIMARY KEY
            UPDATE ms.dbo.t SET id = length('x') WHERE length(name) < 9  | PRIMARY KEY
            UPDATE ms.dbo.t SET name = repeat('x', 30)                   | name
            UPDATE ms.dbo.t SET amount = 1e9 + id                        | amount
            UPDATE ms.dbo.t SET amount = name                            | Could not convert string
            UPDATE ms.dbo.gone SET name = 'x'                            | there is no table ms.dbo.gone
            DELETE FROM ms.dbo.t WHERE                                   | DELETE: an expression was expected
            INSERT INTO ms.dbo.heap VALUES (1, 'x') ON CONFLICT DO NOTHING | table dbo.heap has no key; ON CONFLICT needs
            INSERT INTO ms.dbo.t (id) VALUES (1) ON CONFLICT (name) DO NOTHING | table dbo.t has no key of columns name
            INSERT INTO ms.dbo.t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 5 | column "id" is part of the key
            INSERT INTO ms.dbo.t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = upper(t.name) | ON CONFLICT DO UPDATE cannot be said in T-SQL: the function upper
            INSERT INTO ms.dbo.t (id) VALUES (1, 2) ON CONFLICT DO NOTHING | INSERT gives 2 values for 1 columns
            INSERT INTO ms.dbo.t (id, nothing) VALUES (1, 2) ON CONFLICT DO NOTHING | table dbo.t has no column "nothing"
            INSERT INTO ms.dbo.t (id, name) VALUES (5, 'v'), (6, repeat('x', 30)) ON CONFLICT DO NOTHING | name
            """)
    void whatFailsOrIsRefusedLeavesEverythingAsItWas(String sql, String message) throws SQLException {
        assertThatThrownBy(() -> run(sql)).isInstanceOf(SQLException.class).hasMessageContaining(message);
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
        assertThat(rows("SELECT count(*) FROM duckdb_tables() WHERE temporary")).containsExactly("0");
        both("UPDATE {t} SET name = upper(name)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ro.dbo.t SET amount = 1",
                "UPDATE ro.dbo.t SET name = upper(name)",
                "DELETE FROM ro.dbo.t",
                "DELETE FROM ro.dbo.t WHERE upper(name) = 'ONE'",
                "INSERT OR REPLACE INTO ro.dbo.t (id) VALUES (1)",
            })
    void readOnlyIsHeeded(String sql) throws SQLException {
        attach("ro", ", READ_ONLY");
        assertThatThrownBy(() -> run(sql))
                .hasMessageContaining("ro is attached READ_ONLY")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("25006");
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
    }

    @Test
    void whatDuckdbComputesIsLoadedWhateverItsSize() throws SQLException {
        onServer("CREATE TABLE dbo.many (id int NOT NULL PRIMARY KEY, v int)");
        run("CALL mssql_clear_cache('ms')");
        assertThat(count("INSERT OR REPLACE INTO ms.dbo.many SELECT i, i FROM range(400) r(i)"))
                .isEqualTo(400);
        assertThat(count("UPDATE ms.dbo.many SET v = hash(v) % 1000 WHERE id % 2 = 0"))
                .isEqualTo(200);
        assertThat(count("DELETE FROM ms.dbo.many WHERE hash(id) % 2 = 0"))
                .isEqualTo(Long.parseLong(rows("SELECT count(*) FROM range(400) r(i) WHERE hash(i::INTEGER) % 2 = 0")
                        .get(0)));
    }

    /** As one of DuckDB's own. */
    @ParameterizedTest
    @ValueSource(strings = {"ms.dbo.t", "own"})
    void aBatchThatFailsChangesNothing(String table) throws SQLException {
        try (PreparedStatement update = duckdb().prepareStatement("UPDATE " + table + " SET id = ? WHERE id = ?")) {
            int[][] entries = {{11, 1}, {4, 2}, {13, 3}};
            for (int[] entry : entries) {
                update.setInt(1, entry[0]);
                update.setInt(2, entry[1]);
                update.addBatch();
            }
            assertThatThrownBy(update::executeBatch).isInstanceOf(SQLException.class);
        }
        assertThat(rows("SELECT id FROM " + table + " ORDER BY id")).containsExactly("1", "2", "3", "4");
        assertThat(count("DELETE FROM " + table + " WHERE id = 1")).isEqualTo(1);
    }

    /** Takes DuckDB hours, without asking the server for anything. */
    private static final String ENDLESS_HERE =
            "(SELECT sum(hash(a.range + b.range) % 7) FROM range(100000000) a, range(100000000) b)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ms.dbo.t SET amount = amount + " + ENDLESS_HERE + " WHERE length(name) = 3",
                "DELETE FROM ms.dbo.t WHERE length(name) > " + ENDLESS_HERE,
                "INSERT OR REPLACE INTO ms.dbo.t (id) SELECT " + ENDLESS_HERE,
                "MERGE INTO ms.dbo.t USING (SELECT " + ENDLESS_HERE + " AS n) s ON s.n = t.id WHEN MATCHED THEN DELETE",
            })
    void aTimeOutAndACancelReachWhatDuckdbComputes(String sql) throws Exception {
        try (Statement limited = duckdb().createStatement()) {
            limited.setQueryTimeout(1);
            assertThatThrownBy(() -> limited.execute(sql)).isInstanceOf(SQLTimeoutException.class);
        }
        try (Statement cancelled = duckdb().createStatement()) {
            CompletableFuture<Throwable> running = apart(() -> catchThrowable(() -> cancelled.execute(sql)));
            while (!running.isDone()) {
                cancelled.cancel();
                Thread.sleep(20);
            }
            assertThat(running.get()).isInstanceOf(SQLException.class);
        }
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
        both("UPDATE {t} SET name = upper(name)");
    }
}
