package dev.tidegate.duckdb.engine.face;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.session.EngineSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The answer of {@link java.sql.DatabaseMetaData#getTables}, in which a table of a server is a TABLE: DuckDB knows views only. */
final class TableTypes {
    private static final int CATALOG = 0;
    private static final int SCHEMA = 1;
    private static final int TABLE = 2;
    private static final int TYPE = 3;

    private static final String NAMES = "TABLE_CAT, TABLE_SCHEM, TABLE_NAME, TABLE_TYPE, REMARKS, TYPE_CAT, TYPE_SCHEM,"
            + " TYPE_NAME, SELF_REFERENCING_COL_NAME, REF_GENERATION";

    private static final String TABLES = "SELECT s.name, o.name FROM sys.objects o JOIN sys.schemas s"
            + " ON s.schema_id = o.schema_id WHERE o.type = 'U'";

    private final EngineSession session;
    private final Map<AttachedDatabase, Set<RemoteName>> tables = new HashMap<>();

    TableTypes(EngineSession session) {
        this.session = session;
    }

    /**
     * @param known DuckDB's answer, of all types; closed here
     * @param types that are wanted; null: all
     */
    ResultSet of(ResultSet known, String[] types) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (known) {
            int width = known.getMetaData().getColumnCount();
            while (known.next()) {
                String[] row = new String[width];
                for (int i = 0; i < width; i++) {
                    row[i] = known.getString(i + 1);
                }
                if (isTable(row)) {
                    row[TYPE] = "TABLE";
                }
                if (types == null || Arrays.asList(types).contains(row[TYPE])) {
                    rows.add(Arrays.stream(row)
                            .map(value -> value == null ? "NULL::VARCHAR" : Identifiers.literal(value))
                            .collect(Collectors.joining(", ", "(", ")")));
                }
            }
        }
        String none = "(" + "NULL::VARCHAR, ".repeat(9) + "NULL::VARCHAR)";
        Statement statement = session.duckdb().createStatement();
        statement.closeOnCompletion();
        return statement.executeQuery("SELECT * FROM (VALUES " + (rows.isEmpty() ? none : String.join(", ", rows))
                + ") AS tables(" + NAMES + ")"
                + (rows.isEmpty() ? " WHERE false" : " ORDER BY TABLE_TYPE, TABLE_CAT, TABLE_SCHEM, TABLE_NAME"));
    }

    private boolean isTable(String[] row) throws SQLException {
        AttachedViews views = row[TYPE].equals("VIEW") ? session.attached().find(row[CATALOG]) : null;
        if (views == null) {
            return false;
        }
        AttachedDatabase database = views.database();
        Set<RemoteName> found = tables.get(database);
        if (found == null) {
            found = onServer(database);
            tables.put(database, found);
        }
        // DuckDB's default schema has the tables of the server's.
        return found.contains(new RemoteName(row[SCHEMA], row[TABLE]))
                || row[SCHEMA].equals("main") && found.contains(new RemoteName(database.defaultSchema(), row[TABLE]));
    }

    private Set<RemoteName> onServer(AttachedDatabase database) throws SQLException {
        Set<RemoteName> names = new HashSet<>();
        for (Object[] row : session.remote()
                .read(database, session.run(), (connection, run) -> new ServerSession(connection, run).rows(TABLES))) {
            names.add(new RemoteName((String) row[0], (String) row[1]));
        }
        return names;
    }
}
