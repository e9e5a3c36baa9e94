package dev.tidegate.jdbc;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Metadata that is the same for every server: what SQL Server does not have, and lists that never change. */
abstract class EmptyMetaData extends MetaDataLimits {
    private static final Set<String> NUMBERS = Set.of(
            "ATTR_SIZE",
            "BASE_TYPE",
            "CHAR_OCTET_LENGTH",
            "COLUMN_SIZE",
            "COLUMN_TYPE",
            "DATA_TYPE",
            "DECIMAL_DIGITS",
            "LENGTH",
            "NULLABLE",
            "NUM_PREC_RADIX",
            "ORDINAL_POSITION",
            "PRECISION",
            "RADIX",
            "SCALE",
            "SOURCE_DATA_TYPE",
            "SQL_DATA_TYPE",
            "SQL_DATETIME_SUB");

    /** The columns of the specification, a whole number where it has one, and no rows. */
    private static ResultSet empty(String... names) {
        MetaDataShape shape = new MetaDataShape();
        for (String name : names) {
            if (NUMBERS.contains(name)) {
                shape.number(name);
            } else {
                shape.text(name);
            }
        }
        return shape.result(new ArrayList<>());
    }

    @Override
    public ResultSet getTableTypes() {
        List<Object[]> rows = new ArrayList<>();
        for (String type : List.of("SYSTEM TABLE", "TABLE", "VIEW")) {
            rows.add(new Object[] {type});
        }
        return new MetaDataShape().text("TABLE_TYPE").result(rows);
    }

    @Override
    public ResultSet getTypeInfo() {
        return TypeCatalog.result();
    }

    @Override
    public ResultSet getUDTs(String catalog, String schemaPattern, String typeNamePattern, int[] types) {
        return empty("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "CLASS_NAME", "DATA_TYPE", "REMARKS", "BASE_TYPE");
    }

    @Override
    public ResultSet getSuperTypes(String catalog, String schemaPattern, String typeNamePattern) {
        return empty("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "SUPERTYPE_CAT", "SUPERTYPE_SCHEM", "SUPERTYPE_NAME");
    }

    @Override
    public ResultSet getSuperTables(String catalog, String schemaPattern, String tableNamePattern) {
        return empty("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME");
    }

    @Override
    public ResultSet getAttributes(
            String catalog, String schemaPattern, String typeNamePattern, String attributeNamePattern) {
        return empty(
                "TYPE_CAT",
                "TYPE_SCHEM",
                "TYPE_NAME",
                "ATTR_NAME",
                "DATA_TYPE",
                "ATTR_TYPE_NAME",
                "ATTR_SIZE",
                "DECIMAL_DIGITS",
                "NUM_PREC_RADIX",
                "NULLABLE",
                "REMARKS",
                "ATTR_DEF",
                "SQL_DATA_TYPE",
                "SQL_DATETIME_SUB",
                "CHAR_OCTET_LENGTH",
                "ORDINAL_POSITION",
                "IS_NULLABLE",
                "SCOPE_CATALOG",
                "SCOPE_SCHEMA",
                "SCOPE_TABLE",
                "SOURCE_DATA_TYPE");
    }

    @Override
    public ResultSet getPseudoColumns(
            String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern) {
        return empty(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "COLUMN_NAME",
                "DATA_TYPE",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "NUM_PREC_RADIX",
                "COLUMN_USAGE",
                "REMARKS",
                "CHAR_OCTET_LENGTH",
                "IS_NULLABLE");
    }

    @Override
    public ResultSet getFunctionColumns(
            String catalog, String schemaPattern, String functionNamePattern, String columnNamePattern) {
        return empty(
                "FUNCTION_CAT",
                "FUNCTION_SCHEM",
                "FUNCTION_NAME",
                "COLUMN_NAME",
                "COLUMN_TYPE",
                "DATA_TYPE",
                "TYPE_NAME",
                "PRECISION",
                "LENGTH",
                "SCALE",
                "RADIX",
                "NULLABLE",
                "REMARKS",
                "CHAR_OCTET_LENGTH",
                "ORDINAL_POSITION",
                "IS_NULLABLE",
                "SPECIFIC_NAME");
    }

    @Override
    public ResultSet getClientInfoProperties() {
        List<Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {"ApplicationName", 128, "Tidegate", "property applicationName, given when connecting"});
        rows.add(new Object[] {"ClientHostname", 128, null, "property workstationID, given when connecting"});
        rows.add(new Object[] {"ClientUser", 128, null, "property user, given when connecting"});
        return new MetaDataShape()
                .text("NAME")
                .number("MAX_LEN")
                .text("DEFAULT_VALUE")
                .text("DESCRIPTION")
                .result(rows);
    }
}
