package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.SqlKind;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.Locale;

/** The results of {@link DatabaseMetaData} as shapes over the answers of the server's catalog procedures. */
final class MetaDataShapes {
    /** What {@code sp_fkeys} says for NO ACTION and SET DEFAULT; the other rules have JDBC's numbers. */
    private static final int SERVER_NO_ACTION = 1;

    private static final int SERVER_SET_DEFAULT = 3;

    private MetaDataShapes() {}

    static MetaDataShape tables() {
        return new MetaDataShape()
                .text("TABLE_CAT", "TABLE_QUALIFIER")
                .text("TABLE_SCHEM", "TABLE_OWNER")
                .text("TABLE_NAME")
                .text("TABLE_TYPE")
                .text("REMARKS")
                .nothing("TYPE_CAT")
                .nothing("TYPE_SCHEM")
                .nothing("TYPE_NAME")
                .nothing("SELF_REFERENCING_COL_NAME")
                .nothing("REF_GENERATION");
    }

    static MetaDataShape columns() {
        return new MetaDataShape()
                .text("TABLE_CAT", "TABLE_QUALIFIER")
                .text("TABLE_SCHEM", "TABLE_OWNER")
                .text("TABLE_NAME")
                .text("COLUMN_NAME")
                .number("DATA_TYPE", MetaDataShapes::jdbcType)
                .text("TYPE_NAME")
                .number("COLUMN_SIZE", "PRECISION")
                .number("BUFFER_LENGTH", "LENGTH")
                .number("DECIMAL_DIGITS", "SCALE")
                .number("NUM_PREC_RADIX", "RADIX")
                .number("NULLABLE")
                .text("REMARKS")
                .text("COLUMN_DEF")
                .number("SQL_DATA_TYPE")
                .number("SQL_DATETIME_SUB")
                .number("CHAR_OCTET_LENGTH")
                .number("ORDINAL_POSITION")
                .text("IS_NULLABLE", (answer, row) -> trimmed(answer.value(row, "IS_NULLABLE")))
                .nothing("SCOPE_CATALOG")
                .nothing("SCOPE_SCHEMA")
                .nothing("SCOPE_TABLE")
                .number("SOURCE_DATA_TYPE", (answer, row) -> null)
                .text("IS_AUTOINCREMENT", (answer, row) -> yesNo(isIdentity(answer, row)))
                .text("IS_GENERATEDCOLUMN", (answer, row) -> yesNo(isTrue(answer.value(row, "SS_IS_COMPUTED"))));
    }

    static MetaDataShape primaryKeys() {
        return new MetaDataShape()
                .text("TABLE_CAT", "TABLE_QUALIFIER")
                .text("TABLE_SCHEM", "TABLE_OWNER")
                .text("TABLE_NAME")
                .text("COLUMN_NAME")
                .number("KEY_SEQ")
                .text("PK_NAME");
    }

    static MetaDataShape foreignKeys() {
        return new MetaDataShape()
                .text("PKTABLE_CAT", "PKTABLE_QUALIFIER")
                .text("PKTABLE_SCHEM", "PKTABLE_OWNER")
                .text("PKTABLE_NAME")
                .text("PKCOLUMN_NAME")
                .text("FKTABLE_CAT", "FKTABLE_QUALIFIER")
                .text("FKTABLE_SCHEM", "FKTABLE_OWNER")
                .text("FKTABLE_NAME")
                .text("FKCOLUMN_NAME")
                .number("KEY_SEQ")
                .number("UPDATE_RULE", (answer, row) -> rule(answer.value(row, "UPDATE_RULE")))
                .number("DELETE_RULE", (answer, row) -> rule(answer.value(row, "DELETE_RULE")))
                .text("FK_NAME")
                .text("PK_NAME")
                .number("DEFERRABILITY", (answer, row) -> DatabaseMetaData.importedKeyNotDeferrable);
    }

    static MetaDataShape indexes() {
        return new MetaDataShape()
                .text("TABLE_CAT", "TABLE_QUALIFIER")
                .text("TABLE_SCHEM", "TABLE_OWNER")
                .text("TABLE_NAME")
                .flag("NON_UNIQUE", (answer, row) -> answer.value(row, "NON_UNIQUE"))
                .text("INDEX_QUALIFIER")
                .text("INDEX_NAME")
                .number("TYPE")
                .number("ORDINAL_POSITION", "SEQ_IN_INDEX")
                .text("COLUMN_NAME")
                .text("ASC_OR_DESC", "COLLATION")
                .number("CARDINALITY")
                .number("PAGES")
                .text("FILTER_CONDITION");
    }

    static MetaDataShape specialColumns() {
        return new MetaDataShape()
                .number("SCOPE")
                .text("COLUMN_NAME")
                .number("DATA_TYPE", MetaDataShapes::jdbcType)
                .text("TYPE_NAME")
                .number("COLUMN_SIZE", "PRECISION")
                .number("BUFFER_LENGTH", "LENGTH")
                .number("DECIMAL_DIGITS", "SCALE")
                .number("PSEUDO_COLUMN");
    }

