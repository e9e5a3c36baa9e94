package dev.tidegate.cli.demo;

import dev.tidegate.cli.copy.Engine;
import dev.tidegate.cli.text.Amounts;
import dev.tidegate.cli.text.TextTable;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.load.BulkLoadTarget;
import dev.tidegate.duckdb.load.QueryLoad;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.duckdb.scan.ResultTable;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The stations of the demo, in order. Prints what happens at each, and remembers whether all numbers agreed. */
final class Tour {
    private static final String TABLE =
            "CREATE TABLE dbo.flights ([date] datetime2(0) NOT NULL, delay smallint NOT NULL,"
                    + " distance smallint NOT NULL, origin char(3) NOT NULL, destination char(3) NOT NULL)";
    /** The same for two tables that have the same rows, in whatever order. */
    private static final String CHECKSUM =
            "SELECT count(*), sum(hash(\"date\", delay::BIGINT, distance::BIGINT, origin,"
                    + " destination)::HUGEINT) FROM ";

    private final PrintWriter out;
    private final Engine engine;
    private final ConnectionSettings settings;
    private final long rows;
    private List<List<String>> original;
    private boolean agreed = true;

    Tour(PrintWriter out, Engine engine, ConnectionSettings settings, long rows) {
        this.out = out;
        this.engine = engine;
        this.settings = settings;
        this.rows = rows;
    }

    void start(EmbeddedSqlServer server, long nanos) {
        out.println(
                "Tidegate demo: " + Amounts.rows(rows) + " of real flights, through SQL Server's protocol and back");
        out.println();
        say(
                "server",
                "an embedded SQL Server endpoint listens on " + server.host() + ":" + server.port() + " ("
                        + Amounts.time(Duration.ofNanos(nanos)) + ")");
    }

    void load(Path flights) throws SQLException {
        String source = "SELECT * FROM read_parquet(" + Identifiers.literal(flights.toString()) + ") LIMIT " + rows;
        original = engine.rows(CHECKSUM + "(" + source + ")");
        try (TdsConnection connection = TdsConnection.open(settings)) {
            run(connection, TABLE);
            long started = System.nanoTime();
            QueryLoad query = new QueryLoad(engine.connection(), source, Set.of());
            try (BulkLoad load = connection.bulkLoad("dbo.flights", BulkLoadOptions.DEFAULTS)) {
                query.run(new BulkLoadTarget(load, query.columnNames()), sent -> {});
                long stored = load.finish();
                say("load", "Parquet → DuckDB → bulk load: " + speed(stored, started));
                expect(stored == rows, "the server stored " + stored + " rows");
            }
        }
    }

    void readBack() throws SQLException {
        try (TdsConnection connection = TdsConnection.open(settings)) {
            long started = System.nanoTime();
            try (ResultTable flights = result(connection, "SELECT * FROM dbo.flights")) {
                try {
                    engine.execute("CREATE TABLE flights AS " + flights.sql());
                } catch (SQLException e) {
                    throw flights.explain(e);
                }
                say("read", "SELECT → columns → DuckDB: " + speed(flights.rows(), started));
            }
        }
        boolean same = original.equals(engine.rows(CHECKSUM + "flights"));
        expect(same, "the rows that came back differ from those that were sent");
        if (same) {
            say("", "checksum of all rows and columns: the same as that of the original file");
        }
    }

    void ask() throws SQLException {
        try (TdsConnection connection = TdsConnection.open(settings)) {
            for (Question question : Question.ALL) {
                ask(connection, question);
            }
        }
    }

    private void ask(TdsConnection connection, Question question) throws SQLException {
        long started = System.nanoTime();
        List<List<String>> there = answer(connection, question.transactSql());
        long between = System.nanoTime();
        List<List<String>> here = engine.rows(question.duckdbSql());
        long ended = System.nanoTime();
        out.println();
        say("question", question.text());
        TextTable table = new TextTable(question.columns(), numbers(here));
        here.forEach(table::add);
        table.toString().lines().forEach(line -> say("", line));
        String times = "server " + Amounts.time(Duration.ofNanos(between - started)) + ", DuckDB "
                + Amounts.time(Duration.ofNanos(ended - between));
        expect(here.equals(there), "the server answers otherwise: " + there);
        if (here.equals(there)) {
            say("", "the same answer on both sides (" + times + ")");
        }
    }

    private List<List<String>> answer(TdsConnection connection, String sql) throws SQLException {
        try (ResultTable result = result(connection, sql)) {
            try {
                return engine.rows(result.sql());
            } catch (SQLException e) {
                throw result.explain(e);
            }
        }
    }

    void write(Path output) throws SQLException, IOException {
        String file = output.toAbsolutePath().toString();
        try (TdsConnection connection = TdsConnection.open(settings);
                ResultTable routes = result(
                        connection,
                        "SELECT origin, destination, COUNT(*) AS flights, MAX(distance) AS miles FROM dbo.flights"
                                + " GROUP BY origin, destination")) {
            Files.deleteIfExists(output);
            long written;
            try {
                written = engine.execute(
                        "COPY (" + routes.sql() + ") TO " + Identifiers.literal(file) + " (FORMAT parquet)");
            } catch (SQLException e) {
                throw routes.explain(e);
            }
            out.println();
            say(
                    "parquet",
                    "all routes with their flights: " + Amounts.rows(written) + ", " + Amounts.bytes(Files.size(output))
                            + " in " + file);
            long flights = engine.number("SELECT sum(flights) FROM read_parquet(" + Identifiers.literal(file) + ")");
            expect(flights == rows, "the file counts " + flights + " flights");
        }
        suggest(file);
    }

    /** @return whether all numbers agreed */
    boolean end() {
        out.println();
        out.println(agreed ? "All numbers agree." : "Not all numbers agree.");
        out.flush();
        return agreed;
    }

    private void suggest(String file) {
        out.println();
        say("next", "tidegate copy " + file + " routes.csv");
        say("", "tidegate copy 'mssql://USER@HOST/DATABASE?table=dbo.orders' orders.parquet");
        say("", "tidegate serve --port 0 --database test");
    }

    private ResultTable result(TdsConnection connection, String sql) throws SQLException {
        return engine.results().open(ResponseBatches.run(connection, sql, RequestOptions.DEFAULTS), Set.of());
    }

    private static void run(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            response.finish();
        }
    }

    private void expect(boolean fine, String otherwise) {
        if (!fine) {
            agreed = false;
            say("", "WRONG: " + otherwise);
        }
    }

    private static String speed(long count, long started) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        return Amounts.rows(count) + " in " + Amounts.time(elapsed) + ", " + Amounts.rate(count, elapsed) + " rows/s";
    }

    private void say(String station, String text) {
        out.println(String.format("  %-9s %s", station, text).stripTrailing());
        out.flush();
    }

    private static boolean[] numbers(List<List<String>> rows) {
        boolean[] numbers = new boolean[rows.getFirst().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Character.isDigit(rows.getFirst().get(i).charAt(0));
        }
        return numbers;
    }
}
