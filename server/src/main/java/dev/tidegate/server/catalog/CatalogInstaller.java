package dev.tidegate.server.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/** Creates SQL Server's catalog in an H2 database. */
public final class CatalogInstaller {
    /** The H2 schema that T-SQL's {@code sys} means. */
    public static final String SYS_SCHEMA = "sys";

    /** The H2 schema that T-SQL's {@code INFORMATION_SCHEMA} means: H2 has one of that name, with other columns. */
    public static final String INFORMATION_SCHEMA = "TIDEGATE_INFORMATION_SCHEMA";

    private CatalogInstaller() {}

    /**
     * Called once each time a database is opened, before any session; an earlier version's objects may be there (a database in a
     * directory). The schema {@code TIDEGATE} exists; aliases for functions go there.
     *
     * @param connection an administrator's, in auto-commit mode; stays open
     * @param database the name of the SQL Server database
     */
    public static void install(Connection connection, String database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + SYS_SCHEMA + "\"");
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + INFORMATION_SCHEMA + "\"");
            for (SystemView view : SystemViews.all()) {
                statement.execute(createTable(view));
            }
        }
        CatalogFunctions.install(connection);
    }

    private static String createTable(SystemView view) {
        String columns = view.columns().stream()
                .map(column -> "\"" + column.name() + "\" " + CatalogTable.h2Type(column.type())
                        + (column.nullable() ? "" : " NOT NULL") + " COMMENT '" + column.type() + "'")
                .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS \"" + view.schema() + "\".\"" + view.name() + "\" (" + columns
                + ") ENGINE \"" + CatalogTableEngine.class.getName() + "\"";
    }
}
