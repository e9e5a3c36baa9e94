package dev.tidegate.server.h2;

import dev.tidegate.server.backend.RecoverableState;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.CatalogSession;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.error.ServerError;
import dev.tidegate.server.h2.error.FailedStatement;
import dev.tidegate.server.h2.error.H2Errors;
import dev.tidegate.server.h2.routine.RoutineException;
import dev.tidegate.server.tsql.ast.Statement.InsertBulk;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.table.Table;

/** What belongs to a session and outlives a batch. Used by the session's thread; {@link #cancellation} by any. */
final class SessionCore {
    final H2Backend backend;
    final SessionOptions options;
    /** The database of the login. */
    private final H2Database home;

    final Cancellation cancellation = new Cancellation();
    final PreparedHandles handles = new PreparedHandles();
    final Cursors cursors = new Cursors();

    H2Database database;
    Connection connection;
    Transactions transactions;
    NameClaims claims;
    H2Tables tables;
    SessionSettings settings = new SessionSettings();

    /** What {@code @@ROWCOUNT} shows. */
    long rowCount;
    /** What {@code @@ERROR} shows. */
    int error;
    /** What {@code SCOPE_IDENTITY()} and {@code @@IDENTITY} show; null if nothing was inserted. */
    BigDecimal identity;
    /** How many TRY blocks are around what runs, whoever called it. */
    int attempts;
    /** INSERT BULK that waits for its rows; null if there is none. */
    InsertBulk announced;

    private OffsetDateTime now;

    SessionCore(H2Backend backend, H2Database database, SessionOptions options) throws SQLException {
        this.backend = backend;
        this.options = options;
        this.home = database;
        connect(database);
    }

    private void connect(H2Database target) throws SQLException {
        Connection fresh = target.connect();
        try {
            CatalogSession.identify(fresh, target.name(), backend.databaseNames(), options);
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
        connection = fresh;
        database = target;
        claims = new NameClaims(this, target.names(), h2());
        transactions = new Transactions(fresh, claims);
        tables = new H2Tables(h2(), target, claims);
    }

    /** H2's own session behind the connection. */
    SessionLocal h2() throws SQLException {
        return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    }

    /** @throws SqlServerException 911 if there is no such database, 40510 inside a transaction */
    void use(String name, ResponseSink sink) throws SqlServerException, SQLException {
        H2Database target;
        try {
            target = backend.database(name);
        } catch (SqlServerException e) {
            throw KnownError.DATABASE_MISSING.with(name).asServerException(e);
        }
        String old = database.name();
        if (target != database) {
            if (transactions.isOpen()) {
                throw KnownError.UNSUPPORTED.exception("USE of another database inside a transaction is not supported by this server.");
            }
            if (!h2().getLocalTempTables().isEmpty()) {
                throw KnownError.UNSUPPORTED.exception("USE of another database while the session has temporary tables is not supported by this"
                                + " server: it would lose them.");
            }
            move(target);
        }
        sink.environment(new EnvChange.Text(EnvChange.DATABASE, target.name(), old));
        info(5701, "Changed database context to '" + target.name() + "'.", sink);
    }

    /** Forgets the time of the statement before. */
    void newStatement() {
        now = null;
    }

    /** The time: the same wherever one statement asks for it. */
    OffsetDateTime now() {
        if (now == null) {
            now = OffsetDateTime.now().truncatedTo(ChronoUnit.MICROS);
        }
        return now;
    }

    private void move(H2Database target) throws SQLException {
        Connection before = connection;
        releaseAppLocks();
        connect(target);
        transactions.isolate(settings.isolation);
        before.close();
    }

    /** Lets go of what the session, not its transaction, has locked. */
    void releaseAppLocks() {
        database.appLocks().releaseAll(new AppLocks.Owner(this, false));
    }

    void info(int number, String text, ResponseSink sink) {
        sink.message(new ServerMessage(false, number, 1, 0, text, "", "", 1));
    }

    /** An error of H2, or one that a function raised inside H2, as SQL Server's. */
    SqlServerException map(SQLException error, String statement, String object) {
        SqlServerException own = RoutineException.find(error);
        if (own != null) {
            return own;
        }
        ServerError mapped = H2Errors.map(
                error, FailedStatement.of(connection, database.name(), statement, object, options.sessionId()));
        return mapped.saying(TemporaryNames.shown(mapped.text())).asServerException(error);
    }

    /** What a reconnect brings back, and whether that is all there is. */
    RecoverableState recoverableState() {
        Map<Integer, byte[]> states = RecoverableSettings.encode(settings);
        int losses = losses();
        states.put(RecoverableSettings.LOSSES, new byte[] {(byte) losses});
        states.put(RecoverableSettings.TRANSACTION, new byte[] {(byte) (transactions.isOpen() ? 1 : 0)});
        return new RecoverableState(states, losses == 0 && !transactions.isOpen());
    }

    /** Prepared statements are none of them: whoever has prepared them has their texts. */
    private int losses() {
        try {
            return (h2().getLocalTempTables().isEmpty() ? 0 : 1)
                    | (database.appLocks().hasAny(new AppLocks.Owner(this, false)) ? 2 : 0)
                    | (cursors.isEmpty() ? 0 : 4);
        } catch (SQLException e) {
            // The connection to H2 has ended, and the session with it.
            return 8;
        }
    }

    /** Of a fresh session: see {@link RecoverableSettings}. */
    void recover(String toDatabase, String language, Map<Integer, byte[]> states)
            throws SqlServerException, SQLException {
        RecoverableSettings.decode(states, settings);
        if (!language.isEmpty()) {
            settings.language = language;
        }
        H2Database target = toDatabase.isEmpty() ? database : backend.database(toDatabase);
        if (target != database) {
            move(target);
        } else {
            transactions.isolate(settings.isolation);
        }
    }

    /** Back to what it was after the login; a transaction that is kept keeps its database too. */
    void reset(boolean keepTransaction) throws SQLException {
        if (!keepTransaction) {
            transactions.discard();
        }
        releaseAppLocks();
        settings = new SessionSettings();
        if (home == database || transactions.isOpen()) {
            transactions.isolate(settings.isolation);
        } else {
            move(home);
        }
        for (Table table : List.copyOf(h2().getLocalTempTables())) {
            TableVariables.drop(this, table.getName());
        }
        handles.clear();
        cursors.clear();
        rowCount = 0;
        error = 0;
        identity = null;
        announced = null;
    }
}
