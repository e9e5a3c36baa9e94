package dev.tidegate.duckdb.engine.face;

import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.session.EngineSession;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** DuckDB's metadata, which list attached tables once they are known, what they are on the server, and their keys. */
final class MetaDataFace extends Face {
    private final EngineSession session;
    private final Connection connection;

    MetaDataFace(EngineSession session, Connection connection, DatabaseMetaData target) {
        super(target);
        this.session = session;
        this.connection = connection;
    }

    DatabaseMetaData proxy() {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                DatabaseMetaData.class.getClassLoader(), new Class<?>[] {DatabaseMetaData.class}, this);
    }

    @Override
    Object call(Object proxy, Method method, Object[] args) throws Throwable {
        if (method.getName().equals("getConnection")) {
            return connection;
        }
        return method.getReturnType() == ResultSet.class ? asked(method, args) : forward(method, args);
    }

    /** As a statement: after the one that runs. */
    private Object asked(Method method, Object[] args) throws Throwable {
        session.running().lock();
        try {
            session.begin(Duration.ZERO, null);
            AttachedViews attached = method.getName().equals("getPrimaryKeys") && args[0] != null
                    ? session.attached().find((String) args[0])
                    : null;
            if (attached != null) {
                return new PrimaryKeys(session, attached.database()).of((String) args[1], (String) args[2]);
            }
            session.makeAllViews();
            if (method.getName().equals("getTables") && !session.attached().isEmpty()) {
                return new TableTypes(session)
                        .of((ResultSet) forward(method, args[0], args[1], args[2], null), (String[]) args[3]);
            }
            return forward(method, args);
        } finally {
            session.running().unlock();
        }
    }

    @Override
    boolean isClosed() throws SQLException {
        return connection.isClosed();
    }
}
