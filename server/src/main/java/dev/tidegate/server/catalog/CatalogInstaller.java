package dev.tidegate.server.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
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
            Set<String> replaced = new HashSet<>(known(statement));
            Set<String> current = new HashSet<>();
            for (SystemView view : SystemViews.all()) {
                current.add(signature(view));
            }
            replaced.removeAll(current);
            for (String signature : replaced) {
                drop(statement, signature.substring(0, signature.indexOf('(')));
            }
            for (SystemView view : SystemViews.all()) {
                statement.execute(createTable(view));
            }
        }
        CatalogFunctions.install(connection);
    }

    /** The catalog's tables as they are, each as its name and the names of its columns. */
    private static Set<String> known(Statement statement) throws SQLException {
        Set<String> known = new HashSet<>();
        try (ResultSet tables = statement.executeQuery("SELECT '\"' || TABLE_SCHEMA || '\".\"' || TABLE_NAME || '\"('"
                + " || LISTAGG(COLUMN_NAME, ',') WITHIN GROUP (ORDER BY ORDINAL_POSITION) || ')'"
                + " FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA IN ('" + SYS_SCHEMA + "', '" + INFORMATION_SCHEMA
                + "') GROUP BY TABLE_SCHEMA, TABLE_NAME")) {
            while (tables.next()) {
                known.add(tables.getString(1));
            }
        }
        return known;
    }

    private static String signature(SystemView view) {
        return name(view) + view.columns().stream().map(CatalogColumn::name).collect(Collectors.joining(",", "(", ")"));
    }

    private static String name(SystemView view) {
        return "\"" + view.schema() + "\".\"" + view.name() + "\"";
    }

    private static void drop(Statement statement, String table) {
        try {
            statement.execute("DROP TABLE " + table + " RESTRICT");
        } catch (SQLException inUse) {
            // A view of the user stands on it: it stays as that version knew it, which CatalogTable can serve.
            System.getLogger(CatalogInstaller.class.getName())
                    .log(System.Logger.Level.DEBUG, table + " stays as it was: " + inUse.getMessage());
        }
    }

    private static String createTable(SystemView view) {
        String columns = view.columns().stream()
                .map(column -> "\"" + column.name() + "\" " + CatalogTable.h2Type(column.type())
                        + (column.nullable() ? "" : " NOT NULL") + " COMMENT '" + column.type() + "'")
                .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS " + name(view) + " (" + columns + ") ENGINE \""
                + CatalogTableEngine.class.getName() + "\"";
    }
}
