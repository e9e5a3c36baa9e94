package dev.tidegate.jdbc;

import dev.tidegate.client.TableName;
import java.util.List;

/**
 * Where the server's catalog has a table, and the questions about it. Views are asked for all their columns: which they have depends on the
 * server's version.
 *
 * @param objectName for OBJECT_ID
 * @param temporary whether the table lives in {@code tempdb}, where everybody sees his own and nobody may define a trigger
 */
record CatalogNames(String objectName, boolean temporary) {
    static CatalogNames of(TableName table) {
        List<String> parts = table.parts();
        String name = parts.get(parts.size() - 1);
        return name.startsWith("#")
                ? new CatalogNames("tempdb.." + TableName.quote(name), true)
                : new CatalogNames(table.sql(), false);
    }

    private String view(String name) {
        return temporary ? "tempdb.sys." + name : "sys." + name;
    }

    private String count(String view, String column) {
        return "(SELECT COUNT(*) FROM " + view(view) + " c WHERE c." + column + " = t.object_id";
    }

    /** One row if the table is one, and behind it, where the server has such, the number of its security predicates. */
    String stateQuery() {
        String sql = "SELECT @@OPTIONS AS options, XACT_STATE() AS transaction_state,"
                + " CONVERT(int, SERVERPROPERTY('EngineEdition')) AS edition, t.object_id, t.modify_date, "
                + visible() + " AS visible, "
                + count("columns", "object_id") + ") AS columns, "
                + count("default_constraints", "parent_object_id") + ") AS defaults, "
                + count("check_constraints", "parent_object_id") + ") AS checks, "
                + count("foreign_keys", "parent_object_id")
                + " AND c.referenced_object_id = t.object_id) AS self_references, "
                + count("indexes", "object_id") + " AND c.ignore_dup_key = 1) AS ignoring_indexes, "
                + triggers() + " AS triggers FROM " + view("tables") + " t WHERE t.object_id = OBJECT_ID(@table)";
        return temporary
                ? sql
                : sql + "; IF OBJECT_ID(N'sys.security_predicates') IS NOT NULL SELECT COUNT(*) AS policies"
                        + " FROM sys.security_predicates WHERE target_object_id = OBJECT_ID(@table)";
    }

    /** Policies and triggers are shown to those only who may see the definitions; the load reads the table's columns from the table. */
    private String visible() {
        return temporary
                ? "1"
                : "HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'VIEW DEFINITION')"
                        + " * HAS_PERMS_BY_NAME(@table, 'OBJECT', 'SELECT')";
    }

    private String triggers() {
        return temporary
                ? "0"
                : count("triggers", "parent_id")
                        + " AND c.is_disabled = 0 AND COALESCE(OBJECTPROPERTY(c.object_id, 'ExecIsInsertTrigger'), 1) = 1)";
    }

    /** Four results: the table, its columns, its defaults, its check constraints. */
    String tableQuery() {
        return "SELECT * FROM " + view("tables") + " WHERE object_id = OBJECT_ID(@table); SELECT * FROM "
                + view("columns") + " WHERE object_id = OBJECT_ID(@table) ORDER BY column_id; SELECT parent_column_id,"
                + " definition FROM " + view("default_constraints") + " WHERE parent_object_id = OBJECT_ID(@table);"
                + " SELECT definition FROM " + view("check_constraints")
                + " WHERE parent_object_id = OBJECT_ID(@table)";
    }
}
