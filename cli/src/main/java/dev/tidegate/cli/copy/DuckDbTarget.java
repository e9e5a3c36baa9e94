package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.duckdb.Identifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * A table of a DuckDB file, written in one transaction. A database that is not there yet is made under another name and gets its own with
 * the commit.
 */
final class DuckDbTarget implements CopyTarget {
    static final String CATALOG = "target";

    private final Engine engine;
    private final Path file;
    private final DuckDbTable table;
    private final WriteMode mode;
    /** Null when the database existed. */
    private final Path partial;

    private boolean attached;
    private boolean inTransaction;

    DuckDbTarget(Engine engine, Endpoint.DuckDb target, WriteMode mode) throws SQLException {
        this.engine = engine;
        this.file = target.file();
        this.mode = mode;
        if (target.table() == null) {
            throw CliException.usage("which table of " + file + "? Name it: " + file + "?table=NAME");
        }
        this.table = DuckDbTable.parse(CATALOG, target.table());
        if (Files.exists(file)) {
            partial = null;
            attach(file);
        } else {
            partial = PartialFile.beside(file);
        }
    }

    @Override
    public long write(CopySource source, LongConsumer sent) throws SQLException {
        boolean exists = partial == null && table.exists(engine);
        if (exists && !mode.keepsExisting() && !mode.replaces()) {
            throw new CliException(
                    ExitCode.FAILED,
                    name() + " exists already; say what to do with it: --append, --truncate or --replace");
        }
        if (!exists && !mode.createsMissing()) {
            throw new CliException(ExitCode.FAILED, "there is no " + name() + "; --create makes it");
        }
        if (partial != null) {
            if (!Files.isDirectory(partial.getParent())) {
                throw new CliException(
                        ExitCode.FAILED, "there is no directory " + partial.getParent() + " to write to");
            }
            PartialFile.removeAbandoned(file);
            attach(partial);
        }
        try {
            boolean fills = exists && mode.keepsExisting();
            // Before the transaction: a source may have to look at all its rows, in one of its own.
            String rows = fills ? unchanged(source) : source.sql();
            engine.execute("BEGIN");
            inTransaction = true;
            return fills ? fill(rows) : create(rows);
        } catch (SQLException e) {
            throw named(source.explain(e));
        }
    }

    private long fill(String rows) throws SQLException {
        if (mode.truncates()) {
            engine.execute("DELETE FROM " + table.sql());
        }
        return engine.execute("INSERT INTO " + table.sql() + " BY NAME " + rows);
    }

    private long create(String rows) throws SQLException {
        table.createSchema(engine);
        return engine.execute("CREATE OR REPLACE TABLE " + table.sql() + " AS " + rows);
    }

    /** The rows of the source; a value that DuckDB would round or cut to the type of its column here is an error. */
    private String unchanged(CopySource source) throws SQLException {
        Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        types.putAll(engine.columns("SELECT * FROM " + table.sql()));
        CopySource rows = source.into(types);
        String columns = rows.columns().entrySet().stream()
                .map(column -> checked(column.getKey(), column.getValue(), types.get(column.getKey())))
                .collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM (" + rows.sql() + "\n)";
    }

    private static String checked(String name, String from, String to) {
        String value = Identifiers.duckdb(name);
        // Text has many spellings of one value, so that coming back as another text says nothing.
        if (to == null || to.equals(from) || from.equals("VARCHAR")) {
            return value;
        }
        String stored = "CAST(" + value + " AS " + to + ")";
        String message = Identifiers.literal("column " + value + ": the value ") + " || " + value + " || "
                + Identifiers.literal(" would be changed by " + to);
        return "CASE WHEN CAST(" + stored + " AS " + from + ") IS DISTINCT FROM " + value + " THEN error(" + message
                + ") ELSE " + stored + " END AS " + value;
    }

    @Override
    public void commit() throws SQLException, IOException {
        try {
            engine.execute("COMMIT");
            inTransaction = false;
            // Closing a new database puts its write-ahead log into the file, which is whole then.
            if (partial != null) {
                detach();
            }
        } catch (SQLException e) {
            throw named(e);
        }
        if (partial != null) {
            Files.move(partial, file.toAbsolutePath());
        }
    }

    private SQLException named(SQLException failure) {
        return partial == null ? failure : PartialFile.renamed(failure, partial, file);
    }

    @Override
    public void undo() throws SQLException, IOException {
        try {
            if (inTransaction) {
                inTransaction = false;
                engine.execute("ROLLBACK");
            }
        } finally {
            if (partial != null) {
                detach();
                Files.deleteIfExists(partial);
                Files.deleteIfExists(partial.resolveSibling(partial.getFileName() + ".wal"));
            }
        }
    }

    @Override
    public void cancel() {
        engine.cancel();
    }

    @Override
    public double progress() {
        return engine.progress();
    }

    @Override
    public CopySource readBack() throws SQLException {
        if (!attached) {
            attach(file);
        }
        return new EngineSource(engine, "SELECT * FROM " + table.sql(), name(), true);
    }

    @Override
    public String name() {
        return table.shown() + " in " + file;
    }

    @Override
    public void close() throws SQLException {
        detach();
    }

    private void attach(Path database) throws SQLException {
        DuckDbTable.attach(engine, database, CATALOG, false);
        attached = true;
    }

    private void detach() throws SQLException {
        if (attached) {
            attached = false;
            engine.execute("DETACH " + CATALOG);
        }
    }
}
