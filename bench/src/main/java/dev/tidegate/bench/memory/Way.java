package dev.tidegate.bench.memory;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.load.LongLoad;
import dev.tidegate.bench.read.DuckDbTable;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.duckdb.scan.ResultTable;
import dev.tidegate.duckdb.scan.ResultTables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/** The ways to move many rows, each to the last one. */
enum Way {
    READ_ARROW("read as Arrow batches") {
        @Override
        long run(int port, int dataPort, int rows) throws Exception {
            try (TdsConnection connection = Clients.connect(port);
                    BufferAllocator allocator = new RootAllocator();
                    ArrowReader reader = TidegateArrow.query(connection, SET.query(), List.of(), allocator)) {
                long read = 0;
                while (reader.loadNextBatch()) {
                    read += reader.getVectorSchemaRoot().getRowCount();
                }
                return read;
            }
        }
    },
    READ_JDBC("read by JDBC getters") {
        @Override
        long run(int port, int dataPort, int rows) throws Exception {
            try (Connection connection = Clients.open(Clients.tidegate(port));
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(SET.query())) {
                int columns = SET.fields().size();
                long read = 0;
                while (result.next()) {
                    for (int i = 1; i <= columns; i++) {
                        if (result.getObject(i) == null) {
                            throw new IllegalStateException("row " + read + " has a NULL, which no row of lineitem has");
                        }
                    }
                    read++;
                }
                return read;
            }
        }
    },
    READ_DUCKDB("read by a DuckDB query") {
        @Override
        long run(int port, int dataPort, int rows) throws Exception {
            try (TdsConnection connection = Clients.connect(port);
                    Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                    ResultTables results = new ResultTables(duckdb);
                    ResultTable table =
                            results.open(ResponseBatches.run(connection, SET.query(), RequestOptions.DEFAULTS), Set.of());
                    Statement statement = duckdb.createStatement();
                    ResultSet most = statement.executeQuery("SELECT max(COLUMNS(*)) FROM (" + table.sql() + ")")) {
                most.next();
                return table.rows();
            }
        }
    },
    LOAD_ARROW("load from Arrow batches") {
        @Override
        long run(int port, int dataPort, int rows) throws Exception {
            return LongLoad.fromArrow(port, dataPort, SET, rows);
        }
    },
    LOAD_DUCKDB("load from DuckDB queries") {
        @Override
        long run(int port, int dataPort, int rows) throws Exception {
            return LongLoad.fromDuckDb(port, dataPort, SET, rows);
        }
    },
    LOAD_ROWS("load rows of objects") {
        @Override
        long run(int port, int dataPort, int rows) throws Exception {
            return LongLoad.fromRows(port, SET, rows);
        }
    };

    static final DataSet SET = DataSet.LINEITEM;

    private final String label;

    Way(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /**
     * Moves all rows, through connections to 127.0.0.1.
     *
     * @param port of a server that gives {@code rows} rows, and takes those of the data set in their order
     * @param dataPort of a server that gives {@link DataSet#REPEAT} rows
     * @return rows that were moved
     */
    abstract long run(int port, int dataPort, int rows) throws Exception;
}
