package dev.tidegate.server.h2;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.ErrorMapper;
import dev.tidegate.tds.token.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One client's session on H2. */
final class H2Session implements BackendSession {
    private final H2Backend backend;
    private final Connection connection;

    H2Session(H2Backend backend, H2Database database, SessionOptions options) throws SqlServerException {
        this.backend = backend;
        try {
            this.connection = database.connect();
        } catch (SQLException e) {
            throw ErrorMapper.map(e, new ErrorContext("USE", options.database(), ""));
        }
    }

    @Override
    public void executeBatch(String sql, ResponseSink sink) throws SqlServerException {
        throw refused();
    }

    @Override
    public void executeProcedure(ProcedureCall call, ResponseSink sink) throws SqlServerException {
        throw refused();
    }

    @Override
    public BulkTarget beginBulkLoad(List<Column> columns) throws SqlServerException {
        throw refused();
    }

    @Override
    public void begin(String name, IsolationLevel isolation, ResponseSink sink) throws SqlServerException {
        throw refused();
    }

    @Override
    public void commit(ResponseSink sink) throws SqlServerException {
        throw refused();
    }

    @Override
    public void rollback(String name, ResponseSink sink) throws SqlServerException {
        throw refused();
    }

    @Override
    public void save(String name, ResponseSink sink) throws SqlServerException {
        throw refused();
    }

    private static SqlServerException refused() {
        return new SqlServerException(40510, 1, 16, "This statement is not supported yet.");
    }

    @Override
    public long transactionDescriptor() {
        return 0;
    }

    @Override
    public void reset(boolean keepTransaction) throws SqlServerException {
        throw refused();
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {
        backend.forget(this);
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(H2Session.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
        }
    }
}
