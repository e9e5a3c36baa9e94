package dev.tidegate.server.catalog.function;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.CatalogSession;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.catalog.view.ServerName;
import dev.tidegate.server.catalog.view.ServerViews;
import dev.tidegate.server.tsql.convert.StoredVariant;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.type.SqlVariant;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Locale;

/** The functions that describe the server, its databases and the session. */
public final class ServerFunctions {
    private ServerFunctions() {}

    /** In the form in which H2 keeps it, with the type that SQL Server gives such a property. */
    private static byte[] variant(Object fact) {
        SqlType type =
                switch (fact) {
                    case null -> null;
                    case Short s -> SqlType.TINYINT;
                    case Integer i -> SqlType.INT;
                    case Long l -> SqlType.BIGINT;
                    case LocalDateTime time -> SqlType.DATETIME;
                    default -> SqlType.SYSNAME;
                };
        return type == null ? null : StoredVariant.of(new SqlVariant(type.toTypeInfo(), fact));
    }

    /** SERVERPROPERTY(name), a sql_variant. */
    public static byte[] serverProperty(String name) {
        return name == null ? null : variant(serverFact(name));
    }

    private static Object serverFact(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "servername", "machinename", "computernamephysicalnetbios" -> ServerName.NAME;
            case "instancename" -> null;
            case "productversion" -> ServerName.PRODUCT_VERSION;
            case "productmajorversion" -> ServerName.PRODUCT_VERSION.split("\\.")[0];
            case "productminorversion" -> ServerName.PRODUCT_VERSION.split("\\.")[1];
            case "productbuild" -> ServerName.PRODUCT_VERSION.split("\\.")[2];
            case "productlevel" -> "RTM";
            case "productbuildtype", "productupdatelevel", "productupdatereference", "filestreamsharename" -> null;
            case "edition" -> "Developer Edition (64-bit)";
            case "editionid" -> -2117995310L;
            // 3: the edition with all features, which is what clients then ask for.
            case "engineedition" -> 3;
            case "collation" -> TypeFacts.COLLATION;
            case "collationid" -> 872468488;
            case "comparisonstyle" -> 196609;
            case "lcid" -> 1033;
            case "sqlcharset" -> (short) 1;
            case "sqlcharsetname" -> "iso_1";
            case "sqlsortorder" -> (short) 52;
            case "sqlsortordername" -> "nocase_iso";
            case "buildclrversion" -> "v4.0.30319";
            case "processid" -> (int) ProcessHandle.current().pid();
            case "isclustered",
                    "isfulltextinstalled",
                    "ishadrenabled",
                    "isintegratedsecurityonly",
                    "islocaldb",
                    "isadvancedanalyticsinstalled",
                    "isbigdatacluster",
                    "isexternalauthenticationonly",
                    "isexternalgovernanceenabled",
                    "ispolybaseinstalled",
                    "isxtpsupported",
                    "istempdbmetadatamemoryoptimized",
                    "hadrmanagerstatus",
                    "filestreamconfiguredlevel",
                    "filestreameffectivelevel",
                    "issingleuser" -> 0;
            case "licensetype" -> "DISABLED";
            case "numlicenses" -> null;
            case "instancedefaultdatapath", "instancedefaultlogpath", "instancedefaultbackuppath" -> null;
            case "resourceversion" -> ServerName.PRODUCT_VERSION;
            case "resourcelastupdatedatetime" -> LocalDateTime.of(2024, 1, 1, 0, 0);
            default -> null;
        };
    }

    /** DATABASEPROPERTYEX(database, property), a sql_variant. */
    public static byte[] databaseProperty(Connection connection, String database, String property) throws SQLException {
        CatalogSession facts = Catalog.of(connection).facts();
        if (database == null || property == null || facts.databaseId(database) == 0) {
            return null;
        }
        return variant(databaseFact(property));
    }

    private static Object databaseFact(String property) {
        return switch (property.toLowerCase(Locale.ROOT)) {
            case "collation" -> TypeFacts.COLLATION;
            case "comparisonstyle" -> 196609;
            case "lcid" -> 1033;
            case "edition" -> null;
            case "recovery" -> "SIMPLE";
            case "status" -> "ONLINE";
            case "updateability" -> "READ_WRITE";
            case "useraccess" -> "MULTI_USER";
            case "sqlsortorder" -> (short) 52;
            case "version" -> 957;
            case "isansinulldefault",
                    "isansinullsenabled",
                    "isansipaddingenabled",
                    "isansiwarningsenabled",
                    "isarithmeticabortenabled",
                    "isautoclose",
                    "isautoshrink",
                    "isclone",
                    "isclosecursorsoncommitenabled",
                    "isfulltextenabled",
                    "isinstandby",
                    "islocalcursorsdefault",
                    "ismemoryoptimizedelevatetosnapshotenabled",
                    "ismergepublished",
                    "isnullconcat",
                    "isnumericroundabortenabled",
                    "isparameterizationforced",
                    "isquotedidentifiersenabled",
                    "ispublished",
                    "isrecursivetriggersenabled",
                    "issubscribed",
                    "issyncwithbackup",
                    "istornpagedetectionenabled",
                    "isxtpsupported" -> 0;
            case "isautocreatestatistics", "isautoupdatestatistics" -> 1;
            default -> null;
        };
    }

    /** DB_NAME(). */
    public static String dbName(Connection connection) throws SQLException {
        return Catalog.of(connection).facts().database();
    }

    /** DB_NAME(id). */
    public static String dbName(Connection connection, Integer id) throws SQLException {
        CatalogSession facts = Catalog.of(connection).facts();
        return id == null || id < 1 || id > facts.databases().size()
                ? null
                : facts.databases().get(id - 1);
    }

    /** DB_ID(). */
    public static Integer dbId(Connection connection) throws SQLException {
        return Catalog.of(connection).facts().databaseId();
    }

    /** DB_ID(name). */
    public static Integer dbId(Connection connection, String name) throws SQLException {
        int id = name == null ? 0 : Catalog.of(connection).facts().databaseId(name);
        return id == 0 ? null : Integer.valueOf(id);
    }

    /** HAS_DBACCESS(name): every login may use every database. */
    public static Integer hasDbAccess(Connection connection, String name) throws SQLException {
        return dbId(connection, name) == null ? null : Integer.valueOf(1);
    }

    /** ORIGINAL_DB_NAME(). */
    public static String originalDbName(Connection connection) throws SQLException {
        return dbName(connection);
    }

    /** SUSER_NAME(), SUSER_SNAME(), SYSTEM_USER, ORIGINAL_LOGIN(): the login. */
    public static String login(Connection connection) throws SQLException {
        return Catalog.of(connection).facts().user();
    }

    /** SUSER_NAME(id), SUSER_SNAME(sid): there is one login to a session. */
    public static String login(Connection connection, String id) throws SQLException {
        return id == null ? null : login(connection);
    }

    /** SUSER_ID(), SUSER_SID(). */
    public static Integer loginId(Connection connection) {
        return 1;
    }

    /** SUSER_ID(name). */
    public static Integer loginId(Connection connection, String name) throws SQLException {
        return login(connection).equalsIgnoreCase(name) ? 1 : null;
    }

    /** HOST_NAME(). */
    public static String hostName(Connection connection) throws SQLException {
        return Catalog.of(connection).facts().hostName();
    }

    /** APP_NAME(). */
    public static String appName(Connection connection) throws SQLException {
        return Catalog.of(connection).facts().applicationName();
    }

    /** USER_NAME(), CURRENT_USER, SESSION_USER: every login is dbo in every database. */
    public static String userName() {
        return "dbo";
    }

    /** USER_NAME(id). */
    public static String userName(Integer id) {
        if (id == null) {
            return null;
        }
        return switch (id) {
            case 0 -> "public";
            case 1 -> "dbo";
            case 2 -> "guest";
            case 3 -> "INFORMATION_SCHEMA";
            case 4 -> "sys";
            default -> null;
        };
    }

    /** USER_ID(), DATABASE_PRINCIPAL_ID(). */
    public static Integer userId() {
        return 1;
    }

    /** USER_ID(name). */
    public static Integer userId(String name) {
        if (name == null) {
            return null;
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "public" -> 0;
            case "dbo" -> 1;
            case "guest" -> 2;
            case "information_schema" -> 3;
            case "sys" -> 4;
            default -> null;
        };
    }

    /** IS_MEMBER(role), IS_ROLEMEMBER(role): the owner is in every fixed role. */
    public static Integer isMember(String role) {
        return role == null
                ? null
                : role.toLowerCase(Locale.ROOT).matches("db_\\w+|public") ? Integer.valueOf(1) : null;
    }

    /** IS_SRVROLEMEMBER(role). */
    public static Integer isServerRoleMember(String role) {
        return role == null
                ? null
                : role.toLowerCase(Locale.ROOT)
                                .matches(
                                        "sysadmin|serveradmin|securityadmin|processadmin|setupadmin|bulkadmin|diskadmin"
                                                + "|dbcreator|public")
                        ? Integer.valueOf(1)
                        : null;
    }

    /** IS_SRVROLEMEMBER(role, login). */
    public static Integer isServerRoleMember(String role, String login) {
        return isServerRoleMember(role);
    }

    /** HAS_PERMS_BY_NAME(securable, class, permission): the owner may do everything. */
    public static Integer hasPermissions(String securable, String kind, String permission) {
        return permission == null ? null : Integer.valueOf(1);
    }

    /** HAS_PERMS_BY_NAME with the name and class of a part. */
    public static Integer hasPermissions(
            String securable, String kind, String permission, String part, String partKind) {
        return hasPermissions(securable, kind, permission);
    }

    /** CONNECTIONPROPERTY(name), a sql_variant. */
    public static byte[] connectionProperty(String name) {
        if (name == null) {
            return null;
        }
        return variant(
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "net_transport", "physical_net_transport" -> "TCP";
                    case "protocol_type" -> "TSQL";
                    case "auth_scheme" -> "SQL";
                    case "local_net_address", "client_net_address" -> "127.0.0.1";
                    default -> null;
                });
    }

    /** COLLATIONPROPERTY(collation, property). */
    public static Integer collationProperty(String collation, String property) {
        if (collation == null || property == null) {
            return null;
        }
        boolean utf8 = collation.toUpperCase(Locale.ROOT).endsWith("_UTF8");
        return switch (property.toLowerCase(Locale.ROOT)) {
            case "codepage" -> utf8 ? 65001 : 1252;
            case "lcid" -> 1033;
            case "comparisonstyle" -> 196609;
            case "version" -> collation.contains("_100_") ? 2 : 0;
            default -> null;
        };
    }

    /** FULLTEXTSERVICEPROPERTY(name): full text is not installed. */
    public static Integer fullTextServiceProperty(String name) {
        return name == null ? null : Integer.valueOf(0);
    }

    /** SESSIONPROPERTY(option): the settings that drivers rely on are on. */
    public static Integer sessionProperty(String option) {
        if (option == null) {
            return null;
        }
        return switch (option.toUpperCase(Locale.ROOT)) {
            case "ANSI_NULLS",
                    "ANSI_PADDING",
                    "ANSI_WARNINGS",
                    "ARITHABORT",
                    "CONCAT_NULL_YIELDS_NULL",
                    "QUOTED_IDENTIFIER" -> 1;
            case "NUMERIC_ROUNDABORT" -> 0;
            default -> null;
        };
    }

    /** The level shown by {@code sys.databases}. */
    public static int compatibilityLevel() {
        return ServerViews.COMPATIBILITY_LEVEL;
    }
}
