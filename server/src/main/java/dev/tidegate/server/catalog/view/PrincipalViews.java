package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import dev.tidegate.server.catalog.model.TypeFacts;
import java.util.List;

/** Logins, users and roles. Everyone who may log in is the owner of every database. */
public final class PrincipalViews {
    private PrincipalViews() {}

    public static List<SystemView> all() {
        return List.of(
                SystemView.sys(
                        "server_principals",
                        "name sysname, principal_id int, sid varbinary(85) null, type char(1), type_desc nvarchar(60)"
                            + " null, is_disabled bit null, create_date datetime, modify_date datetime,"
                            + " default_database_name sysname null, default_language_name sysname null, credential_id"
                            + " int null, owning_principal_id int null, is_fixed_role bit",
                        (catalog, out) -> {
                            serverPrincipal(out, catalog.facts().user(), 1, "S", "SQL_LOGIN", false);
                            serverPrincipal(out, "public", 2, "R", "SERVER_ROLE", false);
                            serverPrincipal(out, "sysadmin", 3, "R", "SERVER_ROLE", true);
                        }),
                SystemView.sys(
                        "sql_logins",
                        "name sysname, principal_id int, sid varbinary(85) null, type char(1), type_desc nvarchar(60)"
                                + " null, is_disabled bit null, create_date datetime, modify_date datetime,"
                                + " default_database_name sysname null",
                        (catalog, out) -> out.add(
                                catalog.facts().user(),
                                1,
                                new byte[] {1},
                                "S",
                                "SQL_LOGIN",
                                false,
                                Catalog.CREATED,
                                Catalog.CREATED,
                                "master")),
                SystemView.sys(
                        "database_principals",
                        "name sysname, principal_id int, type char(1), type_desc nvarchar(60) null, "
                                + "default_schema_name sysname null, create_date datetime, modify_date datetime, "
                                + "owning_principal_id int null, sid varbinary(85) null, is_fixed_role bit, "
                                + "authentication_type int, authentication_type_desc nvarchar(60) null, "
                                + "default_language_name sysname null, default_language_lcid int null, "
                                + "allow_encrypted_value_modifications bit",
                        PrincipalViews::databasePrincipals),
                SystemView.sys(
                        "database_role_members",
                        "role_principal_id int, member_principal_id int",
                        (catalog, out) -> out.add(16384, 1)),
                SystemView.sys(
                        "sysusers",
                        "uid smallint null, status smallint null, name sysname, sid varbinary(85) null, createdate"
                                + " datetime, updatedate datetime, altuid smallint null, gid smallint null, hasdbaccess"
                                + " int null, islogin int null, issqluser int null, issqlrole int null",
                        (catalog, out) -> {
                            out.add(1, 0, "dbo", new byte[] {1}, Catalog.CREATED, Catalog.CREATED, null, 0, 1, 1, 1, 0);
                            out.add(
                                    2,
                                    0,
                                    "guest",
                                    new byte[] {0},
                                    Catalog.CREATED,
                                    Catalog.CREATED,
                                    null,
                                    0,
                                    0,
                                    1,
                                    1,
                                    0);
                        }),
                SystemView.empty(
                        "database_permissions",
                        "class tinyint, class_desc nvarchar(60) null, major_id int, minor_id int, "
                                + "grantee_principal_id int, grantor_principal_id int, type char(4), "
                                + "permission_name nvarchar(128) null, state char(1), state_desc nvarchar(60) null"),
                SystemView.sys(
                        "fn_helpcollations",
                        "name sysname, description nvarchar(1000)",
                        (catalog, out) -> out.add(
                                TypeFacts.COLLATION,
                                "Latin1-General, case-insensitive, accent-sensitive, kanatype-insensitive,"
                                        + " width-insensitive for Unicode Data")));
    }

    private static void serverPrincipal(RowSink out, String name, int id, String type, String typeName, boolean fixed) {
        out.add(
                name,
                id,
                new byte[] {(byte) id},
                type,
                typeName,
                false,
                Catalog.CREATED,
                Catalog.CREATED,
                type.equals("S") ? "master" : null,
                type.equals("S") ? "us_english" : null,
                null,
                type.equals("R") ? 1 : null,
                fixed);
    }

    private static void databasePrincipals(Catalog catalog, RowSink out) {
        databasePrincipal(out, "public", 0, "R", null);
        databasePrincipal(out, "dbo", 1, "S", "dbo");
        databasePrincipal(out, "guest", 2, "S", "guest");
        databasePrincipal(out, "INFORMATION_SCHEMA", 3, "S", null);
        databasePrincipal(out, "sys", 4, "S", null);
        databasePrincipal(out, "db_owner", 16384, "R", null);
    }

    private static void databasePrincipal(RowSink out, String name, int id, String type, String schema) {
        boolean role = type.equals("R");
        out.add(
                name,
                id,
                type,
                role ? "DATABASE_ROLE" : "SQL_USER",
                schema,
                Catalog.CREATED,
                Catalog.CREATED,
                role ? 1 : null,
                new byte[] {(byte) id},
                name.equals("db_owner"),
                id == 1 ? 1 : 0,
                id == 1 ? "INSTANCE" : "NONE",
                null,
                null,
                false);
    }
}
