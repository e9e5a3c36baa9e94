package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Kind;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.server.Tls;

/** The ways to read a result that are compared. */
enum ReadContender {
    ARROW("Tidegate, Arrow batches", Contender.Role.OURS) {
        @Override
        RowReader open(int port, DataSet set) throws Exception {
            return new ArrowBatches(Clients.connect(port), set);
        }
    },
    DUCKDB("Tidegate, DuckDB table", Contender.Role.OURS) {
        @Override
        RowReader open(int port, DataSet set) throws Exception {
            return new DuckDbTable(Clients.connect(port), set);
        }
    },
    GETTERS("Tidegate, JDBC getters", Contender.Role.OURS) {
        @Override
        RowReader open(int port, DataSet set) throws Exception {
            return new JdbcReader(Clients.tidegate(port), set, true);
        }
    },
    MSSQL_JDBC("mssql-jdbc getters", Contender.Role.PEER) {
        @Override
        RowReader open(int port, DataSet set) throws Exception {
            return new JdbcReader(Clients.microsoft(port), set, true);
        }
    },
    MSSQL_JDBC_NEXT("mssql-jdbc next() only", Contender.Role.REFERENCE) {
        @Override
        RowReader open(int port, DataSet set) throws Exception {
            return new NextReader(Clients.microsoft(port), set);
        }
    },
    ARROW_JDBC("arrow-jdbc, mssql-jdbc", Contender.Role.PEER) {
        /** Its timestamps end with milliseconds. */
        @Override
        boolean takes(DataSet set) {
            return set != DataSet.WIDE;
        }

        @Override
        RowReader open(int port, DataSet set) throws Exception {
            return new ArrowJdbcReader(Clients.microsoft(port), set);
        }
    },
    JTDS("jTDS getters", Contender.Role.PEER) {
        /** It speaks TDS 7.1, where a datetime2 is text with more digits than it reads. */
        @Override
        boolean takes(DataSet set) {
            return set.fields().stream().noneMatch(field -> field.kind() == Kind.TIMESTAMP);
        }

        @Override
        RowReader open(int port, DataSet set) throws Exception {
            return new JdbcReader(Clients.jtds(port), set, false);
        }
    },
    R2DBC("r2dbc-mssql", Contender.Role.PEER) {
        @Override
        Tls tls() {
            return Tls.selfSigned();
        }

        @Override
        RowReader open(int port, DataSet set) {
            return new R2dbcReader(port, set);
        }
    },
    VERTX("vertx-mssql-client", Contender.Role.PEER) {
        @Override
        RowReader open(int port, DataSet set) {
            return new VertxReader(port, set);
        }
    },
    DRAIN("raw drain", Contender.Role.LIMIT) {
        @Override
        RowReader open(int port, DataSet set) throws Exception {
            return new DrainReader(port, set);
        }
    };

    private final String label;
    private final Contender.Role role;

    ReadContender(String label, Contender.Role role) {
        this.label = label;
        this.role = role;
    }

    String label() {
        return label;
    }

    Contender.Role role() {
        return role;
    }

    /** Whether it can read all columns of a data set. */
    boolean takes(DataSet set) {
        return true;
    }

    /** What the server must offer for it to log in; what comes after the login is not encrypted. */
    Tls tls() {
        return Tls.none();
    }

    /** Connects to 127.0.0.1. */
    abstract RowReader open(int port, DataSet set) throws Exception;
}
