package dev.tidegate.server.catalog;

import dev.tidegate.server.catalog.model.CatalogSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/** The catalog as one session sees it at one moment. Used by one thread. */
public final class Catalog {
    /** H2 keeps no dates of creation: all objects show this one. */
    public static final LocalDateTime CREATED = LocalDateTime.of(2024, 1, 1, 0, 0);

    private final SessionLocal session;
    private CatalogSnapshot snapshot;

    private Catalog(SessionLocal session) {
        this.session = session;
    }

    public static Catalog of(SessionLocal session) {
        return new Catalog(session);
    }

    /** @throws SQLException if the connection is closed or not H2's */
    public static Catalog of(Connection connection) throws SQLException {
        return new Catalog(
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession());
    }

    /** Read at the first call. */
    public CatalogSnapshot snapshot() {
        if (snapshot == null) {
            snapshot = CatalogSnapshot.of(session);
        }
        return snapshot;
    }

    public SessionLocal session() {
        return session;
    }

    public CatalogSession facts() {
        return CatalogSession.of(session);
    }
}