    static MetaDataShape procedures() {
        return new MetaDataShape()
                .text("PROCEDURE_CAT", "PROCEDURE_QUALIFIER")
                .text("PROCEDURE_SCHEM", "PROCEDURE_OWNER")
                .text("PROCEDURE_NAME", (answer, row) -> unnumbered(answer.value(row, "PROCEDURE_NAME")))
                .nothing("reserved1")
                .nothing("reserved2")
                .nothing("reserved3")
                .text("REMARKS")
                .number("PROCEDURE_TYPE")
                .text("SPECIFIC_NAME", (answer, row) -> unnumbered(answer.value(row, "PROCEDURE_NAME")));
    }

    static MetaDataShape procedureColumns() {
        return new MetaDataShape()
                .text("PROCEDURE_CAT", "PROCEDURE_QUALIFIER")
                .text("PROCEDURE_SCHEM", "PROCEDURE_OWNER")
                .text("PROCEDURE_NAME", (answer, row) -> unnumbered(answer.value(row, "PROCEDURE_NAME")))
                .text("COLUMN_NAME")
                .number("COLUMN_TYPE")
                .number("DATA_TYPE", MetaDataShapes::jdbcType)
                .text("TYPE_NAME")
                .number("PRECISION")
                .number("LENGTH")
                .number("SCALE")
                .number("RADIX")
                .number("NULLABLE")
                .text("REMARKS")
                .text("COLUMN_DEF")
                .number("SQL_DATA_TYPE")
                .number("SQL_DATETIME_SUB")
                .number("CHAR_OCTET_LENGTH")
                .number("ORDINAL_POSITION")
                .text("IS_NULLABLE", (answer, row) -> trimmed(answer.value(row, "IS_NULLABLE")))
                .text("SPECIFIC_NAME", (answer, row) -> unnumbered(answer.value(row, "PROCEDURE_NAME")));
    }

    static MetaDataShape tablePrivileges() {
        return new MetaDataShape()
                .text("TABLE_CAT", "TABLE_QUALIFIER")
                .text("TABLE_SCHEM", "TABLE_OWNER")
                .text("TABLE_NAME")
                .text("GRANTOR")
                .text("GRANTEE")
                .text("PRIVILEGE")
                .text("IS_GRANTABLE");
    }

    static MetaDataShape columnPrivileges() {
        return new MetaDataShape()
                .text("TABLE_CAT", "TABLE_QUALIFIER")
                .text("TABLE_SCHEM", "TABLE_OWNER")
                .text("TABLE_NAME")
                .text("COLUMN_NAME")
                .text("GRANTOR")
                .text("GRANTEE")
                .text("PRIVILEGE")
                .text("IS_GRANTABLE");
    }

    /** The procedures speak ODBC's type numbers; the type's name says more. */
    private static Object jdbcType(Lookup answer, Object[] row) {
        Object name = answer.value(row, "TYPE_NAME");
        if (name != null) {
            String word = name.toString().toLowerCase(Locale.ROOT).split("[ (]", 2)[0];
            for (SqlKind kind : SqlKind.values()) {
                if (kind.sqlName().equals(word)) {
                    return kind.jdbcType();
                }
            }
            if (word.equals("timestamp") || word.equals("rowversion")) {
                return Types.BINARY;
            }
            if (word.equals("sysname")) {
                return Types.NVARCHAR;
            }
        }
        return answer.value(row, "DATA_TYPE");
    }

    private static boolean isIdentity(Lookup answer, Object[] row) {
        Object name = answer.value(row, "TYPE_NAME");
        return isTrue(answer.value(row, "SS_IS_IDENTITY"))
                || name != null && name.toString().toLowerCase(Locale.ROOT).contains("identity");
    }

    private static boolean isTrue(Object value) {
        return value instanceof Boolean flag ? flag : value instanceof Number number && number.intValue() != 0;
    }

    private static String yesNo(boolean yes) {
        return yes ? "YES" : "NO";
    }

    private static Object trimmed(Object value) {
        return value == null ? null : value.toString().trim();
    }

    /** Names come with the number of the procedure in its group: {@code p;1}. */
    private static Object unnumbered(Object name) {
        if (name == null) {
            return null;
        }
        String text = name.toString();
        int semicolon = text.lastIndexOf(';');
        return semicolon < 0 ? text : text.substring(0, semicolon);
    }

    private static Object rule(Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        return switch (number.intValue()) {
            case SERVER_NO_ACTION -> DatabaseMetaData.importedKeyNoAction;
            case SERVER_SET_DEFAULT -> DatabaseMetaData.importedKeySetDefault;
            default -> number.intValue();
        };
    }
}
