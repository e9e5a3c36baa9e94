package dev.tidegate.duckdb.engine.session;

import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.sql.QualifiedName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What the name of a statement's target means: an object of an attached database, or something of DuckDB's own. DuckDB's rules hold: the
 * parts that are missing are those of the connection's current database and schema, and temporary tables come first.
 */
public final class TargetNames {
    /** DuckDB's default schema, which stands for the login's. */
    private static final String MAIN = "main";

    private final EngineSession session;

    public TargetNames(EngineSession session) {
        this.session = session;
    }

    /** @param name as the server writes it, where the server has it; else as the statement does */
    public record Target(AttachedDatabase database, RemoteName name) {}

    /** @param database where the schema is, or is to be */
    public record SchemaTarget(AttachedDatabase database, String schema) {}

    /** @return empty if the table or view is DuckDB's own; one that is not there yet counts as where it would be made */
    public Optional<Target> table(QualifiedName name) throws SQLException {
        List<String> parts = name.parts();
        if (session.attached().isEmpty()) {
            return Optional.empty();
        }
        if (parts.size() == QualifiedName.MOST_PARTS) {
            return inDatabase(session.attached().find(parts.get(0)), parts.get(1), parts.get(2));
        }
        if (parts.size() == 2) {
            AttachedViews named = session.attached().find(parts.get(0));
            if (named != null) {
                // If there is such a schema, too, DuckDB says that the name is ambiguous.
                return isLocalSchema(parts.get(0)) ? Optional.empty() : inDatabase(named, MAIN, parts.get(1));
            }
            return inDatabase(current(), parts.get(0), parts.get(1));
        }
        AttachedViews current = current();
        return current == null || isTemporary(parts.get(0))
                ? Optional.empty()
                : inDatabase(current, session.duckdb().getSchema(), parts.get(0));
    }

    /** @return empty if the schema is DuckDB's own, or would be */
    public Optional<SchemaTarget> schema(QualifiedName name) throws SQLException {
        List<String> parts = name.parts();
        AttachedViews views = parts.size() == 2 ? session.attached().find(parts.get(0)) : current();
        if (views == null || parts.size() > 2) {
            return Optional.empty();
        }
        AttachedDatabase database = views.database();
        return Optional.of(new SchemaTarget(
                database, spelled(database, session.remote().tables(database, session.run()), name.last())));
    }

    /** As the server writes it, as far as that is known. */
    private static String spelled(AttachedDatabase database, List<RemoteName> known, String schema) {
        return schema.equalsIgnoreCase(database.defaultSchema())
                ? database.defaultSchema()
                : known.stream()
                        .map(RemoteName::schema)
                        .filter(schema::equalsIgnoreCase)
                        .findFirst()
                        .orElse(schema);
    }

    private Optional<Target> inDatabase(AttachedViews views, String schema, String table) throws SQLException {
        if (views == null) {
            return Optional.empty();
        }
        AttachedDatabase database = views.database();
        List<RemoteName> known = session.remote().tables(database, session.run());
        boolean isDefault = schema.equalsIgnoreCase(MAIN)
                && known.stream().noneMatch(name -> name.schema().equalsIgnoreCase(MAIN));
        if (isDefault && database.defaultSchema() == null) {
            throw new SQLException(
                    "the login of " + database.alias() + " has no default schema; write " + database.alias()
                            + ".SCHEMA." + table,
                    "3F000");
        }
        String meant = isDefault ? database.defaultSchema() : schema;
        return Optional.of(new Target(
                database,
                known.stream()
                        .filter(name -> name.schema().equalsIgnoreCase(meant)
                                && name.table().equalsIgnoreCase(table))
                        .findFirst()
                        .orElseGet(() -> new RemoteName(spelled(database, known, meant), table))));
    }

    /** @return null if the current database is DuckDB's own */
    private AttachedViews current() throws SQLException {
        return session.attached().find(session.duckdb().getCatalog());
    }

    private boolean isTemporary(String table) throws SQLException {
        return exists(
                "SELECT count(*) > 0 FROM (SELECT table_name AS name FROM duckdb_tables() WHERE temporary UNION ALL"
                        + " SELECT view_name FROM duckdb_views() WHERE temporary) WHERE lower(name) = lower(?)",
                table);
    }

    private boolean isLocalSchema(String schema) throws SQLException {
        return exists(
                "SELECT count(*) > 0 FROM duckdb_schemas() WHERE database_name = current_database()"
                        + " AND lower(schema_name) = lower(?)",
                schema);
    }

    private boolean exists(String query, String name) throws SQLException {
        try (PreparedStatement statement = session.duckdb().prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
