package dev.tidegate.server.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The catalog with all that the server makes only when it is asked for. */
final class WholeCatalog {
    private WholeCatalog() {}

    static void install(Connection connection) throws SQLException {
        CatalogInstaller.prepare(connection);
        CatalogInstaller.removeOutdated(connection);
        try (Statement statement = connection.createStatement()) {
            for (SystemView view : SystemViews.all()) {
                statement.execute(CatalogInstaller.definition(view));
            }
            for (String definition : CatalogFunctions.definitions().values()) {
                statement.execute(definition);
            }
        }
    }
}
