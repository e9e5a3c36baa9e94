package dev.tidegate.bench.load;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.read.DuckDbTable;
import dev.tidegate.bench.replay.Clients;
import java.sql.SQLException;

/** The ways to load a table that are compared. */
enum LoadContender {
    ARROW("Tidegate, Arrow vectors", Contender.Role.OURS) {
        @Override
        Loader open(int port, int dataPort, DataSet set, int rows) throws Exception {
            return new ArrowLoader(port, dataPort, set);
        }
    },
    DUCKDB("Tidegate, DuckDB table", Contender.Role.OURS) {
        @Override
        Loader open(int port, int dataPort, DataSet set, int rows) throws SQLException {
            DuckDbTable source = new DuckDbTable(Clients.connect(dataPort), set);
            source.fill();
            return new DuckDbLoader(Clients.connect(port), source, set);
        }
    },
    ROWS("Tidegate, rows of objects", Contender.Role.OURS) {
        @Override
        Loader open(int port, int dataPort, DataSet set, int rows) throws SQLException {
            return new RowsLoader(Clients.connect(port), set, rows);
        }
    },
    JDBC_BATCH("Tidegate, JDBC batch", Contender.Role.OURS) {
        @Override
        Loader open(int port, int dataPort, DataSet set, int rows) throws SQLException {
            // The handle of a statement of its own has the same number each time.
            return new BatchLoader(Clients.open(Clients.tidegate(port) + ";disableStatementPooling=true"), set, rows);
        }
    },
    BULK_COPY("SQLServerBulkCopy", Contender.Role.PEER) {
        @Override
        Loader open(int port, int dataPort, DataSet set, int rows) throws SQLException {
            return new BulkCopyLoader(Clients.open(Clients.microsoft(port)), set, rows);
        }
    },
    BATCH("mssql-jdbc, batch as bulk copy", Contender.Role.PEER) {
        @Override
        Loader open(int port, int dataPort, DataSet set, int rows) throws SQLException {
            String url = Clients.microsoft(port) + ";useBulkCopyForBatchInsert=true";
            return new BatchLoader(Clients.open(url), set, rows);
        }
    },
    RAW("raw writer", Contender.Role.LIMIT) {
        @Override
        Loader open(int port, int dataPort, DataSet set, int rows) throws Exception {
            return new RawLoader(port, set, rows);
        }
    };

    private final String label;
    private final Contender.Role role;

    LoadContender(String label, Contender.Role role) {
        this.label = label;
        this.role = role;
    }

    String label() {
        return label;
    }

    Contender.Role role() {
        return role;
    }

    /**
     * Connects to 127.0.0.1.
     *
     * @param port where the table is
     * @param dataPort of a server that has the rows of the data set
     */
    abstract Loader open(int port, int dataPort, DataSet set, int rows) throws Exception;
}
