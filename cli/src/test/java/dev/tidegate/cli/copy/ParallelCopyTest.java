package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.server.EmbeddedSqlServerBuilder;
import dev.tidegate.server.h2.H2Backend;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.MisheardBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies with several connections to one server. */
class ParallelCopyTest extends OnEmbeddedServer {
    private static final int ROWS = 20_000;

    private volatile int triggers;
    private volatile boolean snapshots = true;

    @Override
    EmbeddedSqlServerBuilder prepared(EmbeddedSqlServerBuilder builder) {
        return builder.backend(new MisheardBackend(H2Backend.inMemory(List.of("shop")), this::asAnotherServer));
    }

    /** The embedded server has no triggers, and every database of it allows snapshots. */
    private String asAnotherServer(String sql) {
        return sql.replaceFirst("SELECT COUNT\\(\\*\\) FROM (\\[shop\\]\\.)?sys\\.triggers", "SELECT " + triggers + " FROM $1sys.objects")
                .replaceFirst("is_disabled = 0 AND parent_id", "object_id")
                .replace("SELECT snapshot_isolation_state", snapshots ? "SELECT snapshot_isolation_state" : "SELECT 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.parquet", "t.csv", "t.ndjson", "t.duckdb?table=t"})
    void readsATableWithSeveralConnections(String target) throws Exception {
        makeTable();
        String to = directory().resolve(target.replaceFirst("\\?.*", "")) + target.replaceFirst("^[^?]*", "");
        assertThat(run("copy", "--parallel", "3", "--verify", url("dbo.t"), to))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("copied 20,000 rows from dbo.t").contains("verified");
        awaitNoConnection();
    }

    @Test
    void readsEachRangeForItselfWhereThatIsAskedFor() throws Exception {
        makeTable();
        String to = directory().resolve("t.parquet").toString();
        assertThat(run("copy", "--parallel", "3", "--no-snapshot", "--verify", url("dbo.t"), to))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("copied 20,000 rows from dbo.t").contains("verified");
        awaitNoConnection();
    }

