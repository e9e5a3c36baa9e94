package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.Program;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.heap.HeapBackend;
import dev.tidegate.testkit.heap.HeapTable;
import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copy that is told to end in its middle, or killed: the target is as it was, and nothing lies about. */
@Timeout(120)
class InterruptedCopyTest {
    private static final String PASSWORD = "not-to-be-seen";
    /** So many that the first of them have gone through DuckDB into the target when the last but a few are read. */
    private static final int ROWS = 200_000;

    /** Gives {@link #ROWS} rows and then neither more of them nor an end: so every copy of it is met in its middle. */
    private static EmbeddedSqlServer source;

    private static EmbeddedSqlServer server;

    @TempDir
    private Path directory;

    private Path temporary;

    @BeforeAll
    static void start() throws IOException {
        HeapBackend heap = new HeapBackend();
        HeapTable many = heap.create("many", "[n] bigint NOT NULL");
        for (long i = 0; i < ROWS; i++) {
            many.add(i);
        }
        many.thenStalls();
        source = EmbeddedSqlServer.builder().backend(heap).login("sa", PASSWORD).start();
        server = EmbeddedSqlServer.builder()
                .database("shop")
                .login("sa", PASSWORD)
                .start();
    }

    @AfterAll
    static void stop() {
        source.close();
        server.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        temporary = directory.resolve("tmp");
        onServer("DROP TABLE IF EXISTS dbo.t");
        onServer("DROP TABLE IF EXISTS dbo.fresh");
        onServer("CREATE TABLE dbo.t (n bigint NULL)");
        onServer("INSERT INTO dbo.t VALUES (1), (2), (3)");
    }

    @ParameterizedTest
    @CsvSource({
        "--append, t, INT, 130",
        "--truncate, t, TERM, 143",
        "--replace, t, INT, 130",
        "--create, fresh, TERM, 143"
    })
    void leavesAServerTableAsItWas(String mode, String table, String signal, int status) throws Exception {
        try (Program copy = Program.start(temporary, "copy", mode, "--no-measure", source(), url(table))) {
            copy.await(InterruptedCopyTest::showsMostRows);
            leavesAsItWas(table, copy, signal, status);
        }
        assertTableIsAsItWas();
    }

    @ParameterizedTest
    @CsvSource({"--append, t, INT, 130", "--replace, t, TERM, 143", "--create, fresh, INT, 130"})
    void leavesAServerTableAsItWasWhenSeveralSessionsLoad(String mode, String table, String signal, int status)
            throws Exception {
        Path many = directory.resolve("many.parquet");
        inDuckDb("COPY (SELECT i AS n FROM range(5000000) r(i)) TO '" + many + "'");
        try (Program copy =
                Program.start(temporary, "copy", "--parallel", "2", mode, "--no-measure", many.toString(), url(table))) {
            copy.await(InterruptedCopyTest::showsRows);
            leavesAsItWas(table, copy, signal, status);
        }
        assertTableIsAsItWas();
    }

    private static void leavesAsItWas(String table, Program copy, String signal, int status) throws Exception {
        copy.signal(signal);
        assertThat(copy.rest())
                .filteredOn(line -> !showsRows(line))
                .containsExactly("tidegate: interrupted; dbo." + table + " at 127.0.0.1 is as it was");
        assertThat(copy.exitCode()).isEqualTo(status);
    }

