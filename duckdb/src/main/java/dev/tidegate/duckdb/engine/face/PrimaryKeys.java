package dev.tidegate.duckdb.engine.face;

import dev.tidegate.client.TableName;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.engine.session.EngineSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The primary keys of attached tables, in the form of {@link java.sql.DatabaseMetaData#getPrimaryKeys}: their views have none. */
final class PrimaryKeys {
    private static final String COLUMNS = "keys(TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, KEY_SEQ, PK_NAME)";
    private static final String NONE = "('', '', '', '', 0, '')";

    private final EngineSession session;
    private final AttachedDatabase database;

    PrimaryKeys(EngineSession session, AttachedDatabase database) {
        this.session = session;
        this.database = database;
    }

    /** @param schema null for every schema */
    ResultSet of(String schema, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (RemoteName name : session.remote().tables(database, session.run())) {
            if (name.table().equalsIgnoreCase(table)
                    && (schema == null || name.schema().equalsIgnoreCase(schema))) {
                rows.addAll(rows(name));
            }
        }
        Statement statement = session.duckdb().createStatement();
        statement.closeOnCompletion();
        return statement.executeQuery("SELECT * FROM (VALUES " + (rows.isEmpty() ? NONE : String.join(", ", rows))
                + ") AS " + COLUMNS + (rows.isEmpty() ? " WHERE false" : " ORDER BY COLUMN_NAME"));
    }

    private List<String> rows(RemoteName table) throws SQLException {
        String query = "SELECT c.name, k.key_ordinal, i.name FROM sys.indexes i"
                + " JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id"
                + " JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id"
                + " WHERE i.object_id = OBJECT_ID(" + TableName.literal(table.sql()) + ")"
                + " AND i.is_primary_key = 1 AND k.key_ordinal > 0";
        List<String> rows = new ArrayList<>();
        for (Object[] row : session.remote()
                .read(database, session.run(), (connection, run) -> new ServerSession(connection, run).rows(query))) {
            rows.add("(" + Identifiers.literal(database.alias()) + ", " + Identifiers.literal(table.schema()) + ", "
                    + Identifiers.literal(table.table()) + ", " + Identifiers.literal((String) row[0]) + ", " + row[1]
                    + ", " + Identifiers.literal((String) row[2]) + ")");
        }
        return rows;
    }
}
