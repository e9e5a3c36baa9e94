package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.translate.SqlText;
import java.sql.SQLException;

/** Ends the life of tables that only a session has: table variables, whose names begin with an at sign, and temp tables at a reset. */
final class TableVariables {
    private TableVariables() {}

    static void drop(SessionCore core, Frame frame) {
        frame.tableVariables().forEach(name -> drop(core, name));
    }

    /** Without harm to an open transaction, and for good, because a rollback does not bring it back. */
    static void drop(SessionCore core, String name) {
        try {
            new DdlConnection(core).run(catalog -> catalog.execute("DROP TABLE IF EXISTS " + SqlText.quote(name)));
        } catch (SQLException | SqlServerException e) {
            // the session goes on; a declaration of the same name drops it again
            System.getLogger(TableVariables.class.getName()).log(System.Logger.Level.DEBUG, "drop of " + name, e);
        }
    }
}
