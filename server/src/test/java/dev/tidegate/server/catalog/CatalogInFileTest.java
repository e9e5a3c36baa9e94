package dev.tidegate.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogInFileTest {
    @TempDir
    private Path directory;

    private Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:h2:" + directory.resolve("db")
                + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"dbo\"");
            statement.execute("CREATE SCHEMA IF NOT EXISTS TIDEGATE");
        }
        WholeCatalog.install(connection);
        return connection;
    }

    private static String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void viewsOnTheCatalogAndObjectIdsSurviveARestart() throws SQLException {
        String id;
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE dbo.t (i INT)");
            statement.execute("CREATE VIEW dbo.mine AS SELECT name FROM sys.tables");
            id = first(connection, "SELECT object_id FROM sys.tables");
        }
        try (Connection connection = open()) {
            assertThat(first(connection, "SELECT name FROM dbo.mine")).isEqualTo("t");
            assertThat(first(connection, "SELECT object_id FROM sys.tables")).isEqualTo(id);
            assertThat(first(connection, "SELECT TIDEGATE.OBJECT_ID('t')")).isEqualTo(id);
        }
    }

    @Test
    void theCatalogOfAnotherVersionIsReplacedWhereNothingStandsOnIt() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            for (String table : new String[] {"tables", "views"}) {
                statement.execute("DROP TABLE sys." + table);
                statement.execute("CREATE TABLE sys." + table + " (gone INT, name VARCHAR_IGNORECASE(128)) ENGINE \""
                        + CatalogTableEngine.class.getName() + "\"");
            }
            statement.execute("CREATE VIEW dbo.mine AS SELECT name FROM sys.views");
        }
        try (Connection connection = open()) {
            assertThat(first(connection, "SELECT COUNT(*) FROM sys.tables WHERE object_id > 0"))
                    .isEqualTo("0");
            assertThat(first(connection, "SELECT name FROM dbo.mine")).isEqualTo("mine");
        }
    }
}
