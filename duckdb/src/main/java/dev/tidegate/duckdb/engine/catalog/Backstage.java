package dev.tidegate.duckdb.engine.catalog;

import dev.tidegate.duckdb.engine.scan.ScanFunction;
import dev.tidegate.duckdb.engine.scan.ScanFunctions;
import dev.tidegate.duckdb.engine.scan.ScanOwner;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * A DuckDB connection of the engine's own, on which views are made: what an application's transaction writes to another database does not
 * keep the engine from it. Only DuckDB is asked under its lock, no server.
 */
public final class Backstage implements AutoCloseable {
    public interface Work {
        void on(Connection duckdb) throws SQLException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection duckdb;
    private final ScanFunctions functions;

    /** @param function as {@link ScanFunctions} takes it */
    public Backstage(Connection duckdb, String function, LongFunction<ScanOwner> owners) throws SQLException {
        this.duckdb = duckdb;
        this.functions = new ScanFunctions(function, duckdb, owners);
    }

    public void with(Work work) throws SQLException {
        lock.lock();
        try {
            work.on(duckdb);
        } finally {
            lock.unlock();
        }
    }

    public ScanFunctions functions() {
        return functions;
    }

    /** What was borrowed is not read any more. */
    public void giveBack(List<ScanFunction> borrowed) {
        borrowed.forEach(functions::giveBack);
    }

    /** Within {@link #with}. */
    void execute(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            duckdb.close();
        } finally {
            lock.unlock();
        }
    }
}
