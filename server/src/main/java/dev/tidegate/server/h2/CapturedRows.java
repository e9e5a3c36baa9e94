package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows of a procedure for INSERT … EXECUTE; messages and changes of the environment go on to the client. */
final class CapturedRows implements ResponseSink {
    private final ResponseSink client;
    private final List<Object[]> rows = new ArrayList<>();
    private List<Column> columns = List.of();
    private boolean failed;

    CapturedRows(ResponseSink client) {
        this.client = client;
    }

    List<Object[]> rows() {
        return rows;
    }

    List<Column> columns() {
        return columns;
    }

    boolean failed() {
        return failed;
    }

    @Override
    public void columns(List<Column> described) {
        columns = described;
    }

    @Override
    public void row(Object[] values) {
        rows.add(values.clone());
    }

    @Override
    public void statementDone(int command, long count) {
        // the INSERT tells its own count
    }

    @Override
    public void statementFailed(int command) {
        failed = true;
    }

    @Override
    public void message(ServerMessage message) {
        client.message(message);
    }

    @Override
    public void environment(EnvChange change) {
        client.environment(change);
    }

    @Override
    public void returnStatus(int status) {
        // belongs to the procedure
    }

    @Override
    public void returnValue(int ordinal, String name, TypeInfo type, Object value) {
        // belongs to the procedure
    }

    @Override
    public void done() {
        // the response goes on
    }
}
