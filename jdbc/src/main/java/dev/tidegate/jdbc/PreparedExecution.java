package dev.tidegate.jdbc;

import dev.tidegate.client.Item;
import dev.tidegate.client.StatementHandles;
import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.jdbc.convert.Binder;
import dev.tidegate.jdbc.convert.Binding;
import dev.tidegate.jdbc.sql.JdbcEscapes;
import dev.tidegate.jdbc.sql.MarkedSql;
import dev.tidegate.jdbc.sql.StatementKind;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.Collation;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The running of a statement with parameters, alone and in batches. */
abstract class PreparedExecution extends ParameterSetters {
    /** The server's "Could not find prepared statement with handle" and "The prepared statement handle is not valid in this context". */
    private static final int HANDLE_UNKNOWN = 8179;

    private static final int HANDLE_INVALID = 586;

    private final Binder binder;
    private final Bindings bindings;
    private final PreparedCall prepared;
    /** With its markers. */
    private final String sql;

    private final boolean keysWanted;
    private final boolean readsOnly;
    private final List<List<Binding>> batch = new ArrayList<>();

    PreparedExecution(TidegateConnection connection, String sql, boolean keysWanted) throws SQLException {
        super(connection);
        this.sql = JdbcEscapes.translate(sql);
        MarkedSql marked = MarkedSql.of(this.sql);
        this.keysWanted = keysWanted && StatementKind.of(marked.text()) == StatementKind.INSERT;
        this.readsOnly = StatementKind.onlyReads(marked.text());
        Collation collation =
                Objects.requireNonNullElse(session().client().serverInfo().collation(), Collation.DEFAULT);
        boolean unicode = session().client().settings().flag(ConnectionProperty.SEND_STRING_PARAMETERS_AS_UNICODE);
        this.binder = new Binder(unicode, collation);
        this.bindings = new Bindings(marked.parameters());
        this.prepared = new PreparedCall(
                session().client().statementHandles(),
                this.keysWanted ? marked.text() + SELECT_KEYS : marked.text(),
                collation);
    }

    @Override
    String described() {
        return "prepared statement";
    }

    @Override
    final Binder binder() {
        return binder;
    }

    final Bindings bindings() {
        return bindings;
    }

    @Override
    void bind(int index, Binding binding) throws SQLException {
        requireOpen();
        bindings.set(index, binding);
    }

    /** The request for the values that are bound now. */
    Request request() throws SQLException {
        List<Binding> values = bindings.all();
        if (values.isEmpty()) {
            // Text without parameters runs as a batch: what it creates and sets stays in the session.
            return (client, options) -> client.execute(prepared.text(), options);
        }
        return (client, options) -> client.call(() -> List.of(prepared.next(values)), options);
    }

    private void run() throws SQLException {
        requireOpen();
        start(request(), readsOnly);
    }

    @Override
    void received(Item item) throws SQLException {
        if (item instanceof Item.OutputValue output
                && prepared.isPreparing()
                && output.value() instanceof Integer handle) {
            prepared.prepared(handle);
        }
    }

    /** What is done with the answer, from its beginning. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws SQLException;
    }

    /** A handle that the server has lost is made anew, if that is certain to be the error, because then nothing has run yet. */
    private <T> T runAndRead(Reading<T> reading) throws SQLException {
        run();
        try {
            return reading.read();
        } catch (SQLException e) {
            if (running().hasGivenAnything() || !saysThatItsHandleIsLost(e)) {
                throw e;
            }
            prepared.forget();
            goOn(request(), readsOnly);
            return reading.read();
        }
    }

    /**
     * The same errors could come from within the statement, which has run then. But such a one is of another handle: the statement's own is
     * named only by a server that does not know it.
     */
    private boolean saysThatItsHandleIsLost(SQLException e) {
        int handle = prepared.usedHandle();
        ServerMessage message =
                DatabaseError.of(e).map(DatabaseError::serverMessage).orElse(null);
        return handle != StatementHandles.DIRECTLY
                && (e.getErrorCode() == HANDLE_UNKNOWN || e.getErrorCode() == HANDLE_INVALID)
                && message != null
                && Pattern.compile("(?<!\\d)" + handle + "(?!\\d)")
                        .matcher(message.text())
                        .find();
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return runAndRead(this::firstResult);
    }

    @Override
    public boolean execute() throws SQLException {
        return runAndRead(() -> {
            if (keysWanted) {
                lastCount(true);
                return false;
            }
            return advance();
        });
    }

    @Override
    public int executeUpdate() throws SQLException {
        return (int) Math.min(executeLargeUpdate(), Integer.MAX_VALUE);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return runAndRead(() -> lastCount(keysWanted));
    }

    @Override
    public void clearParameters() throws SQLException {
        requireOpen();
        bindings.clear();
    }

    @Override
    public void addBatch() throws SQLException {
        requireOpen();
        batch.add(bindings.all());
    }

    @Override
    public void clearBatch() throws SQLException {
        requireOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return Batches.narrow(executeLargeBatch());
    }

    /** Many rows in one round trip, or all as a bulk load where that is the same; a row that fails does not stop the next. */
    @Override
    public long[] executeLargeBatch() throws SQLException {
        requireOpen();
        List<List<Binding>> rows = List.copyOf(batch);
        batch.clear();
        return new BatchRun(this, prepared, keysWanted).run(rows, sql);
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        requireOpen();
        ResultSet shown = getResultSet();
        if (shown != null && !shown.isClosed()) {
            return shown.getMetaData();
        }
        return StatementDescription.result(
                session(), prepared.text(), bindings.allOr(binder.national(null)), binder.collation());
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        requireOpen();
        return StatementDescription.parameters(session(), prepared.text(), bindings.size(), binder.collation());
    }

    @Override
    void released() {
        prepared.release();
    }
}
