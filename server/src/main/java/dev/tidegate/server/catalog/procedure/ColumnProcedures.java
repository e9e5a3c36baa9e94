package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.IndexEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** sp_columns in its three forms, and sp_special_columns. */
final class ColumnProcedures {
    private static final String HEAD =
            "TABLE_QUALIFIER sysname null, TABLE_OWNER sysname null, TABLE_NAME sysname null, COLUMN_NAME sysname"
                + " null, DATA_TYPE smallint, TYPE_NAME sysname null, PRECISION int null, LENGTH int null, SCALE"
                + " smallint null, RADIX smallint null, NULLABLE smallint, REMARKS varchar(254) null, COLUMN_DEF"
                + " nvarchar(4000) null, SQL_DATA_TYPE smallint, SQL_DATETIME_SUB smallint null, CHAR_OCTET_LENGTH int"
                + " null, ORDINAL_POSITION int, IS_NULLABLE varchar(254) null";

    private static final String FLAGS = ", SS_IS_SPARSE smallint null, SS_IS_COLUMN_SET smallint null, "
            + "SS_IS_COMPUTED smallint null, SS_IS_IDENTITY smallint null";

    private static final String NAMES =
            ", SS_UDT_CATALOG_NAME nvarchar(128) null, SS_UDT_SCHEMA_NAME nvarchar(128) null,"
                + " SS_UDT_ASSEMBLY_TYPE_NAME nvarchar(max) null, SS_XML_SCHEMACOLLECTION_CATALOG_NAME nvarchar(128)"
                + " null, SS_XML_SCHEMACOLLECTION_SCHEMA_NAME nvarchar(128) null, SS_XML_SCHEMACOLLECTION_NAME"
                + " nvarchar(128) null";

    private static final String TAIL = ", SS_DATA_TYPE tinyint null";

    private ColumnProcedures() {}

    /** The forms that clients of three generations ask for. */
    private enum Form {
        OLD,
        V90,
        V100
    }

    static int columns(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        return columns(context, arguments, sink, Form.OLD, arguments.number("@ODBCVer", 4, 2), true);
    }

    static int columns90(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        boolean wildcards = arguments.number("@fUsePattern", 5, 1) != 0;
        return columns(context, arguments, sink, Form.V90, arguments.number("@ODBCVer", 4, 2), wildcards);
    }

    static int columns100(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        boolean wildcards = arguments.number("@fUsePattern", 6, 1) != 0;
        return columns(context, arguments, sink, Form.V100, arguments.number("@ODBCVer", 5, 2), wildcards);
    }

    private static int columns(
            ProcedureContext context,
            ProcedureArguments arguments,
            ResponseSink sink,
            Form form,
            int odbcVersion,
            boolean wildcards)
            throws SqlServerException, SQLException {
        CatalogResult result =
                new CatalogResult(HEAD + (form == Form.V100 ? FLAGS : "") + (form == Form.OLD ? "" : NAMES) + TAIL);
        NamePattern wanted = NamePattern.of(TableSelection.emptyAsNull(arguments.text("@column_name", 3)), wildcards);
        for (TableEntry table : TableSelection.matching(
                context,
                Catalog.of(context.connection()),
                arguments.text("@table_name", 0),
                arguments.text("@table_owner", 1),
                arguments.text("@table_qualifier", 2),
                wildcards)) {
            for (ColumnEntry column : table.columns()) {
                if (wanted.matches(column.name())) {
                    result.add(row(context.database(), table, column, form, odbcVersion)
                            .toArray());
                }
            }
        }
        result.sortBy(0, 1, 2, 16).sendTo(sink);
        return 0;
    }

