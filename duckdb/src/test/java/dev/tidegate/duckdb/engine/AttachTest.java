package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachTest extends OnAttachedServer {
    @Test
    void everyFormOfAddressLeadsToTheServer() throws SQLException {
        run("ATTACH '" + url() + "' AS a");
        run("ATTACH 'jdbc:tidegate://" + host() + ":" + port() + ";databaseName=" + database() + ";user=" + USER
                + ";password="
                + PASSWORD
                + ";encrypt=false' AS b (TYPE mssql)");
        run("ATTACH 'Server=tcp:" + host() + "," + port() + ";Initial Catalog=" + database() + ";User Id=" + USER
                + ";Password={" + PASSWORD
                + "};Encrypt=false' AS c (TYPE mssql)");
        run("ATTACH '' AS d (TYPE mssql, HOST '" + host() + "', PORT " + port() + ", DATABASE '" + database()
                + "', USER '" + USER + "', PASSWORD '" + PASSWORD + "', ENCRYPT false)");
        run("CREATE SECRET s (TYPE mssql, HOST '" + host() + "', PORT " + port() + ", USER '" + USER + "', PASSWORD '"
                + PASSWORD + "', ENCRYPT 'false', DATABASE 'master')");
        run("ATTACH '' AS e (TYPE mssql, SECRET s)");
        run("ATTACH '' AS f (TYPE mssql, SECRET S, DATABASE \"" + database() + "\")");
        onServer("CREATE TABLE dbo.t (id int)");
        for (String alias : new String[] {"a", "b", "c", "d", "f"}) {
            assertThat(rows("SELECT count(*) FROM " + alias + ".dbo.t")).containsExactly("0");
        }
        assertThatThrownBy(() -> rows("SELECT count(*) FROM e.dbo.t")).hasMessageContaining("t");
        run("DROP SECRET s");
        assertThatThrownBy(() -> run("ATTACH '' AS g (TYPE mssql, SECRET s)")).hasMessageContaining("no secret s");
    }

    @Test
    @Guarantee(value = "G39", surface = Surface.E)
    @Guarantee(value = "G40", surface = Surface.E)
    void whatIsWrongIsNamedAtOnceAndNoSecretIs() throws Exception {
        int deaf;
        try (ServerSocket socket = new ServerSocket(0)) {
            deaf = socket.getLocalPort();
        }
        refused(url(USER, PASSWORD, "no-such-host.invalid", port(), database()), "no-such-host.invalid");
        refused(url(USER, PASSWORD, "127.0.0.1", deaf, database()), "port " + deaf);
        refused(urlOf("nowhere"), "database nowhere");
        refused(url(USER, PASSWORD + "x", host(), port(), database()), "login of user " + USER + " is refused");
        refused(url("nobody", PASSWORD, host(), port(), database()), "login of user nobody is refused");
        assertThat(rows("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'ms'"))
                .containsExactly("0");
        attach("ms", "");
    }

    @Test
    void whoDoesNotAnswerIsNamed() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            assertThatThrownBy(() -> run("ATTACH '" + url(USER, PASSWORD, "127.0.0.1", mute.getLocalPort(), database())
                            + "' AS ms (TYPE mssql, CONNECTION_TIMEOUT 300)"))
                    .hasMessageContaining("ATTACH ms: host 127.0.0.1 does not answer at port " + mute.getLocalPort());
        }
        // Whether or not there is a SQL Server Browser here, it knows none of this name.
        assertThatThrownBy(() -> run("ATTACH 'Server=127.0.0.1\\NO_SUCH;Database=d;User Id=u;Password={p}'"
                        + " AS ms (TYPE mssql, CONNECTION_TIMEOUT 300)"))
                .hasMessageContaining("ATTACH ms: ")
                .hasMessageContaining("NO_SUCH");
    }

    private void refused(String url, String named) {
        SQLException e = catchThrowableOfType(SQLException.class, () -> run("ATTACH '" + url + "' AS ms (TYPE mssql)"));
        assertThat((Throwable) e).hasMessageContaining("ATTACH ms").hasMessageContaining(named);
        StringWriter all = new StringWriter();
        e.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "COLOUR 'red' | unknown property 'colour'",
                "READ_ONLY 'perhaps' | read_only takes true or false",
                "ISOLATION chaos | isolation takes",
                "MAXIMUM_POOL_SIZE 0 | maximumPoolSize=0",
                "MAXIMUM_POOL_SIZE many | maximum_pool_size takes a whole number",
                "SCHEMA_FILTER '(' | schema_filter is no regular expression",
                "PASSWORD_ENV 'TIDEGATE_NO_SUCH_VARIABLE' | no environment variable TIDEGATE_NO_SUCH_VARIABLE",
                "CACHE_TTL -1 | option cache_ttl",
                "SECRET nothing | no secret nothing",
            })
    void aWrongOptionIsNamed(String option, String words) {
        assertThatThrownBy(() -> attach("ms", ", " + option))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(words);
    }

    /** DuckDB's own ATTACH has both spellings. */
    @ParameterizedTest
    @ValueSource(strings = {"READ_ONLY", "READONLY", "readonly true"})
    void aReadOnlyAttachIsSpeltAsDuckdbHasIt(String option) throws SQLException {
        attach("ms", ", " + option);
        assertThatThrownBy(() -> run("CREATE TABLE ms.dbo.t (a INTEGER)")).hasMessageContaining("READ_ONLY");
    }

    @Test
    void aNameIsAttachedOnce() throws SQLException {
        attach("ms", "");
        assertThatThrownBy(() -> attach("MS", "")).hasMessageContaining("already attached");
        run("ATTACH IF NOT EXISTS 'mssql://nobody@nowhere.invalid' AS ms");
        assertThat(rows("SELECT database_name FROM mssql_pool_stats()")).containsExactly("ms");
        onServer("CREATE TABLE dbo.t (id int)");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
        run("ATTACH OR REPLACE '" + urlOf("master") + "' AS ms");
        assertThatThrownBy(() -> rows("SELECT count(*) FROM ms.dbo.t")).isInstanceOf(SQLException.class);
        run("ATTACH ':memory:' AS local");
        assertThatThrownBy(() -> attach("local", "")).hasMessageContaining("local");
        run("DETACH local");
    }

    @Test
    void whatCannotBeReplacedStays() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int)");
        attach("ms", "");
        assertThatThrownBy(() -> run("ATTACH OR REPLACE '" + url(USER, PASSWORD + "x", host(), port(), database())
                        + "' AS ms (TYPE mssql)"))
                .hasMessageContaining("refused");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
        assertThat(rows("SELECT database_name, closed FROM mssql_pool_stats()")).containsExactly("ms|0");
    }

    /** DuckDB's own driver leads to DuckDB's own catalog: the engine is not asked. */
    @Test
    void whatSomebodyHasDetachedBehindTheEngineIsReplacedAllTheSame() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int)");
        attach("ms", "");
        run(duckdb().unwrap(DuckDBConnection.class), "DETACH ms");
        run("ATTACH OR REPLACE '" + url() + "' AS ms (TYPE mssql)");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
        assertThat(rows("SELECT database_name FROM mssql_pool_stats()")).containsExactly("ms");
    }

    @Test
    void whoUsesTheNewOneDoesNotWaitForTheCloseOfTheOld() throws Exception {
        onServer("CREATE TABLE dbo.t (id int)");
        try (FaultProxy proxy = proxy();
                EngineConnection scanning = duckdb().duplicate();
                EngineConnection replacing = duckdb().duplicate()) {
            run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, CLOSE_TIMEOUT 100000)");
            CompletableFuture<Throwable> scan = apart(() -> catchThrowable(
                    () -> rows(scanning, "SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)")));
            while (rows("FROM mssql_progress() WHERE rows_read > 0").isEmpty()) {
                assertThat(scan.isDone()).isFalse();
            }
            for (ProxiedConnection line : proxy.live()) {
                line.stall(Flow.TO_SERVER);
                line.stall(Flow.TO_CLIENT);
            }
            CompletableFuture<Throwable> replace = apart(
                    () -> catchThrowable(() -> run(replacing, "ATTACH OR REPLACE '" + url() + "' AS ms (TYPE mssql)")));
            while (!rows("SELECT value FROM mssql_settings('ms') WHERE name = 'close_timeout'")
                    .equals(List.of("2000"))) {
                assertThat(replace.isDone()).isFalse();
            }

            assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
            assertThat(replace.isDone()).as("the old one is being closed").isFalse();
            proxy.live().forEach(ProxiedConnection::release);
            assertThat(replace.get(60, TimeUnit.SECONDS)).isNull();
            assertThat(scan.get(60, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
            assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
        }
    }

    @Test
    void whatIsDetachedIsGone() throws SQLException {
        attach("ms", "");
        run("USE ms");
        assertThatThrownBy(() -> run("DETACH ms")).isInstanceOf(SQLException.class);
        run("USE memory");
        run("DETACH ms");
        assertThat(rows("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'ms'"))
                .containsExactly("0");
        assertThatThrownBy(() -> run("DETACH ms")).isInstanceOf(SQLException.class);
        run("DETACH DATABASE IF EXISTS ms");
        assertThat(rows("FROM mssql_pool_stats()")).isEmpty();
    }

    @Test
    void attachCanBePrepared() throws SQLException {
        try (PreparedStatement attach = duckdb().prepareStatement("ATTACH '" + url() + "' AS ms (TYPE mssql)")) {
            assertThat(rows("FROM mssql_pool_stats()")).isEmpty();
            attach.execute();
        }
        assertThat(rows("SELECT database_name FROM mssql_pool_stats()")).containsExactly("ms");
    }

    @Test
    void secretsAreNeverShown() throws SQLException {
        run("CREATE SECRET s (TYPE mssql, PASSWORD '" + PASSWORD + "')");
        assertThatThrownBy(() -> run("CREATE SECRET s (TYPE mssql, PASSWORD '" + PASSWORD + "')"))
                .hasMessageContaining("secret s already exists")
                .hasMessageNotContaining(PASSWORD);
        run("CREATE SECRET IF NOT EXISTS s (TYPE mssql)");
        run("CREATE OR REPLACE SECRET s (TYPE mssql, HOST 'h')");
        assertThatThrownBy(() -> run("CREATE SECRET t (TYPE mssql, PASWORD 'x')"))
                .hasMessageContaining("pasword");
        assertThat(rows("FROM mssql_settings()").toString())
                .contains("maximum_pool_size|10")
                .doesNotContain(PASSWORD);
    }

    @Test
    void connectionsToOneFileShareWhatIsAttached(@TempDir Path directory) throws SQLException {
        onServer("CREATE TABLE dbo.t (id int)");
        String file = directory.resolve("a.db").toString();
        EngineConnection first = TidegateDuckDB.open(file);
        try (EngineConnection second = TidegateDuckDB.open(file)) {
            run(first, "ATTACH '" + url() + "' AS ms");
            assertThat(rows(second, "SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
            first.close();
            assertThat(rows(second, "SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
            run(second, "CREATE VIEW mine AS SELECT count(*) AS n FROM ms.dbo.t");
        }
        try (EngineConnection again = TidegateDuckDB.open(file)) {
            assertThat(rows(again, "FROM mssql_pool_stats()")).isEmpty();
            run(again, "ATTACH '" + url() + "' AS ms");
            assertThat(rows(again, "FROM mine")).containsExactly("0");
        }
    }

    @Test
    void aConnectionOfDuckdbThatOutlivesTheEngineSaysSo() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int)");
        EngineConnection engine = TidegateDuckDB.open("");
        try (DuckDBConnection plain = engine.unwrap(DuckDBConnection.class).duplicate()) {
            run(engine, "ATTACH '" + url() + "' AS ms");
            assertThat(rows(engine, "SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
            engine.close();
            assertThatThrownBy(() -> rows(plain, "SELECT count(*) FROM ms.dbo.t"))
                    .isInstanceOf(SQLException.class);
            assertThat(rows(plain, "SELECT 42")).containsExactly("42");
        }
    }

    @Test
    @Guarantee(value = "G34", surface = Surface.E)
    void anAttachThatFailsLeavesNothing() throws SQLException {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> run("ATTACH '" + urlOf("nowhere") + "' AS ms"))
                    .isInstanceOf(SQLException.class);
            // DuckDB refuses the name when the login has succeeded.
            assertThatThrownBy(() -> attach("memory", "")).isInstanceOf(SQLException.class);
        }
        assertThat(rows("FROM mssql_pool_stats()")).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .as("closing a pool waits for its threads")
                .noneMatch(name -> name.contains("tidegate-pool"));
    }
}
