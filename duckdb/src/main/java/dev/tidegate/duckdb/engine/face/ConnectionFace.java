package dev.tidegate.duckdb.engine.face;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.engine.execution.Execution;
import dev.tidegate.duckdb.engine.execution.Translator;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.statement.Translated;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A connection of the engine, as JDBC sees it. */
public final class ConnectionFace extends Face {
    private final EngineSession session;
    private final Translator translator;
    private final EngineConnection connection;

    public ConnectionFace(EngineSession session) {
        super(session.duckdb());
        this.session = session;
        this.translator = new Translator(session);
        this.connection = (EngineConnection) Proxy.newProxyInstance(
                EngineConnection.class.getClassLoader(), new Class<?>[] {EngineConnection.class}, this);
    }

    public EngineConnection connection() {
        return connection;
    }

    @Override
    Object call(Object proxy, Method method, Object[] args) throws Throwable {
        switch (method.getName()) {
            case "close" -> {
                session.close();
                return null;
            }
            case "commit" -> {
                return inTurn(session.transactions()::commitAll);
            }
            case "rollback" -> {
                return args.length == 0 ? inTurn(session.transactions()::rollbackAll) : forward(method, args);
            }
            case "setAutoCommit" -> {
                return inTurn(() -> session.transactions().autoCommit((boolean) args[0]));
            }
            case "rowsRead" -> {
                return session.run().rows();
            }
            case "duplicate" -> {
                return duplicate();
            }
            case "createStatement" -> {
                return new StatementFace(session, translator, connection, (Statement) forward(method, args))
                        .proxy(Statement.class);
            }
            case "prepareStatement" -> {
                return prepare(method, args);
            }
            case "setCatalog", "setSchema" -> session.defaultsChosen();
            case "getMetaData" -> {
                return new MetaDataFace(session, connection, (DatabaseMetaData) forward(method, args)).proxy();
            }
            default -> {
                // DuckDB's alone.
            }
        }
        return forward(method, args);
    }

    /** As a statement: after the one that runs. */
    private Object inTurn(Translated.Step step) throws SQLException {
        session.running().lock();
        try {
            session.begin(Duration.ZERO, null);
            step.run();
            return null;
        } finally {
            session.running().unlock();
        }
    }

    @Override
    boolean isClosed() throws SQLException {
        return session.duckdb().isClosed();
    }

    private EngineConnection duplicate() throws SQLException {
        Connection own = session.duckdb().duplicate();
        boolean open = false;
        try {
            EngineConnection made =
                    new ConnectionFace(session.engine().join((org.duckdb.DuckDBConnection) own)).connection();
            open = true;
            return made;
        } finally {
            if (!open) {
                own.close();
            }
        }
    }

    private Object prepare(Method method, Object[] args) throws Throwable {
        Execution execution = new Execution(session, translator);
        Object[] changed = args.clone();
        boolean made = false;
        try {
            PreparedStatement prepared = execution.prepare((String) args[0], sql -> {
                changed[0] = sql;
                return (PreparedStatement) forward(method, changed);
            });
            made = true;
            return new StatementFace(session, connection, prepared, execution).proxy(PreparedStatement.class);
        } finally {
            if (!made) {
                execution.close();
            }
        }
    }
}
