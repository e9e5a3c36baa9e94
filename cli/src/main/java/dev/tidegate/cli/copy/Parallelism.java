package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.client.range.Sight;
import java.sql.SQLException;
import picocli.CommandLine.Option;

/** How many connections a copy has to each SQL Server, and what those that read see. */
final class Parallelism {
    private static final int MOST = 64;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Connections to read a SQL Server's table with, each some ranges of its key, and to load one with; 1 to"
                            + " 64, by default 1. The rows come in no order.")
    private int connections = 1;

    @Option(
            names = "--no-snapshot",
            negatable = false,
            description =
                    "With --parallel, read each range for itself, where the database does not allow snapshot isolation: of"
                            + " rows that others change meanwhile, some may be missing or there twice.")
    private boolean noSnapshot;

    /** @throws CliException if what was asked for would have no effect, or another one than was meant */
    void check(Endpoint from, Endpoint to, boolean query) {
        if (connections < 1 || connections > MOST) {
            throw CliException.usage("--parallel " + connections + " is not a number from 1 to " + MOST);
        }
        boolean reads = from instanceof Endpoint.SqlServer;
        if (isSeveral() && !reads && !(to instanceof Endpoint.SqlServer)) {
            throw CliException.usage("--parallel is for a SQL Server, and neither SOURCE nor TARGET is one");
        }
        if (isSeveral() && reads && query) {
            throw CliException.usage("--parallel divides a table by its key, and --query is read by one connection; name a"
                    + " table, or leave out --parallel");
        }
        if (noSnapshot && !(isSeveral() && reads)) {
            throw CliException.usage("--no-snapshot is for a SQL Server's table that is read with --parallel");
        }
    }

    int connections() {
        return connections;
    }

    boolean isSeveral() {
        return connections > 1;
    }

    Sight sight() {
        return noSnapshot ? Sight.EACH_FOR_ITSELF : Sight.SNAPSHOT;
    }

    /** Lets DuckDB work with as many threads as there are connections, each of which waits for its server most of the time. */
    void prepare(Engine engine) throws SQLException {
        if (isSeveral()) {
            engine.execute("SET preserve_insertion_order = false");
            long threads = engine.number("SELECT current_setting('threads')");
            engine.execute("SET threads = " + Math.max(threads, connections));
        }
    }
}
