package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.EngineOptions;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an ATTACH has said, shown and changed later; and where its password comes from. */
class SettingsTest extends OnAttachedServer {
    private EngineConnection scanning;

    @Test
    void theSettingsOfWhatIsAttachedAreShown() throws SQLException {
        assertThat(setting("maximum_pool_size")).containsExactly("null|10|10");
        attach(
                "ms",
                ", MAXIMUM_POOL_SIZE 3, SCHEMA_FILTER '^dbo$', READ_ONLY, ISOLATION 'read committed', CACHE_TTL 7");
        attach("two", "");
        assertThat(setting("maximum_pool_size")).containsExactly("ms|3|10", "two|10|10");
        assertThat(setting("schema_filter")).containsExactly("ms|^dbo$|", "two||");
        assertThat(setting("read_only")).containsExactly("ms|true|false", "two|false|false");
        assertThat(setting("isolation")).containsExactly("ms|read committed|", "two||");
        assertThat(setting("cache_ttl")).containsExactly("ms|7|300", "two|300|300");
        assertThat(setting("user")).containsExactly("ms|" + USER + "|", "two|" + USER + "|");
        assertThat(setting("password")).containsExactly("ms|null|", "two|null|");
        assertThat(rows("SELECT DISTINCT database_name FROM mssql_settings('two')"))
                .containsExactly("two");
        assertThatThrownBy(() -> rows("FROM mssql_settings('three')")).hasMessageContaining("three");
    }

    @Test
    void theSettingsOfAConnectionAreShownOnceWhateverIsAttached() throws SQLException {
        assertThat(setting("mssql_query_pushdown")).containsExactly("null|auto|auto");
        assertThat(setting("mssql_filter_pushdown")).containsExactly("null|on|on");
        attach("ms", "");
        attach("two", "");
        run("SET mssql_query_pushdown = off");
        run("SET mssql_filter_pushdown = off");
        assertThat(setting("mssql_query_pushdown")).containsExactly("null|off|auto");
        assertThat(setting("mssql_filter_pushdown")).containsExactly("null|off|on");
        try (EngineConnection other = duckdb().duplicate()) {
            assertThat(rows(other, "SELECT value FROM mssql_settings() WHERE name LIKE 'mssql%' ORDER BY name"))
                    .containsExactly("on", "", "auto");
        }
        run("RESET mssql_query_pushdown");
        run("RESET mssql_filter_pushdown");
        assertThat(setting("mssql_query_pushdown")).containsExactly("null|auto|auto");
        assertThat(setting("mssql_filter_pushdown")).containsExactly("null|on|on");
    }

    private List<String> setting(String name) throws SQLException {
        return rows("SELECT database_name, value, default_value FROM mssql_settings() WHERE name = '" + name
                + "' ORDER BY database_name");
    }

