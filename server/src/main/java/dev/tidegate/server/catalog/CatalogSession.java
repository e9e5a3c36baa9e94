package dev.tidegate.server.catalog;

import dev.tidegate.server.backend.SessionOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.value.Value;
import org.h2.value.ValueNull;

/**
 * What the catalog knows of a session and the server around it. It is kept in variables of the H2 session, which the session's own
 * statements cannot name, so that views and functions find it where they run, also that of other sessions.
 *
 * @param databases names of all databases in the order of their ids, from 1
 * @param id what {@code @@SPID} shows
 */
public record CatalogSession(
        String database, List<String> databases, int id, String user, String hostName, String applicationName) {
    private static final String DATABASE = "TIDEGATE_DATABASE";
    private static final String DATABASES = "TIDEGATE_DATABASES";
    private static final String SPID = "TIDEGATE_SPID";
    private static final String USER = "TIDEGATE_USER";
    private static final String HOST = "TIDEGATE_HOST";
    private static final String APPLICATION = "TIDEGATE_APPLICATION";

    /** Tells the catalog who uses the connection. To be repeated when the databases change. */
    public static void identify(Connection connection, String database, List<String> databases, SessionOptions options)
            throws SQLException {
        set(connection, DATABASE, database);
        set(connection, DATABASES, String.join("\n", databases));
        set(connection, SPID, Integer.toString(options.sessionId()));
        set(connection, USER, options.user());
        set(connection, HOST, options.hostName());
        set(connection, APPLICATION, options.applicationName());
    }

    private static void set(Connection connection, String variable, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SET @" + variable + " = ?")) {
            statement.setString(1, value);
            statement.execute();
        }
    }

    /** What {@link #identify} said of the session, or stand-ins where it said nothing. */
    public static CatalogSession of(SessionLocal session) {
        String database = text(session, DATABASE, session.getDatabase().getShortName());
        return new CatalogSession(
                database,
                List.of(text(session, DATABASES, "master\ntempdb\n" + database).split("\n")),
                Integer.parseInt(text(session, SPID, "51")),
                text(session, USER, "sa"),
                text(session, HOST, ""),
                text(session, APPLICATION, ""));
    }

    private static String text(SessionLocal session, String variable, String otherwise) {
        Value value = session.getVariable(variable);
        return value == null || value == ValueNull.INSTANCE ? otherwise : value.getString();
    }

    /** Whether {@link #identify} was called for it: H2 has sessions of its own, too. */
    public static boolean isIdentified(SessionLocal session) {
        return session.getVariable(SPID) != ValueNull.INSTANCE;
    }

    /** The id of a database by its name in any case, or 0. */
    public int databaseId(String name) {
        for (int i = 0; i < databases.size(); i++) {
            if (databases.get(i).equalsIgnoreCase(name)) {
                return i + 1;
            }
        }
        return 0;
    }

    public int databaseId() {
        return Math.max(databaseId(database), 1);
    }
}
