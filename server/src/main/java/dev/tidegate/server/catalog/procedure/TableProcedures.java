package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.CatalogInstaller;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemViews;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.SchemaEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** sp_tables and the procedures that tell who may do what with tables and columns. */
final class TableProcedures {
    private static final String TABLES = "TABLE_QUALIFIER sysname null, TABLE_OWNER sysname null, "
            + "TABLE_NAME sysname null, TABLE_TYPE varchar(32) null, REMARKS varchar(254) null";

    private static final List<String> TABLE_PRIVILEGES = List.of("DELETE", "INSERT", "REFERENCES", "SELECT", "UPDATE");

    private static final List<String> COLUMN_PRIVILEGES = List.of("INSERT", "REFERENCES", "SELECT", "UPDATE");

    private TableProcedures() {}

    /** sp_tables. With all names empty but one, which is {@code %}, it lists databases, schemas or kinds of tables instead. */
    static int tables(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        String name = arguments.text("@table_name", 0);
        String owner = arguments.text("@table_owner", 1);
        String qualifier = arguments.text("@table_qualifier", 2);
        String type = arguments.text("@table_type", 3);
        boolean wildcards = arguments.number("@fUsePattern", 4, 1) != 0;
        Catalog catalog = Catalog.of(context.connection());
        CatalogResult result = new CatalogResult(TABLES);
        if ("%".equals(qualifier) && "".equals(name) && "".equals(owner)) {
            context.databases().forEach(database -> result.add(database, null, null, null, null));
            result.sortBy(0).sendTo(sink);
        } else if ("%".equals(owner) && "".equals(name) && "".equals(qualifier)) {
            for (SchemaEntry schema : catalog.snapshot().schemas()) {
                result.add(null, schema.name(), null, null, null);
            }
            result.sortBy(1).sendTo(sink);
        } else if ("%".equals(type) && "".equals(name) && "".equals(owner) && "".equals(qualifier)) {
            List.of("SYSTEM TABLE", "TABLE", "VIEW").forEach(kind -> result.add(null, null, null, kind, null));
            result.sendTo(sink);
        } else {
            Set<String> types = types(type);
            for (TableEntry table : TableSelection.matching(context, catalog, name, owner, qualifier, wildcards)) {
                String kind = table.isView() ? "VIEW" : "TABLE";
                if (types.isEmpty() || types.contains(kind)) {
                    result.add(context.database(), table.schema().name(), table.name(), kind, null);
                }
            }
            if (types.isEmpty() || types.contains("VIEW")) {
                systemViews(context, name, owner, wildcards, result);
            }
            result.sortBy(3, 0, 1, 2).sendTo(sink);
        }
        return 0;
    }

    private static void systemViews(
            ProcedureContext context, String name, String owner, boolean wildcards, CatalogResult result) {
        NamePattern names = NamePattern.of(TableSelection.emptyAsNull(name), wildcards);
        NamePattern owners = NamePattern.of(TableSelection.emptyAsNull(owner), wildcards);
        for (SystemView view : SystemViews.all()) {
            String schema = view.schema().equals(CatalogInstaller.SYS_SCHEMA) ? "sys" : "INFORMATION_SCHEMA";
            if (names.matches(view.name()) && owners.matches(schema)) {
                result.add(context.database(), schema, view.name(), "VIEW", null);
            }
        }
    }

    /** The kinds in a list such as {@code 'TABLE','VIEW'}; empty for all. */
    private static Set<String> types(String list) {
        if (list == null || list.isBlank()) {
            return Set.of();
        }
        return Arrays.stream(list.split(","))
                .map(kind -> kind.replaceAll("['\"\\s]+$|^['\"\\s]+", "").toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** sp_table_privileges: every user is the owner. */
    static int tablePrivileges(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        CatalogResult result =
                new CatalogResult("TABLE_QUALIFIER sysname null, TABLE_OWNER sysname null, TABLE_NAME sysname, "
                        + "GRANTOR sysname null, GRANTEE sysname null, PRIVILEGE varchar(32), IS_GRANTABLE varchar(3)");
        for (TableEntry table : TableSelection.matching(
                context,
                Catalog.of(context.connection()),
                arguments.text("@table_name", 0),
                arguments.text("@table_owner", 1),
                arguments.text("@table_qualifier", 2),
                arguments.number("@fUsePattern", 3, 1) != 0)) {
            for (String privilege : TABLE_PRIVILEGES) {
                result.add(context.database(), table.schema().name(), table.name(), "dbo", "dbo", privilege, "YES");
            }
        }
        result.sortBy(0, 1, 2, 5).sendTo(sink);
        return 0;
    }

    /** sp_column_privileges. */
    static int columnPrivileges(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        CatalogResult result = new CatalogResult(
                "TABLE_QUALIFIER sysname null, TABLE_OWNER sysname null, TABLE_NAME sysname, COLUMN_NAME sysname,"
                    + " GRANTOR sysname null, GRANTEE sysname null, PRIVILEGE varchar(32), IS_GRANTABLE varchar(3)");
        NamePattern columns = NamePattern.like(arguments.text("@column_name", 3));
        for (TableEntry table : TableSelection.matching(
                context,
                Catalog.of(context.connection()),
                arguments.text("@table_name", 0),
                arguments.text("@table_owner", 1),
                arguments.text("@table_qualifier", 2),
                false)) {
            for (ColumnEntry column : table.columns()) {
                for (String privilege : columns.matches(column.name()) ? COLUMN_PRIVILEGES : List.<String>of()) {
                    result.add(
                            context.database(),
                            table.schema().name(),
                            table.name(),
                            column.name(),
                            "dbo",
                            "dbo",
                            privilege,
                            "YES");
                }
            }
        }
        result.sortBy(3, 6).sendTo(sink);
        return 0;
    }
}