    @Test
    void aSettingOfThePoolIsChangedWhileItIsUsed() throws Exception {
        onServer("CREATE TABLE dbo.t (id int)");
        attach("ms", ", MAXIMUM_POOL_SIZE 1, CONNECTION_TIMEOUT 60000");
        rows("SELECT count(*) FROM ms.dbo.t");
        CompletableFuture<SQLException> scan = scan();
        awaitStatistic("in_use", 1, scan);
        assertThat(rows("CALL mssql_set('ms', 'maximum_pool_size', 4)")).containsExactly("true");
        assertThat(rows("SELECT value FROM mssql_settings('ms') WHERE name = 'maximum_pool_size'"))
                .containsExactly("4");
        // Whoever asks now does not wait for the one place that there was.
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
        assertThat(scan.isDone()).as("it keeps its connection").isFalse();
        scanning.close();
        assertThat((Throwable) scan.get(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
        assertThat(rows("SELECT maximum FROM mssql_pool_stats('ms')"))
                .as("the pool from before is gone")
                .containsExactly("4");
        assertThat(rows("SELECT closed > 0, opened >= closed, acquired >= 4 FROM mssql_pool_stats('ms')"))
                .as("what it did still counts")
                .containsExactly("true|true|true");
    }

    private CompletableFuture<SQLException> scan() throws SQLException {
        scanning = duckdb().duplicate();
        return apart(() -> catchThrowableOfType(
                SQLException.class,
                () -> rows(scanning, "SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)")));
    }

    private void awaitStatistic(String column, int count, CompletableFuture<?> work) throws Exception {
        while (!rows("SELECT " + column + " FROM mssql_pool_stats('ms')").equals(List.of(Integer.toString(count)))) {
            assertThat(work.isDone()).isFalse();
            Thread.sleep(5);
        }
    }

    @Test
    void aPreparedChangeIsMadeWhenItIsRun() throws SQLException {
        attach("ms", "");
        try (PreparedStatement set = duckdb().prepareStatement("CALL mssql_set('ms', 'idle_timeout', '5000')")) {
            assertThat(rows("SELECT value FROM mssql_settings('ms') WHERE name = 'idle_timeout'"))
                    .containsExactly("600000");
            set.execute();
        }
        assertThat(rows("SELECT value FROM mssql_settings('ms') WHERE name = 'idle_timeout'"))
                .containsExactly("5000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ms', 'colour', 1 | 'colour' cannot be changed",
                "'ms', 'user', 'x' | maximum_pool_size, minimum_idle",
                "'ms', 'maximum_pool_size', 0 | allowed are 1 to",
                "'ms', 'maximum_pool_size', 'many' | takes a whole number",
                "'ms', 'minimum_idle', 11 | maximumPoolSize, which is 10",
                "'nobody', 'idle_timeout', 1 | nobody",
                "'ms', 'idle_timeout' | mssql_set takes",
                "'ms', 'idle_timeout', 1 + 1 | as it stands",
            })
    void aWrongChangeIsNamed(String arguments, String words) throws SQLException {
        attach("ms", "");
        assertThatThrownBy(() -> run("CALL mssql_set(" + arguments + ")"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(words);
        assertThat(rows("SELECT maximum FROM mssql_pool_stats('ms')")).containsExactly("10");
    }

    @Test
    void namesAndProgressAreToldWithoutALookAtTheTables() throws Exception {
        onServer("CREATE TABLE dbo.a (id int)", "CREATE VIEW dbo.b AS SELECT id FROM dbo.a");
        attach("ms", "");
        assertThat(rows("SELECT * FROM mssql_tables('ms') ORDER BY ALL")).containsExactly("ms|dbo|a", "ms|dbo|b");
        assertThat(rows("SELECT acquired FROM mssql_pool_stats('ms')"))
                .as("the login's and the names'")
                .containsExactly("2");
        CompletableFuture<SQLException> scan = scan();
        while (rows("FROM mssql_progress() WHERE rows_read > 0 AND requests = 1")
                .isEmpty()) {
            assertThat(scan.isDone()).isFalse();
            Thread.sleep(5);
        }
        assertThat(scanning.rowsRead()).isPositive();
        scanning.close();
        assertThat((Throwable) scan.get(60, TimeUnit.SECONDS)).isNotNull();
        rows("SELECT id FROM ms.dbo.a");
        assertThat(duckdb().rowsRead()).isZero();
    }

    @Test
    @Guarantee(value = "G40", surface = Surface.E)
    void aProviderIsAskedAtEachLoginAndNothingItSaysIsShown() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<String> password = new AtomicReference<>(PASSWORD);
        EngineOptions options = EngineOptions.defaults().duckdb("threads", "2").passwordProvider("Vault", login -> {
            assertThat(login.host()).isEqualTo(host());
            assertThat(login.toString()).doesNotContain("password");
            asked.incrementAndGet();
            return password.get();
        });
        try (EngineConnection connection = TidegateDuckDB.open("", options)) {
            String attach =
                    "ATTACH '" + url(USER, "", host(), port(), database()).replace(":@", "@")
                            + "' AS ms (TYPE mssql, PASSWORD_PROVIDER vault, MAXIMUM_POOL_SIZE 1, MAX_LIFETIME 1)";
            run(connection, attach);
            int first = asked.get();
            assertThat(first).isPositive();
            run(connection, "CALL mssql_set('ms', 'maximum_pool_size', 2)");
            rows(connection, "SELECT * FROM mssql_tables()");
            assertThat(asked.get()).as("each new connection logs in").isGreaterThan(first);
            assertThat(rows(connection, "FROM mssql_settings()").toString()).doesNotContain(PASSWORD);
            run(connection, "DETACH ms");

            password.set("wrong-" + PASSWORD);
            refused(connection, attach, "refused");
            password.set(null);
            refused(connection, attach, "gave none");
            refused(connection, attach.replace("vault", "safe"), "no provider safe");
            assertThat(options.toString()).doesNotContain(PASSWORD);
        }
    }

    private static void refused(EngineConnection connection, String attach, String words) {
        SQLException e = catchThrowableOfType(SQLException.class, () -> run(connection, attach));
        assertThat((Throwable) e).hasMessageContaining(words);
        StringWriter all = new StringWriter();
        e.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(PASSWORD);
    }
}
