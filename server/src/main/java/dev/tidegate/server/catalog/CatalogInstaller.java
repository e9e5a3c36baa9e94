package dev.tidegate.server.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells how to create SQL Server's catalog in an H2 database. */
public final class CatalogInstaller {
    /** The H2 schema that T-SQL's {@code sys} means. */
    public static final String SYS_SCHEMA = "sys";

    /** The H2 schema that T-SQL's {@code INFORMATION_SCHEMA} means: H2 has one of that name, with other columns. */
    public static final String INFORMATION_SCHEMA = "TIDEGATE_INFORMATION_SCHEMA";

    private CatalogInstaller() {}

    /**
     * Called once each time a database is opened, before any session; an earlier version's objects may be there (a database in a
     * directory). The views and functions themselves are made when they are first used: there are many, and most are never asked for.
     *
     * @param connection an administrator's, in auto-commit mode; stays open
     */
    public static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + SYS_SCHEMA + "\"");
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + INFORMATION_SCHEMA + "\"");
        }
    }

    /** Removes what a file keeps of another version's catalog. As {@link #prepare}, for a database that was there before. */
    public static void removeOutdated(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Set<String> replaced = new HashSet<>(known(statement));
            for (SystemView view : SystemViews.all()) {
                replaced.remove(signature(view));
            }
            for (String signature : replaced) {
                drop(statement, signature.substring(0, signature.indexOf('(')));
            }
        }
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

    /** The SQL that makes a view, unless it is there. */
    public static String definition(SystemView view) {
        String columns = view.columns().stream()
                .map(column -> "\"" + column.name() + "\" " + CatalogTable.h2Type(column.type())
                        + (column.nullable() ? "" : " NOT NULL") + " COMMENT '" + column.type() + "'")
                .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS " + name(view) + " (" + columns + ") ENGINE \""
                + CatalogTableEngine.class.getName() + "\"";
    }
}