    private void assertTableIsAsItWas() throws Exception {
        assertThat(serverTables()).containsExactly("t");
        assertThat(onServer("SELECT n FROM dbo.t ORDER BY n")).containsExactly("1", "2", "3");
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"--append, t", "--truncate, t"})
    void leavesNothingOnTheServerWhenItIsKilled(String mode, String table) throws Exception {
        try (Program copy = Program.start(temporary, "copy", mode, "--no-measure", source(), url(table))) {
            copy.await(InterruptedCopyTest::showsMostRows);
            copy.signal("KILL");
            assertThat(copy.exitCode()).isEqualTo(137);
        }
        // The table stays locked until the server has noticed: so this waits for it.
        assertThat(onServer("SELECT n FROM dbo.t ORDER BY n")).containsExactly("1", "2", "3");
        assertThat(serverTables()).containsExactly("t");
    }

    /** What docs/parallel.md says: the rows that had come are in a table beside, which nobody owns, and the next load removes it. */
    @ParameterizedTest
    @CsvSource({"--append, t", "--truncate, t", "--create, fresh"})
    @Guarantee("G33")
    void aParallelLoadThatIsKilledLeavesATableThatTheNextOneRemoves(String mode, String table) throws Exception {
        Path many = directory.resolve("many.parquet");
        inDuckDb("COPY (SELECT i AS n FROM range(5000000) r(i)) TO '" + many + "'");
        try (Program copy =
                Program.start(temporary, "copy", "--parallel", "2", mode, "--no-measure", many.toString(), url(table))) {
            copy.await(InterruptedCopyTest::showsRows);
            copy.signal("KILL");
            assertThat(copy.exitCode()).isEqualTo(137);
        }
        while (server.connections() > 0) {
            Thread.sleep(1);
        }
        assertThat(serverTables()).hasSize(2).contains("t").anyMatch(name -> name.matches(table + "__tidegate_[0-9a-f]{8}"));
        assertThat(onServer("SELECT n FROM dbo.t ORDER BY n")).containsExactly("1", "2", "3");
        Path few = directory.resolve("few.parquet");
        inDuckDb("COPY (SELECT i AS n FROM range(4, 6) r(i)) TO '" + few + "'");
        try (Program copy = Program.start(
                temporary, "copy", "--quiet", "--parallel", "2", mode, few.toString(), url(table))) {
            assertThat(copy.rest()).singleElement().asString().startsWith("copied 2 rows");
            assertThat(copy.exitCode()).isZero();
        }
        assertThat(serverTables()).containsExactlyInAnyOrderElementsOf(Stream.of("t", table).distinct().toList());
        assertThat(onServer("SELECT SUM(n) FROM dbo." + table)).containsExactly(mode.equals("--append") ? "15" : "9");
    }

    /** Its readers stand still in the middle of their ranges, and the server has more for each. */
    @ParameterizedTest
    @CsvSource({"INT, 130, new.parquet", "TERM, 143, new.csv", "INT, 130, new.duckdb?table=x"})
    @Guarantee("G12")
    @Guarantee("G33")
    void leavesNothingOfAParallelRead(String signal, int status, String target) throws Exception {
        onServer("DROP TABLE IF EXISTS dbo.keyed");
        onServer("CREATE TABLE dbo.keyed (n bigint NOT NULL PRIMARY KEY)");
        Path many = directory.resolve("many.parquet");
        inDuckDb("COPY (SELECT i AS n FROM range(100000) r(i)) TO '" + many + "'");
        try (Program load = Program.start(temporary, "copy", "--quiet", "--append", many.toString(), url("keyed"))) {
            assertThat(load.rest()).singleElement().asString().startsWith("copied 100,000 rows");
        }
        Files.delete(many);
        List<Path> before = files();
        try (FaultProxy proxy = FaultProxy.to(server.port())) {
            // The first connection asks for the table, the next two read it.
            proxy.onConnection(2, Fault.stall(Flow.TO_CLIENT, 200_000));
            proxy.onConnection(3, Fault.stall(Flow.TO_CLIENT, 200_000));
            String from = url("keyed").replace(":" + server.port(), ":" + proxy.port()) + "&cancelQueryTimeout=1";
            try (Program copy = Program.start(temporary, "copy", "--parallel", "2", from, directory + "/" + target)) {
                copy.await(InterruptedCopyTest::showsRows);
                copy.signal(signal);
                assertThat(copy.rest())
                        .filteredOn(line -> !showsRows(line))
                        .singleElement()
                        .asString()
                        .startsWith("tidegate: interrupted; ")
                        .endsWith(" is as it was");
                assertThat(copy.exitCode()).isEqualTo(status);
            }
        } finally {
            onServer("DROP TABLE dbo.keyed");
        }
        while (server.connections() > 0) {
            Thread.sleep(1);
        }
        assertThat(temporary).isEmptyDirectory();
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 130, new.parquet, ''",
        "TERM, 143, new.csv, ''",
        "INT, 130, new.duckdb?table=x, ''",
        "TERM, 143, there.duckdb?table=fresh, ''",
        "INT, 130, there.duckdb?table=x, --append",
        "INT, 130, there.duckdb?table=x, --truncate",
        "TERM, 143, there.duckdb?table=x, --replace",
        "INT, 130, there.parquet, --replace",
        "KILL, 137, new.parquet, ''",
        "KILL, 137, new.duckdb?table=x, ''",
        "KILL, 137, there.duckdb?table=x, --replace",
    })
    void leavesFilesAsTheyWere(String signal, int status, String target, String mode) throws Exception {
        inDuckDb("ATTACH '" + directory.resolve("there.duckdb") + "' AS there; CREATE TABLE there.x AS SELECT 1 AS n");
        inDuckDb("COPY (SELECT 1 AS n) TO '" + directory.resolve("there.parquet") + "'");
        List<Path> before = files();
        List<String> line = new ArrayList<>(List.of("copy"));
        if (!mode.isEmpty()) {
            line.add(mode);
        }
        line.addAll(List.of(source(), directory + "/" + target));
        try (Program copy = Program.start(temporary, line.toArray(String[]::new))) {
            copy.await(InterruptedCopyTest::showsMostRows);
            copy.signal(signal);
            List<String> said =
                    copy.rest().stream().filter(text -> !showsRows(text)).toList();
            if (status == 137) {
                assertThat(said).isEmpty();
            } else {
                assertThat(said)
                        .singleElement()
                        .asString()
                        .startsWith("tidegate: interrupted; ")
                        .endsWith(" is as it was");
            }
            assertThat(copy.exitCode()).isEqualTo(status);
        }
        if (status == 137) {
            assertThat(files())
                    .filteredOn(file -> !before.contains(file))
                    .allMatch(file ->
                            file.getFileName().toString().matches("\\..*\\.part(\\.wal)?|there\\.duckdb\\.wal"));
        } else {
            assertThat(temporary).isEmptyDirectory();
            assertThat(files()).isEqualTo(before);
        }
        assertThat(inDuckDb("ATTACH '" + directory.resolve("there.duckdb") + "' AS there (READ_ONLY);"
                        + " SELECT string_agg(table_name) FROM duckdb_tables() WHERE database_name = 'there'"))
                .isEqualTo("x");
        assertThat(inDuckDb("ATTACH '" + directory.resolve("there.duckdb") + "' AS there (READ_ONLY);"
                        + " SELECT string_agg(n) FROM there.x"))
                .isEqualTo("1");
        assertThat(inDuckDb("SELECT string_agg(n) FROM '" + directory.resolve("there.parquet") + "'"))
                .isEqualTo("1");
    }

    private static boolean showsRows(String line) {
        return line.matches("(\\d+ %  )?[1-9][\\d,]* rows  .*");
    }

    private static boolean showsMostRows(String line) {
        return showsRows(line) && Integer.parseInt(line.replaceAll(" rows.*|,", "")) > ROWS * 3 / 4;
    }

    private static String source() {
        return "mssql://sa:" + PASSWORD + "@127.0.0.1:" + source.port() + "/master?encrypt=false&table=many";
    }

    private static String url(String table) {
        return "mssql://sa:" + PASSWORD + "@127.0.0.1:" + server.port() + "/shop?encrypt=false"
                + (table == null ? "" : "&table=dbo." + table);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.equals(temporary)).sorted().toList();
        }
    }

    private static List<String> serverTables() throws SQLException {
        return onServer("SELECT name FROM sys.tables ORDER BY name");
    }

    private static List<String> onServer(String sql) throws SQLException {
        ConnectionSettings settings = ConnectionSettings.parse(url(null), null);
        List<String> found = new ArrayList<>();
        try (TdsConnection connection = TdsConnection.open(settings);
                Response response = connection.execute(sql)) {
            for (Item item = response.next(); item != null; item = response.next()) {
                while (item instanceof Item.Rows && response.nextRow()) {
                    found.add(String.valueOf(response.row().getObject(0)));
                }
            }
        } catch (IOException e) {
            throw new SQLException(e);
        }
        return found;
    }

    /** @return the last statement's first value, if it has one */
    private static String inDuckDb(String sql) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            String last = null;
            for (String one : sql.split("; ")) {
                last = null;
                if (statement.execute(one)) {
                    try (var rows = statement.getResultSet()) {
                        last = rows.next() ? rows.getString(1) : null;
                    }
                }
            }
            return last;
        }
    }
}
