package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/** A table of a DuckDB file, written in one transaction. A file that the copy had to make is removed again when the copy fails. */
final class DuckDbTarget implements CopyTarget {
    static final String CATALOG = "target";

    private final Engine engine;
    private final Path file;
    private final DuckDbTable table;
    private final WriteMode mode;
    private final boolean fileExisted;
    private boolean done;

    DuckDbTarget(Engine engine, Endpoint.DuckDb target, WriteMode mode) throws SQLException {
        this.engine = engine;
        this.file = target.file();
        this.mode = mode;
        this.fileExisted = Files.exists(file);
        if (target.table() == null) {
            throw CliException.usage("which table of " + file + "? Name it: " + file + "?table=NAME");
        }
        this.table = DuckDbTable.parse(CATALOG, target.table());
        DuckDbTable.attach(engine, file, CATALOG, false);
    }

    @Override
    public long write(CopySource source, LongConsumer sent) throws SQLException {
        boolean exists = table.exists(engine);
        if (exists && !mode.keepsExisting() && !mode.replaces()) {
            throw new CliException(
                    ExitCode.FAILED,
                    name() + " exists already; say what to do with it: --append, --truncate or --replace");
        }
        if (!exists && !mode.createsMissing()) {
            throw new CliException(ExitCode.FAILED, "there is no " + name() + "; --create makes it");
        }
        engine.execute("BEGIN");
        try {
            long rows = writeRows(source.sql(), exists);
            engine.execute("COMMIT");
            done = true;
            return rows;
        } catch (SQLException e) {
            SQLException reason = source.explain(e);
            try {
                engine.execute("ROLLBACK");
            } catch (SQLException secondary) {
                reason.addSuppressed(secondary);
            }
            throw reason;
        }
    }

    private long writeRows(String sql, boolean exists) throws SQLException {
        if (exists && mode.keepsExisting()) {
            if (mode.truncates()) {
                engine.execute("DELETE FROM " + table.sql());
            }
            return engine.execute("INSERT INTO " + table.sql() + " BY NAME " + sql);
        }
        table.createSchema(engine);
        return engine.execute("CREATE OR REPLACE TABLE " + table.sql() + " AS " + sql);
    }

    @Override
    public CopySource readBack() {
        return new EngineSource(engine, "SELECT * FROM " + table.sql(), name(), true);
    }

    @Override
    public String name() {
        return table.shown() + " in " + file;
    }

    @Override
    public void close() throws SQLException {
        engine.execute("DETACH " + CATALOG);
        if (!done && !fileExisted) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new SQLException("the unfinished file " + file + " could not be removed: " + e.getMessage(), e);
            }
        }
    }
}
