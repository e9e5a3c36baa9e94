package dev.tidegate.server.h2.order;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.TableEngine;
import org.h2.command.ddl.CreateTableData;
import org.h2.engine.Database;
import org.h2.table.Table;

/**
 * Brings {@link TextOrder} into a database: with an empty table, of which H2 finds this class by its name. H2 makes the tables of a file
 * in the order in which they were created, so this one, the first, is there before any index is opened.
 */
public final class TextOrderEngine implements TableEngine {
    private static final String TABLE = "TIDEGATE.TEXT_ORDER";

    /**
     * Called when a database is opened, before anything else is made in it.
     *
     * @throws SQLException if the database has tables whose text was ordered otherwise
     */
    public static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!isPrepared(statement) && hasTables(statement)) {
                throw new SQLException("The database was made by a version of the server that ordered text in another way."
                        + " Copy its tables with that version into a new database.");
            }
            statement.execute("CREATE TABLE IF NOT EXISTS " + TABLE + " (NOTHING INTEGER) ENGINE \""
                    + TextOrderEngine.class.getName() + "\"");
        }
    }

    private static boolean isPrepared(Statement statement) throws SQLException {
        return exists(statement, "TABLE_SCHEMA = 'TIDEGATE' AND TABLE_NAME = 'TEXT_ORDER'");
    }

    private static boolean hasTables(Statement statement) throws SQLException {
        return exists(statement, "TABLE_SCHEMA <> 'INFORMATION_SCHEMA'");
    }

    private static boolean exists(Statement statement, String condition) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT EXISTS (SELECT * FROM INFORMATION_SCHEMA.TABLES WHERE " + condition + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public Table createTable(CreateTableData data) {
        Database database = data.session.getDatabase();
        database.setCompareMode(TextOrder.INSTANCE);
        return database.getStore().createTable(data);
    }
}