    private static List<Object> row(String database, TableEntry table, ColumnEntry column, Form form, int odbcVersion) {
        SqlType type = column.type();
        OdbcType odbc = OdbcType.of(type, form != Form.OLD, odbcVersion);
        List<Object> row = new ArrayList<>();
        row.add(database);
        row.add(table.schema().name());
        row.add(table.name());
        row.add(column.name());
        row.add(odbc.dataType());
        row.add(typeName(column));
        row.add(odbc.precision());
        row.add(odbc.length());
        row.add(odbc.scale());
        row.add(odbc.radix());
        row.add(column.nullable() ? 1 : 0);
        row.add(null);
        row.add(column.defaultValue() == null ? null : column.defaultValue().text());
        row.add(odbc.sqlDataType());
        row.add(odbc.dateTimeSub());
        row.add(odbc.octetLength());
        row.add(column.id());
        row.add(column.nullable() ? "YES" : "NO");
        if (form == Form.V100) {
            row.add(0);
            row.add(0);
            row.add(column.computedText() == null ? 0 : 1);
            row.add(column.identity() == null ? 0 : 1);
        }
        for (int i = 0; form != Form.OLD && i < 6; i++) {
            row.add(null);
        }
        row.add(OdbcType.oldNumber(type.kind(), column.nullable()));
        return row;
    }

    private static String typeName(ColumnEntry column) {
        TypeKind kind = column.type().kind();
        if (column.identity() == null) {
            return kind.sqlName();
        }
        return kind.sqlName() + (kind.isDecimal() ? "() identity" : " identity");
    }

    static int specialColumns(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        return specialColumns(context, arguments, sink, false);
    }

    static int specialColumns100(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        return specialColumns(context, arguments, sink, true);
    }

    /** sp_special_columns: the columns that identify a row best, or with {@code @col_type = 'V'} the rowversion. */
    private static int specialColumns(
            ProcedureContext context, ProcedureArguments arguments, ResponseSink sink, boolean modern)
            throws SqlServerException, SQLException {
        CatalogResult result = new CatalogResult("SCOPE smallint null, COLUMN_NAME sysname, DATA_TYPE smallint, "
                + "TYPE_NAME sysname, PRECISION int, LENGTH int, SCALE smallint null, PSEUDO_COLUMN smallint");
        boolean version = "V".equalsIgnoreCase(arguments.text("@col_type", 3));
        boolean nullsAllowed = !"O".equalsIgnoreCase(arguments.text("@nullable", 5));
        int odbcVersion = arguments.number("@ODBCVer", 6, 2);
        Catalog catalog = Catalog.of(context.connection());
        for (TableEntry table : TableSelection.matching(
                context,
                catalog,
                arguments.text("@table_name", 0),
                arguments.text("@table_owner", 1),
                arguments.text("@table_qualifier", 2),
                false)) {
            List<ColumnEntry> columns =
                    version ? versionColumns(table) : identifyingColumns(catalog, table, nullsAllowed);
            for (ColumnEntry column : columns) {
                OdbcType odbc = OdbcType.of(column.type(), modern, odbcVersion);
                result.add(
                        version ? null : 0,
                        column.name(),
                        odbc.dataType(),
                        typeName(column),
                        odbc.precision(),
                        odbc.length(),
                        odbc.scale(),
                        1);
            }
        }
        result.sendTo(sink);
        return 0;
    }

    private static List<ColumnEntry> versionColumns(TableEntry table) {
        return table.columns().stream()
                .filter(column -> column.type().kind() == TypeKind.ROWVERSION)
                .toList();
    }

    private static List<ColumnEntry> identifyingColumns(Catalog catalog, TableEntry table, boolean nullsAllowed) {
        IndexEntry best = null;
        for (IndexEntry index : catalog.snapshot().indexes(table)) {
            boolean usable = index.unique()
                    && (nullsAllowed
                            || index.parts().stream()
                                    .noneMatch(part -> part.column().nullable()));
            if (usable && (best == null || (index.primaryKey() && !best.primaryKey()))) {
                best = index;
            }
        }
        return best == null
                ? List.of()
                : best.parts().stream().map(IndexEntry.Part::column).toList();
    }
}
