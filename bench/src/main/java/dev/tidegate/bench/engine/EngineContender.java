package dev.tidegate.bench.engine;

import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.load.DuckDbLoader;
import dev.tidegate.bench.load.Loader;
import dev.tidegate.bench.read.DuckDbTable;
import dev.tidegate.bench.replay.Clients;
import java.sql.SQLException;

/** The ways between a server's table and DuckDB's that are compared. */
enum EngineContender {
    READ("Tidegate, 1 connection", false, Contender.Role.OURS) {
        @Override
        Move open(int filled, int empty, int rows) throws SQLException {
            return new Move.Reading(new DuckDbTable(Clients.connect(filled), LineItemServer.SET));
        }
    },
    READ_PARTS("Tidegate, " + Threads.SEVERAL + " connections", false, Contender.Role.OURS) {
        @Override
        Move open(int filled, int empty, int rows) throws SQLException {
            return new Move.Reading(new PartsReader(filled, Threads.SEVERAL));
        }
    },
    READ_ATTACHED("Tidegate, ATTACH", false, Contender.Role.OURS) {
        @Override
        Move open(int filled, int empty, int rows) throws SQLException {
            return new Move.Reading(new AttachedReader(filled));
        }
    },
    READ_APPENDER("mssql-jdbc, DuckDBAppender", false, Contender.Role.PEER) {
        @Override
        Move open(int filled, int empty, int rows) throws SQLException {
            return new Move.Reading(new AppenderReader(filled));
        }
    },
    LOAD("Tidegate, 1 session", true, Contender.Role.OURS) {
        @Override
        Move open(int filled, int empty, int rows) throws SQLException {
            return loading(new DuckDbLoader(Clients.connect(empty), source(filled), LineItemServer.SET), empty);
        }
    },
    LOAD_SESSIONS("Tidegate, " + Threads.SEVERAL + " sessions", true, Contender.Role.OURS) {
        @Override
        Move open(int filled, int empty, int rows) throws SQLException {
            return loading(new SessionsLoader(empty, Threads.SEVERAL, source(filled)), empty);
        }
    },
    LOAD_BULK_COPY("SQLServerBulkCopy, ResultSet", true, Contender.Role.PEER) {
        @Override
        Move open(int filled, int empty, int rows) throws SQLException {
            return loading(new ResultSetLoader(empty, source(filled), rows), empty);
        }
    };

    private final String label;
    private final boolean loads;
    private final Contender.Role role;

    EngineContender(String label, boolean loads, Contender.Role role) {
        this.label = label;
        this.loads = loads;
        this.role = role;
    }

    String label() {
        return label;
    }

    /** Whether it goes from DuckDB to the server. */
    boolean loads() {
        return loads;
    }

    Contender.Role role() {
        return role;
    }

    /**
     * Connects to 127.0.0.1.
     *
     * @param filled port of a server that has the rows
     * @param empty port of a server that takes them
     */
    abstract Move open(int filled, int empty, int rows) throws SQLException;

    private static DuckDbTable source(int filled) throws SQLException {
        DuckDbTable source = new DuckDbTable(Clients.connect(filled), LineItemServer.SET);
        source.fill();
        return source;
    }

    private static Move loading(Loader loader, int port) throws SQLException {
        return new Move.Loading(loader, Clients.connect(port), port);
    }
}
