package dev.tidegate.server.h2;

import dev.tidegate.server.tsql.translate.SqlText;
import java.sql.SQLException;
import java.sql.Statement;

/** Ends the life of table variables, which are temp tables with an at sign in their name. */
final class TableVariables {
    private TableVariables() {}

    static void drop(SessionCore core, Frame frame) {
        for (String name : frame.tableVariables()) {
            try (Statement statement = core.connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS " + SqlText.quote(name));
            } catch (SQLException e) {
                // the session goes on; a declaration of the same name drops it again
                System.getLogger(TableVariables.class.getName()).log(System.Logger.Level.DEBUG, "drop of " + name, e);
            }
        }
    }
}
