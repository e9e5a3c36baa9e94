package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.CatalogSession;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.tds.type.SqlVariant;
import java.util.List;

/** What describes the whole server: databases, settings, messages, files. */
public final class ServerViews {
    /** The level of SQL Server 2022, whose version this server reports. */
    public static final int COMPATIBILITY_LEVEL = 160;

    private static final int ENGLISH = 1033;

    private ServerViews() {}

    public static List<SystemView> all() {
        return List.of(
                SystemView.sys(
                        "databases",
                        "name sysname, database_id int, source_database_id int null, owner_sid varbinary(85) null,"
                            + " create_date datetime, compatibility_level tinyint, collation_name sysname null,"
                            + " user_access tinyint null, user_access_desc nvarchar(60) null, is_read_only bit null,"
                            + " is_auto_close_on bit, is_auto_shrink_on bit null, state tinyint null, state_desc"
                            + " nvarchar(60) null, is_in_standby bit null, snapshot_isolation_state tinyint null,"
                            + " snapshot_isolation_state_desc nvarchar(60) null, is_read_committed_snapshot_on bit"
                            + " null, recovery_model tinyint null, recovery_model_desc nvarchar(60) null,"
                            + " is_fulltext_enabled bit null, is_trustworthy_on bit null, is_encrypted bit null,"
                            + " is_ledger_on bit null",
                        ServerViews::databases),
                SystemView.sys(
                        "sysdatabases",
                        "name sysname, dbid smallint null, sid varbinary(85) null, mode smallint null, status int"
                                + " null, status2 int null, crdate datetime, reserved datetime null, category int null,"
                                + " cmptlevel tinyint, filename nvarchar(260) null, version smallint null",
                        ServerViews::oldDatabases),
                SystemView.sys(
                        "configurations",
                        "configuration_id int, name nvarchar(35), value sql_variant null, minimum sql_variant null,"
                                + " maximum sql_variant null, value_in_use sql_variant null, description nvarchar(255),"
                                + " is_dynamic bit, is_advanced bit",
                        ServerViews::configurations),
                SystemView.sys(
                        "messages",
                        "message_id int, language_id smallint, severity tinyint null, is_event_logged bit, "
                                + "text nvarchar(2048)",
                        (catalog, out) -> {
                            for (KnownError error : KnownError.values()) {
                                out.add(error.number(), ENGLISH, error.severity(), false, error.template());
                            }
                        }),
                SystemView.sys(
                        "filegroups",
                        "name sysname, data_space_id int, type char(2), type_desc nvarchar(60) null, is_default bit"
                            + " null, is_system bit null, filegroup_guid uniqueidentifier null, is_read_only bit null",
                        (catalog, out) -> out.add("PRIMARY", 1, "FG", "ROWS_FILEGROUP", true, false, null, false)),
                SystemView.sys(
                        "data_spaces",
                        "name sysname, data_space_id int, type char(2), type_desc nvarchar(60) null, is_default bit"
                                + " null, is_system bit null",
                        (catalog, out) -> out.add("PRIMARY", 1, "FG", "ROWS_FILEGROUP", true, false)),
                SystemView.sys(
                        "servers",
                        "server_id int, name sysname, product sysname, provider sysname, data_source nvarchar(4000)"
                                + " null, is_linked bit",
                        (catalog, out) -> out.add(0, ServerName.NAME, "SQL Server", "SQLNCLI", ServerName.NAME, false)),
                SystemView.empty(
                        "database_files",
                        "file_id int, type tinyint, type_desc nvarchar(60) null, name sysname, physical_name"
                                + " nvarchar(260), size int, max_size int"),
                SystemView.empty(
                        "master_files",
                        "database_id int, file_id int, type tinyint, type_desc nvarchar(60) null, name sysname, "
                                + "physical_name nvarchar(260), size int, max_size int"),
                SystemView.sys(
                        "syslanguages",
                        "langid smallint, dateformat nchar(3), datefirst tinyint, upgrade int null, name sysname, "
                                + "alias sysname null, msglangid int, lcid int",
                        (catalog, out) -> out.add(0, "mdy", 7, 0, "us_english", "English", ENGLISH, ENGLISH)));
    }

    private static void databases(Catalog catalog, RowSink out) {
        CatalogSession facts = catalog.facts();
        int id = 0;
        for (String name : facts.databases()) {
            out.add(
                    name,
                    ++id,
                    null,
                    new byte[] {1},
                    Catalog.CREATED,
                    COMPATIBILITY_LEVEL,
                    TypeFacts.COLLATION,
                    0,
                    "MULTI_USER",
                    false,
                    false,
                    false,
                    0,
                    "ONLINE",
                    false,
                    1,
                    "ON",
                    true,
                    3,
                    "SIMPLE",
                    false,
                    false,
                    false,
                    false);
        }
    }

    private static void oldDatabases(Catalog catalog, RowSink out) {
        int id = 0;
        for (String name : catalog.facts().databases()) {
            out.add(name, ++id, new byte[] {1}, 0, 0, 0, Catalog.CREATED, null, 0, COMPATIBILITY_LEVEL, null, 957);
        }
    }

    /** A setting as {@code sp_configure} and {@code sys.configurations} show it. */
    public record Configuration(int id, String name, int value, int minimum, int maximum, String description) {}

    /** The settings that clients ask for; none can be changed. */
    public static List<Configuration> configurations() {
        return List.of(
                new Configuration(103, "user connections", 0, 0, 32_767, "Number of user connections allowed"),
                new Configuration(115, "nested triggers", 1, 0, 1, "Allow triggers to be invoked within triggers"),
                new Configuration(124, "default language", 0, 0, 9_999, "default language"),
                new Configuration(505, "network packet size (B)", 4_096, 512, 32_767, "Network packet size"),
                new Configuration(518, "show advanced options", 0, 0, 1, "show advanced options"),
                new Configuration(1534, "user options", 0, 0, 32_767, "user options"),
                new Configuration(1539, "max degree of parallelism", 0, 0, 32_767, "maximum degree of parallelism"),
                new Configuration(
                        1544,
                        "max server memory (MB)",
                        Integer.MAX_VALUE,
                        128,
                        Integer.MAX_VALUE,
                        "Maximum size of server memory (MB)"));
    }

    private static void configurations(Catalog catalog, RowSink out) {
        for (Configuration setting : configurations()) {
            SqlVariant value = SqlVariant.of(setting.value());
            out.add(
                    setting.id(),
                    setting.name(),
                    value,
                    SqlVariant.of(setting.minimum()),
                    SqlVariant.of(setting.maximum()),
                    value,
                    setting.description(),
                    true,
                    false);
        }
    }
}
