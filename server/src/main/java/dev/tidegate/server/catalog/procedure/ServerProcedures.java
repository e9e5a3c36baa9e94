package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.catalog.view.ServerName;
import dev.tidegate.server.catalog.view.ServerViews;
import dev.tidegate.server.catalog.view.SessionViews;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import java.sql.SQLException;

/** The procedures that describe the whole server. */
final class ServerProcedures {
    private ServerProcedures() {}

    static int databases(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        CatalogResult result =
                new CatalogResult("DATABASE_NAME sysname null, DATABASE_SIZE int null, REMARKS varchar(254) null");
        context.databases().forEach(database -> result.add(database, 8192, null));
        result.sortBy(0).sendTo(sink);
        return 0;
    }

    static int helpDatabase(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        CatalogResult result =
                new CatalogResult("name sysname, db_size nvarchar(13) null, owner sysname null, dbid smallint, "
                        + "created nvarchar(11) null, status nvarchar(600) null, compatibility_level tinyint null");
        String wanted = arguments.text("@dbname", 0);
        int id = 0;
        for (String database : context.databases()) {
            id++;
            if (wanted == null || database.equalsIgnoreCase(wanted)) {
                result.add(
                        database,
                        "      8.00 MB",
                        "sa",
                        id,
                        "Jan  1 2024",
                        "Status=ONLINE, Updateability=READ_WRITE, UserAccess=MULTI_USER, Recovery=SIMPLE",
                        ServerViews.COMPATIBILITY_LEVEL);
            }
        }
        result.sortBy(0).sendTo(sink);
        return 0;
    }

    static int serverInfo(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        String[][] attributes = {
            {"1", "DBMS_NAME", "Microsoft SQL Server"},
            {"2", "DBMS_VER", "Microsoft SQL Server 2022 - " + ServerName.PRODUCT_VERSION},
            {"10", "OWNER_TERM", "owner"},
            {"11", "TABLE_TERM", "table"},
            {"12", "MAX_OWNER_NAME_LENGTH", "128"},
            {"13", "TABLE_LENGTH", "128"},
            {"14", "MAX_QUAL_LENGTH", "128"},
            {"15", "COLUMN_LENGTH", "128"},
            {"16", "IDENTIFIER_CASE", "MIXED"},
            {"17", "TX_ISOLATION", "2"},
            {"18", "COLLATION_SEQ", "charset=iso_1 sort_order=nocase_iso charset_num=1 sort_order_num=52"},
            {"19", "SAVEPOINT_SUPPORT", "Y"},
            {"20", "MULTI_RESULT_SETS", "Y"},
            {"22", "ACCESSIBLE_TABLES", "Y"},
            {"100", "USERID_LENGTH", "128"},
            {"101", "QUALIFIER_TERM", "database"},
            {"102", "NAMED_TRANSACTIONS", "Y"},
            {"103", "SPROC_AS_LANGUAGE", "Y"},
            {"104", "ACCESSIBLE_SPROC", "Y"},
            {"105", "MAX_INDEX_COLS", "16"},
            {"106", "RENAME_TABLE", "Y"},
            {"107", "RENAME_COLUMN", "Y"},
            {"108", "DROP_COLUMN", "Y"},
            {"109", "INCREASE_COLUMN_LENGTH", "Y"},
            {"110", "DDL_IN_TRANSACTION", "Y"},
            {"111", "DESCENDING_INDEXES", "Y"},
            {"112", "SP_RENAME", "Y"},
            {"113", "REMOTE_SPROC", "Y"},
            {"500", "SYS_SPROC_VERSION", ServerName.PRODUCT_VERSION}
        };
        int wanted = arguments.number("@attribute_id", 0, 0);
        CatalogResult result = new CatalogResult(
                "attribute_id int, attribute_name varchar(60) null, attribute_value varchar(255) null");
        for (String[] attribute : attributes) {
            int id = Integer.parseInt(attribute[0]);
            if (wanted == 0 || wanted == id) {
                result.add(id, attribute[1], attribute[2]);
            }
        }
        result.sendTo(sink);
        return 0;
    }

    static int who(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) throws SQLException {
        CatalogResult result = new CatalogResult(
                "spid smallint, ecid smallint, status nchar(30), loginame nvarchar(128) null, hostname nchar(128), blk"
                        + " char(5) null, dbname nvarchar(128) null, cmd nchar(16), request_id int");
        Catalog catalog = Catalog.of(context.connection());
        SessionViews.each(
                catalog,
                (facts, session, since) -> result.add(
                        facts.id(),
                        0,
                        SessionViews.status(catalog, session),
                        facts.user(),
                        facts.hostName(),
                        "0",
                        facts.database(),
                        SessionViews.command(catalog, session),
                        0));
        result.sortBy(0).sendTo(sink);
        return 0;
    }

    /** sp_lock: H2's locks are of another kind, so none are shown. */
    static int locks(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        new CatalogResult("spid smallint, dbid smallint, ObjId int, IndId smallint, Type nvarchar(4) null, "
                        + "Resource nvarchar(32) null, Mode nvarchar(8) null, Status nvarchar(5) null")
                .sendTo(sink);
        return 0;
    }

    /** sp_configure without a value: settings can be read, not changed. */
    static int configure(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        CatalogResult result = new CatalogResult(
                "name nvarchar(35), minimum int null, maximum int null, config_value int null, run_value int null");
        NamePattern wanted = NamePattern.exactly(arguments.text("@configname", 0));
        for (ServerViews.Configuration setting : ServerViews.configurations()) {
            if (wanted.matches(setting.name())) {
                result.add(setting.name(), setting.minimum(), setting.maximum(), setting.value(), setting.value());
            }
        }
        result.sortBy(0).sendTo(sink);
        return 0;
    }

    static int helpSort(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        new CatalogResult("server_default_collation nvarchar(1000)")
                .add(TypeFacts.COLLATION)
                .sendTo(sink);
        return 0;
    }
}
