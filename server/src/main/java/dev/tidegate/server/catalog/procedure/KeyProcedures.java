package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.model.ConstraintEntry;
import dev.tidegate.server.catalog.model.IndexEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import java.sql.SQLException;

/** sp_pkeys, sp_fkeys and sp_statistics. */
final class KeyProcedures {
    private static final int TABLE_STATISTICS = 0;
    private static final int CLUSTERED = 1;
    private static final int OTHER = 3;
    private static final int NOT_DEFERRABLE = 7;

    private KeyProcedures() {}

    static int primaryKeys(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        CatalogResult result =
                new CatalogResult("TABLE_QUALIFIER sysname null, TABLE_OWNER sysname null, TABLE_NAME sysname, "
                        + "COLUMN_NAME sysname, KEY_SEQ smallint, PK_NAME sysname null");
        Catalog catalog = Catalog.of(context.connection());
        for (TableEntry table : TableSelection.matching(
                context,
                catalog,
                arguments.text("@table_name", 0),
                arguments.text("@table_owner", 1),
                arguments.text("@table_qualifier", 2),
                false)) {
            for (IndexEntry index : catalog.snapshot().indexes(table)) {
                int sequence = 0;
                for (IndexEntry.Part part : index.parts()) {
                    sequence++;
                    if (index.primaryKey()) {
                        result.add(
                                context.database(),
                                table.schema().name(),
                                table.name(),
                                part.column().name(),
                                sequence,
                                index.name());
                    }
                }
            }
        }
        result.sortBy(0, 1, 2, 4).sendTo(sink);
        return 0;
    }

    /** sp_fkeys: the keys that refer to one table, that another declares, or both. */
    static int foreignKeys(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        String primary = arguments.text("@pktable_name", 0);
        String foreign = arguments.text("@fktable_name", 3);
        if (primary == null && foreign == null) {
            throw KnownError.MISSING_PARAMETER.exception("sp_fkeys", "@pktable_name");
        }
        TableSelection.checkQualifier(context, arguments.text("@pktable_qualifier", 2));
        TableSelection.checkQualifier(context, arguments.text("@fktable_qualifier", 5));
        NamePattern primaryNames = NamePattern.exactly(primary);
        NamePattern primaryOwners =
                NamePattern.exactly(TableSelection.emptyAsNull(arguments.text("@pktable_owner", 1)));
        NamePattern foreignNames = NamePattern.exactly(foreign);
        NamePattern foreignOwners =
                NamePattern.exactly(TableSelection.emptyAsNull(arguments.text("@fktable_owner", 4)));
        CatalogResult result = new CatalogResult(
                "PKTABLE_QUALIFIER sysname null, PKTABLE_OWNER sysname null, PKTABLE_NAME sysname, PKCOLUMN_NAME"
                    + " sysname, FKTABLE_QUALIFIER sysname null, FKTABLE_OWNER sysname null, FKTABLE_NAME sysname,"
                    + " FKCOLUMN_NAME sysname, KEY_SEQ smallint, UPDATE_RULE smallint null, DELETE_RULE smallint null,"
                    + " FK_NAME sysname null, PK_NAME sysname null, DEFERRABILITY smallint null");
        Catalog catalog = Catalog.of(context.connection());
        for (TableEntry table : catalog.snapshot().tables()) {
            if (!foreignNames.matches(table.name())
                    || !foreignOwners.matches(table.schema().name())) {
                continue;
            }
            for (ConstraintEntry.ForeignKey key :
                    catalog.snapshot().constraints(table, ConstraintEntry.ForeignKey.class)) {
                TableEntry target = key.referencedTable();
                if (primaryNames.matches(target.name())
                        && primaryOwners.matches(target.schema().name())) {
                    foreignKey(context.database(), table, key, result);
                }
            }
        }
        // Keys of a table come by the tables that refer to it, keys that a table declares by those it refers to.
        (foreign == null ? result.sortBy(4, 5, 6, 11, 8) : result.sortBy(0, 1, 2, 11, 8)).sendTo(sink);
        return 0;
    }

    private static void foreignKey(
            String database, TableEntry table, ConstraintEntry.ForeignKey key, CatalogResult result) {
        TableEntry target = key.referencedTable();
        for (int i = 0; i < key.columns().size(); i++) {
            result.add(
                    database,
                    target.schema().name(),
                    target.name(),
                    key.referenced().get(i).name(),
                    database,
                    table.schema().name(),
                    table.name(),
                    key.columns().get(i).name(),
                    i + 1,
                    key.onUpdate().odbcRule(),
                    key.onDelete().odbcRule(),
                    key.name(),
                    key.keyName(),
                    NOT_DEFERRABLE);
        }
    }

    /** sp_statistics: the table's own row, then a row for each column of each index. */
    static int statistics(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        NamePattern names = NamePattern.like(TableSelection.emptyAsNull(arguments.text("@index_name", 3)));
        boolean uniqueOnly = "Y".equalsIgnoreCase(arguments.text("@is_unique", 4));
        CatalogResult result =
                new CatalogResult("TABLE_QUALIFIER sysname null, TABLE_OWNER sysname null, TABLE_NAME sysname,"
                        + " NON_UNIQUE smallint null, INDEX_QUALIFIER sysname null, INDEX_NAME sysname null, TYPE"
                        + " smallint, SEQ_IN_INDEX smallint null, COLUMN_NAME sysname null, COLLATION char(1) null,"
                        + " CARDINALITY int null, PAGES int null, FILTER_CONDITION varchar(128) null");
        Catalog catalog = Catalog.of(context.connection());
        for (TableEntry table : TableSelection.matching(
                context,
                catalog,
                arguments.text("@table_name", 0),
                arguments.text("@table_owner", 1),
                arguments.text("@table_qualifier", 2),
                false)) {
            if (table.isView()) {
                continue;
            }
            String database = context.database();
            String schema = table.schema().name();
            int rows = (int) Math.min(Integer.MAX_VALUE, table.rowCount(catalog.session()));
            result.add(
                    database,
                    schema,
                    table.name(),
                    null,
                    null,
                    null,
                    TABLE_STATISTICS,
                    null,
                    null,
                    null,
                    rows,
                    0,
                    null);
            for (IndexEntry index : catalog.snapshot().indexes(table)) {
                if (index.name() == null || !names.matches(index.name()) || (uniqueOnly && !index.unique())) {
                    continue;
                }
                int sequence = 0;
                for (IndexEntry.Part part : index.parts()) {
                    result.add(
                            database,
                            schema,
                            table.name(),
                            index.unique() ? 0 : 1,
                            table.name(),
                            index.name(),
                            index.id() == 1 ? CLUSTERED : OTHER,
                            ++sequence,
                            part.column().name(),
                            part.descending() ? "D" : "A",
                            index.id() == 1 ? rows : null,
                            0,
                            null);
                }
            }
        }
        result.sortBy(3, 6, 5, 7).sendTo(sink);
        return 0;
    }
}
