package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Interruption;
import dev.tidegate.cli.Login;
import dev.tidegate.cli.Passwords;
import dev.tidegate.cli.Tidegate;
import dev.tidegate.cli.text.Amounts;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.column.Loss;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tidegate copy SOURCE TARGET}. */
@Command(
        name = "copy",
        header = "Copy a table, a query or a file to a table or a file; all rows or none.",
        description = {
            "",
            "SOURCE and TARGET are each one of",
            "  mssql://user@host:port/database?table=dbo.orders   a table of a SQL Server",
            "  warehouse.duckdb?table=orders                      a table of a DuckDB file",
            "  orders.parquet  .csv  .tsv  .json  .ndjson         a file; SOURCE may have *",
            "",
            "A value that the target cannot hold as it is ends the copy with an error that names its column; --lossy"
                    + " allows what may be lost. Passwords: TIDEGATE_SOURCE_PASSWORD and TIDEGATE_TARGET_PASSWORD, then"
                    + " TIDEGATE_PASSWORD, then the prompt."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  tidegate copy 'mssql://sa@db1/sales?table=dbo.orders' orders.parquet",
            "  tidegate copy --query 'SELECT * FROM t WHERE y = 2025' mssql://sa@db1/d y.csv",
            "  tidegate copy --truncate --verify new.csv 'mssql://sa@db1/d?table=dbo.orders'"
        })