    @Test
    void saysWhatIsMissingForATableThatCannotBeDivided() throws Exception {
        sql("CREATE TABLE dbo.heap (x int)");
        assertThat(run("copy", "--parallel", "2", url("dbo.heap"), directory().resolve("x.csv").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("no clustered or unique index").hasLineCount(1);
        assertThat(run("copy", "--parallel", "2", url("dbo.nowhere"), directory().resolve("x.csv").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("Invalid object name").hasLineCount(2);
        awaitNoConnection();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'dbo.t', 'not a number from 1 to 64'",
        "65, 'dbo.t', 'not a number from 1 to 64'",
    })
    void refusesANumberOfConnectionsThatMakesNoSense(String number, String table, String message) {
        assertThat(run("copy", "--parallel", number, url(table), directory().resolve("x.csv").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void refusesWhatWouldHaveNoEffect() throws Exception {
        String csv = Files.write(directory().resolve("a.csv"), List.of("x", "1")).toString();
        String other = directory().resolve("b.csv").toString();
        assertThat(run("copy", "--parallel", "2", csv, other)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("neither SOURCE nor TARGET is one");
        assertThat(run("copy", "--parallel", "2", "--query", "SELECT 1 AS x", url(null), other))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--query is read by one connection");
        assertThat(run("copy", "--no-snapshot", url("dbo.t"), other)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--no-snapshot is for a SQL Server's table that is read with --parallel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"big.parquet", "big.csv", "big.duckdb?table=big"})
    void loadsANewTableWithSeveralSessions(String source) throws Exception {
        assertThat(run("copy", "--parallel", "3", "--verify", file(source), url("dbo.t")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("copied 20,000 rows").contains("verified");
        assertThat(sql("SELECT name FROM sys.tables")).containsExactly("t");
        awaitNoConnection();
    }

    @ParameterizedTest
    @CsvSource({"--append, 20001", "--truncate, 20000", "--replace, 20000"})
    void loadsIntoATableThatExists(String mode, int rows) throws Exception {
        sql("CREATE TABLE dbo.t (n int IDENTITY(5,1) PRIMARY KEY, id bigint NOT NULL, name nvarchar(20) DEFAULT N'x', made AS id * 2)");
        sql("INSERT INTO dbo.t (id, name) VALUES (-1, N'old')");
        assertThat(run("copy", "--parallel", "3", mode, file("big.parquet"), url("dbo.t")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(sql("SELECT COUNT(*), COUNT(DISTINCT id), MAX(id) FROM dbo.t")).containsExactly(rows + "," + rows + ",19999");
        assertThat(sql("SELECT name FROM sys.tables")).containsExactly("t");
        awaitNoConnection();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void keepsTheValuesOfAnIdentityColumn(String sessions) throws Exception {
        sql("CREATE TABLE dbo.t (id int IDENTITY PRIMARY KEY, name nvarchar(20))");
        assertThat(run("copy", "--parallel", sessions, "--append", "--keep-identity", file("big.parquet"), url("dbo.t")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(sql("SELECT MIN(id), MAX(id), COUNT(*) FROM dbo.t")).containsExactly("0,19999,20000");
        sql("INSERT INTO dbo.t (name) VALUES (N'next')");
        assertThat(sql("SELECT MAX(id) FROM dbo.t")).containsExactly("20000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--create", "--append", "--truncate", "--replace"})
    @Guarantee("G29")
    void aValueThatDoesNotFitLeavesNothing(String mode) throws Exception {
        sql("CREATE TABLE dbo.t (id smallint NULL, name nvarchar(20) NULL)");
        sql("INSERT INTO dbo.t VALUES (1, N'old')");
        Path bad = directory().resolve("bad.csv");
        // Nobody is told before all sessions have begun: the value stands near the end.
        Files.write(bad, IntStream.range(0, 30_000).mapToObj(i -> i == 29_000 ? "1e400" : "1.5").toList());
        Files.writeString(bad, "id\n" + Files.readString(bad));
        boolean fresh = mode.equals("--create") || mode.equals("--replace");
        assertThat(run("copy", "--quiet", "--parallel", "3", mode, fresh ? notANumber() : bad.toString(), url(mode.equals("--create") ? "dbo.fresh" : "dbo.t")))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("column \"id\"").hasLineCount(1);
        assertThat(sql("SELECT id FROM dbo.t")).containsExactly("1");
        assertThat(sql("SELECT name FROM sys.tables")).containsExactly("t");
        awaitNoConnection();
    }

    /** A file with a NaN near its end, which no column of SQL Server takes. */
    private String notANumber() throws SQLException {
        Path file = directory().resolve("nan.parquet");
        duckdb("COPY (SELECT CASE WHEN i = 29000 THEN 'NaN'::DOUBLE ELSE i END AS id FROM range(30000) r(i)) TO '" + file + "'");
        return file.toString();
    }

    @Test
    @Guarantee("G29")
    void aConstraintThatAllRowsTogetherBreakLeavesTheTableAsItWas() throws Exception {
        sql("CREATE TABLE dbo.t (id bigint NOT NULL PRIMARY KEY, name nvarchar(20) NULL)");
        sql("INSERT INTO dbo.t VALUES (19999, N'old')");
        assertThat(run("copy", "--parallel", "3", "--append", file("big.parquet"), url("dbo.t")))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("2627");
        assertThat(sql("SELECT id, name FROM dbo.t")).containsExactly("19999,old");
        assertThat(sql("SELECT name FROM sys.tables")).containsExactly("t");
        awaitNoConnection();
    }

    /** The first connection owns the table that the others load. */
    @ParameterizedTest
    @CsvSource({"1, 1000", "1, 2000", "1, 3000", "1, 4000", "1, 5000", "2, 2000", "3, 30000", "4, 100000"})
    @Guarantee("G29")
    void aSessionThatIsCutLeavesNothing(int connection, int bytes) throws Exception {
        int status;
        try (FaultProxy proxy = FaultProxy.to(server().port())) {
            proxy.onConnection(connection, new Fault.Cut(Flow.TO_SERVER, bytes, Ending.RESET));
            String to = url(proxy.port(), "dbo.t");
            status = run("copy", "--parallel", "3", file("big.parquet"), to);
        }
        awaitNoConnection();
        if (status == ExitCode.OK) {
            assertThat(connection).as("which was cut after " + bytes + " bytes").isEqualTo(1);
            assertThat(sql("SELECT COUNT(*) FROM dbo.t")).containsExactly("20000");
        } else {
            assertThat(sql("SELECT name FROM sys.tables")).as(err.toString()).isEmpty();
        }
    }

    /** An INSERT of the server's would fire what a bulk load does not. */
    @ParameterizedTest
    @ValueSource(strings = {"--append", "--truncate"})
    void refusesATableWithTriggers(String mode) throws Exception {
        sql("CREATE TABLE dbo.t (id bigint NULL, name nvarchar(20) NULL)");
        sql("INSERT INTO dbo.t VALUES (1, N'old')");
        triggers = 1;
        for (String table : List.of("dbo.t", "shop.dbo.t")) {
            err.getBuffer().setLength(0);
            assertThat(run("copy", "--parallel", "2", mode, file("big.parquet"), url(table))).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString())
                    .contains(table + " at 127.0.0.1 has triggers", "leave it out, or disable them")
                    .hasLineCount(1);
        }
        assertThat(sql("SELECT id FROM dbo.t")).containsExactly("1");
        assertThat(run("copy", "--append", file("big.parquet"), url("dbo.t")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        triggers = 0;
        assertThat(run("copy", "--parallel", "2", mode, file("big.parquet"), url("shop.dbo.t")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(sql("SELECT name FROM sys.tables")).containsExactly("t");
        awaitNoConnection();
    }

    @Test
    void saysWhatToDoWhereTheDatabaseAllowsNoSnapshots() throws Exception {
        makeTable();
        snapshots = false;
        String to = directory().resolve("t.parquet").toString();
        assertThat(run("copy", "--parallel", "2", url("dbo.t"), to)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("ALTER DATABASE [shop] SET ALLOW_SNAPSHOT_ISOLATION ON", "without --parallel", "with --no-snapshot")
                .hasLineCount(1);
        assertThat(directory()).isEmptyDirectory();
        awaitNoConnection();
        assertThat(run("copy", "--parallel", "2", "--no-snapshot", url("dbo.t"), to)).isEqualTo(ExitCode.OK);
    }

    @Test
    void refusesWhatTheTargetIsNotReadyFor() throws Exception {
        sql("CREATE TABLE dbo.t (id bigint NULL, name nvarchar(20) NULL)");
        String file = file("big.parquet");
        assertThat(run("copy", "--parallel", "2", file, url("dbo.t"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("dbo.t at 127.0.0.1 exists already");
        assertThat(run("copy", "--parallel", "2", "--append", file, url("dbo.missing"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("there is no dbo.missing");
        sql("ALTER TABLE dbo.t DROP COLUMN name");
        assertThat(run("copy", "--parallel", "2", "--append", file, url("dbo.t"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("the target has no column \"name\"");
        assertThat(sql("SELECT name FROM sys.tables")).containsExactly("t");
        awaitNoConnection();
    }

    @Test
    void removesWhatAProcessHasLeftThatIsNoMore() throws Exception {
        sql("CREATE TABLE dbo.t__tidegate_0123abcd (x int)");
        sql("CREATE TABLE dbo.t__tidegate_b05e0000 (x int)");
        sql("CREATE TABLE dbo.other__tidegate_0123abcd (x int)");
        try (TdsConnection alive = TdsConnection.open(ConnectionSettings.parse(url(null), null))) {
            try (Response locked = alive.execute(
                    "EXEC sp_getapplock 'tidegate t__tidegate_b05e0000', 'Exclusive', 'Session', 0")) {
                locked.finish();
            }
            assertThat(run("copy", "--parallel", "2", file("big.parquet"), url("dbo.t"))).isEqualTo(ExitCode.OK);
        }
        assertThat(sql("SELECT name FROM sys.tables ORDER BY name"))
                .containsExactly("other__tidegate_0123abcd", "t", "t__tidegate_b05e0000");
    }

    private String file(String source) throws SQLException {
        Path path = directory().resolve(source.replaceFirst("\\?.*", ""));
        String rows = "SELECT i AS id, 'name ' || i AS name FROM range(" + ROWS + ") r(i)";
        duckdb(
                source.contains(".duckdb")
                        ? "ATTACH '" + path + "' AS d; CREATE TABLE d.big AS " + rows
                        : "COPY (" + rows + ") TO '" + path + "'");
        return path + source.replaceFirst("^[^?]*", "");
    }

    private static void duckdb(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String one : sql.split("; ")) {
                statement.execute(one);
            }
        }
    }

    private void makeTable() {
        sql("CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, name nvarchar(20) NULL, price decimal(10,2) NULL)");
        for (int first = 0; first < ROWS; first += 1000) {
            sql(IntStream.range(first, first + 1000)
                    .mapToObj(i -> "(" + i + ", N'name " + i + "', " + i + ".25)")
                    .collect(Collectors.joining(", ", "INSERT INTO dbo.t VALUES ", "")));
        }
    }
}
