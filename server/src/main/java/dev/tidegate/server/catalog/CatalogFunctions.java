package dev.tidegate.server.catalog;

import dev.tidegate.server.catalog.function.ObjectFunctions;
import dev.tidegate.server.catalog.function.ServerFunctions;
import dev.tidegate.server.catalog.function.TypeFunctions;
import dev.tidegate.server.tsql.function.ScalarFunction;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions that describe the server and the database: SERVERPROPERTY, OBJECT_ID, COL_LENGTH, … */
public final class CatalogFunctions {
    /** One of them: its name, the Java method behind it, its type and how many arguments it takes. */
    private record Entry(String name, Class<?> home, String method, SqlType type, int fewest, int most) {
        String alias() {
            return "TIDEGATE.\"" + name + "\"";
        }
    }

    private static final List<Entry> ENTRIES = List.of(
            object("OBJECT_ID", "objectId", SqlType.INT, 1, 2),
            object("OBJECT_NAME", "objectName", SqlType.SYSNAME, 1, 2),
            object("OBJECT_SCHEMA_NAME", "objectSchemaName", SqlType.SYSNAME, 1, 2),
            object("OBJECT_DEFINITION", "objectDefinition", SqlType.nvarchar(SqlType.MAX), 1, 1),
            object("SCHEMA_NAME", "schemaName", SqlType.SYSNAME, 0, 1),
            object("SCHEMA_ID", "schemaId", SqlType.INT, 0, 1),
            object("COL_LENGTH", "colLength", SqlType.SMALLINT, 2, 2),
            object("COL_NAME", "colName", SqlType.SYSNAME, 2, 2),
            object("COLUMNPROPERTY", "columnProperty", SqlType.INT, 3, 3),
            object("OBJECTPROPERTY", "objectProperty", SqlType.INT, 2, 2),
            object("OBJECTPROPERTYEX", "objectProperty", SqlType.INT, 2, 2),
            object("INDEXPROPERTY", "indexProperty", SqlType.INT, 3, 3),
            object("INDEX_COL", "indexCol", SqlType.SYSNAME, 3, 3),
            object("IDENT_SEED", "identSeed", SqlType.numeric(38, 0), 1, 1),
            object("IDENT_INCR", "identIncr", SqlType.numeric(38, 0), 1, 1),
            object("IDENT_CURRENT", "identCurrent", SqlType.numeric(38, 0), 1, 1),
            type("TYPE_NAME", "typeName", SqlType.SYSNAME, 1, 1),
            type("TYPE_ID", "typeId", SqlType.INT, 1, 1),
            type("TYPEPROPERTY", "typeProperty", SqlType.INT, 2, 2),
            server("SERVERPROPERTY", "serverProperty", SqlType.SQL_VARIANT, 1, 1),
            server("DATABASEPROPERTYEX", "databaseProperty", SqlType.SQL_VARIANT, 2, 2),
            server("DB_NAME", "dbName", SqlType.SYSNAME, 0, 1),
            server("DB_ID", "dbId", SqlType.SMALLINT, 0, 1),
            server("ORIGINAL_DB_NAME", "originalDbName", SqlType.SYSNAME, 0, 0),
            server("HAS_DBACCESS", "hasDbAccess", SqlType.INT, 1, 1),
            server("SUSER_NAME", "login", SqlType.SYSNAME, 0, 1),
            server("SUSER_SNAME", "login", SqlType.SYSNAME, 0, 1),
            server("ORIGINAL_LOGIN", "login", SqlType.SYSNAME, 0, 0),
            server("SUSER_ID", "loginId", SqlType.INT, 0, 1),
            server("HOST_NAME", "hostName", SqlType.SYSNAME, 0, 0),
            server("APP_NAME", "appName", SqlType.SYSNAME, 0, 0),
            server("USER_NAME", "userName", SqlType.SYSNAME, 0, 1),
            server("USER_ID", "userId", SqlType.INT, 0, 1),
            server("DATABASE_PRINCIPAL_ID", "userId", SqlType.INT, 0, 1),
            server("IS_MEMBER", "isMember", SqlType.INT, 1, 1),
            server("IS_ROLEMEMBER", "isMember", SqlType.INT, 1, 1),
            server("IS_SRVROLEMEMBER", "isServerRoleMember", SqlType.INT, 1, 2),
            server("HAS_PERMS_BY_NAME", "hasPermissions", SqlType.INT, 3, 5),
            server("CONNECTIONPROPERTY", "connectionProperty", SqlType.SQL_VARIANT, 1, 1),
            server("COLLATIONPROPERTY", "collationProperty", SqlType.INT, 2, 2),
            server("FULLTEXTSERVICEPROPERTY", "fullTextServiceProperty", SqlType.INT, 1, 1),
            server("SESSIONPROPERTY", "sessionProperty", SqlType.INT, 1, 1));

    private CatalogFunctions() {}

    private static Entry object(String name, String method, SqlType type, int fewest, int most) {
        return new Entry(name, ObjectFunctions.class, method, type, fewest, most);
    }

    private static Entry server(String name, String method, SqlType type, int fewest, int most) {
        return new Entry(name, ServerFunctions.class, method, type, fewest, most);
    }

    private static Entry type(String name, String method, SqlType type, int fewest, int most) {
        return new Entry(name, TypeFunctions.class, method, type, fewest, most);
    }

    /** By name in upper case. */
    public static Map<String, ScalarFunction> all() {
        Map<String, ScalarFunction> all = new HashMap<>();
        for (Entry entry : ENTRIES) {
            all.put(entry.name, ScalarFunction.of(entry.alias(), entry.type, entry.fewest, entry.most));
        }
        return all;
    }

    /** The SQL that makes each of them callable in the schema TIDEGATE, unless it is there, by name in upper case. */
    public static Map<String, String> definitions() {
        Map<String, String> definitions = new HashMap<>();
        for (Entry entry : ENTRIES) {
            definitions.put(
                    entry.name,
                    "CREATE ALIAS IF NOT EXISTS " + entry.alias() + " FOR \"" + entry.home.getName() + "."
                            + entry.method + "\"");
        }
        return definitions;
    }
}