public final class CopyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Tidegate program;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "What to read.")
    private String source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "What to write.")
    private String target;

    @Option(
            names = "--query",
            paramLabel = "SQL",
            description = "Read the rows of this query at SOURCE in place of a table.")
    private String query;

    @Mixin
    private WriteMode mode = new WriteMode();

    @Mixin
    private Parallelism parallelism = new Parallelism();

    @Option(
            names = "--lossy",
            split = ",",
            paramLabel = "WHAT",
            description =
                    "What may be lost: time (digits of the second), offset (of a datetimeoffset), text (what is longer"
                            + " than its column), nan (NaN and infinities become NULL), digits (of numbers that are longer"
                            + " than their column, which are rounded).")
    private Set<Loss> lossy = EnumSet.noneOf(Loss.class);

    @Option(
            names = "--verify",
            description =
                    "Read both sides again afterwards and compare every column's checksum; a query at SOURCE runs a"
                            + " second time for that.")
    private boolean verify;

    @Option(
            names = "--no-measure",
            negatable = false,
            description = "Give a new SQL Server table (max) columns, without looking for the longest text first.")
    private boolean noMeasure;

    @Option(
            names = "--table-lock",
            description =
                    "Lock the SQL Server table for the load, which is faster into a heap. Without it that is done where nobody else's"
                            + " reading is disturbed: for a table that the copy makes, and for a heap or a columnstore with --truncate.")
    private boolean tableLock;

    @Option(
            names = "--order",
            split = ",",
            paramLabel = "COLUMN",
            description =
                    "The rows come sorted by these columns, each with DESC behind it if need be, which are the key of the SQL"
                            + " Server table's clustered index: the server then does not sort them again, and refuses the load if"
                            + " they are not. With --append or --truncate.")
    private List<String> order = List.of();

    @Option(names = "--keep-identity", description = "Take the values of the target's identity column from the source.")
    private boolean keepIdentity;

    @Option(
            names = "--source-password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password for SOURCE.")
    private Path sourcePasswordFile;

    @Option(
            names = "--target-password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password for TARGET.")
    private Path targetPasswordFile;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no progress.")
    private boolean quiet;

    @Override
    public Integer call() throws SQLException, IOException {
        Endpoint from = Endpoint.parse(source);
        Endpoint to = Endpoint.parse(target);
        mode.check();
        parallelism.check(from, to, query != null);
        checkOptions(from, to);
        try (Engine engine = parallel(new Engine());
                CopySource rows = openSource(engine, from);
                CopyTarget place = openTarget(engine, to)) {
            copy(rows, place);
            return verify ? verified(engine, rows, place) : ExitCode.OK;
        }
    }

    private Engine parallel(Engine engine) throws SQLException {
        try {
            parallelism.prepare(engine);
            return engine;
        } catch (SQLException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** An option that would have no effect is a misunderstanding. */
    private void checkOptions(Endpoint from, Endpoint to) {
        if (verify && mode.appends()) {
            throw CliException.usage("--verify compares all rows of SOURCE and TARGET, and --append keeps rows that"
                    + " SOURCE does not have; leave out one of them, or say --truncate for a table that is empty");
        }
        if (sourcePasswordFile != null && !(from instanceof Endpoint.SqlServer)) {
            throw CliException.usage("--source-password-file is for a SQL Server, and SOURCE is none");
        }
        if (to instanceof Endpoint.SqlServer) {
            checkOrder();
            return;
        }
        String idle = targetPasswordFile != null
                ? "--target-password-file"
                : tableLock
                        ? "--table-lock"
                        : keepIdentity
                                ? "--keep-identity"
                                : noMeasure ? "--no-measure" : order.isEmpty() ? null : "--order";
        if (idle != null) {
            throw CliException.usage(idle + " is for a SQL Server, and TARGET is none");
        }
        if (from instanceof Endpoint.DuckDb one && to instanceof Endpoint.DuckDb other && one.isSameFile(other)) {
            throw CliException.usage("SOURCE and TARGET are the same DuckDB file, which cannot be open twice; use its"
                    + " own SQL: CREATE TABLE … AS SELECT …");
        }
    }

    private void checkOrder() {
        if (!order.isEmpty() && !mode.keepsExisting()) {
            throw CliException.usage("--order is for a clustered index, which a table that the copy makes does not have; say"
                    + " --append or --truncate");
        }
        if (!order.isEmpty() && parallelism.isSeveral()) {
            throw CliException.usage("--order is for rows that one connection loads; with --parallel they come in no order");
        }
    }

    private void copy(CopySource rows, CopyTarget place) throws SQLException, IOException {
        CopyRun run = new CopyRun(rows, place, program.interruption());
        long confirmed = run.run(quiet ? null : spec.commandLine().getErr());
        Duration elapsed = run.elapsed();
        out().println("copied " + Amounts.rows(confirmed) + " from " + rows.name() + " to " + place.name()
                + (place.bytes() < 0 ? "" : " (" + Amounts.bytes(place.bytes()) + ")") + " in " + Amounts.time(elapsed)
                + ", "
                + Amounts.rate(confirmed, elapsed) + " rows/s");
        out().flush();
    }

    private int verified(Engine engine, CopySource rows, CopyTarget place) throws SQLException {
        try (CopySource written = place.readBack()) {
            List<String> differences = differences(engine, rows, written);
            if (differences.isEmpty()) {
                out().println("verified: the rows and every column's checksum agree");
                return ExitCode.OK;
            }
            differences.forEach(difference -> spec.commandLine().getErr().println("tidegate: " + difference));
            return ExitCode.DIFFERENT;
        }
    }

    private List<String> differences(Engine engine, CopySource rows, CopySource written) throws SQLException {
        Runnable cancel = () -> {
            rows.cancel();
            written.cancel();
            engine.cancel();
        };
        try (var _ = program.interruption().begin(cancel)) {
            return new Verification(engine).differences(rows, written);
        } catch (SQLException e) {
            if (program.interruption().isRequested()) {
                throw Interruption.interrupted("the copy is complete, but not verified");
            }
            throw new SQLException(
                    "the copy is complete, but could not be verified: " + e.getMessage(), e.getSQLState(), e);
        }
    }

    private CopySource openSource(Engine engine, Endpoint from) throws SQLException {
        return switch (from) {
            case Endpoint.SqlServer server -> {
                checkOneOf(server.table(), "?table=dbo.name");
                String sql = query != null
                        ? query
                        : "SELECT * FROM " + RemoteTable.parse(server.table()).sql();
                yield SqlServerSource.open(
                        engine,
                        settings(server, sourcePasswordFile, "TIDEGATE_SOURCE_PASSWORD"),
                        sql,
                        query == null ? server.table() : null,
                        lossy,
                        parallelism);
            }
            case Endpoint.DuckDb file -> {
                checkOneOf(file.table(), "?table=name");
                DuckDbTable.attach(engine, file.file(), "source", true);
                if (query != null) {
                    engine.execute("USE source");
                    yield new EngineSource(engine, query, "the query in " + file.file(), false);
                }
                DuckDbTable table = DuckDbTable.parse("source", file.table());
                yield new EngineSource(
                        engine, "SELECT * FROM " + table.sql(), table.shown() + " in " + file.file(), true);
            }
            case Endpoint.DataFile file -> {
                if (query != null) {
                    throw CliException.usage(
                            "--query is for a database; to query files, use their names in a DuckDB file's query");
                }
                yield file.format() == Endpoint.Format.PARQUET
                        ? new EngineSource(engine, DataFiles.parquet(file.path()), file.path(), true)
                        : new TextFileSource(engine, file, lossy);
            }
        };
    }

    private void checkOneOf(String table, String how) {
        if ((table == null) == (query == null)) {
            throw CliException.usage(
                    table == null
                            ? "which rows of SOURCE? Name a table (" + how + ") or give --query"
                            : "SOURCE names a table and --query another thing to read; give one of them");
        }
    }

    private CopyTarget openTarget(Engine engine, Endpoint to) throws SQLException {
        return switch (to) {
            case Endpoint.SqlServer server -> {
                if (server.table() == null) {
                    throw CliException.usage("which table of TARGET? Name it in the URL: ?table=dbo.name");
                }
                yield SqlServerTarget.open(
                        engine,
                        settings(server, targetPasswordFile, "TIDEGATE_TARGET_PASSWORD"),
                        server.table(),
                        mode,
                        new SqlServerTarget.Loading(
                                !noMeasure, tableLock, keepIdentity, order, lossy, parallelism));
            }
            case Endpoint.DuckDb file -> new DuckDbTarget(engine, file, mode);
            case Endpoint.DataFile file -> new FileTarget(engine, file, mode, lossy);
        };
    }

    private static ConnectionSettings settings(Endpoint.SqlServer server, Path passwordFile, String variable)
            throws SQLException {
        return new Login(Passwords.ofProcess()).settings(server.url(), passwordFile, List.of(variable));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
