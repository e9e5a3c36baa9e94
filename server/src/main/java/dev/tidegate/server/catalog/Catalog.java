package dev.tidegate.server.catalog;

import dev.tidegate.server.catalog.model.CatalogSnapshot;
import dev.tidegate.server.catalog.model.TableEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Optional;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/** The catalog as one session sees it at one moment. Used by one thread. */
public final class Catalog {
    /** H2 keeps no dates of creation: all objects show this one. */
    public static final LocalDateTime CREATED = LocalDateTime.of(2024, 1, 1, 0, 0);

    /** The comment of a temporary table that the open transaction has dropped and may still bring back. */
    public static final String DROPPED = "dropped";

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

    /** As {@link #of(SessionLocal)}, but its snapshot lists one table alone. */
    static Catalog ofTable(SessionLocal session, int objectId) {
        Catalog catalog = new Catalog(session);
        catalog.snapshot = CatalogSnapshot.of(session, objectId);
        return catalog;
    }

    /** Made at the first call. */
    public CatalogSnapshot snapshot() {
        if (snapshot == null) {
            snapshot = CatalogSnapshot.of(session);
        }
        return snapshot;
    }

    /** The session's own temporary table of this name, with its number sign, in any case. */
    public Optional<TableEntry> temporaryTable(String name) {
        return session.getLocalTempTables().stream()
                .filter(table -> table.getComment() == null && isVersionOf(name, table.getName()))
                .map(CatalogSnapshot::temporary)
                .findFirst();
    }

    /** A table that is made anew while its transaction still holds the dropped one has a number behind its name. */
    private static boolean isVersionOf(String name, String inH2) {
        return inH2.regionMatches(true, 0, name, 0, name.length())
                && inH2.substring(name.length()).matches("(~\\d+)?");
    }

    public SessionLocal session() {
        return session;
    }

    public CatalogSession facts() {
        return CatalogSession.of(session);
    }
}
