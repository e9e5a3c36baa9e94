package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every call of DatabaseMetaData that gives a result, against the columns that the JDBC specification has for it: names in their order,
 * and a type that the getter of the specified type takes without loss. S is text, I int, H short, L long, B boolean.
 */
@Timeout(120)
class MetaDataColumnsTest extends OnEmbeddedServer {
    private static final String TABLES = "TABLE_CAT:S TABLE_SCHEM:S TABLE_NAME:S TABLE_TYPE:S REMARKS:S TYPE_CAT:S"
            + " TYPE_SCHEM:S TYPE_NAME:S SELF_REFERENCING_COL_NAME:S REF_GENERATION:S";
    private static final String COLUMNS = "TABLE_CAT:S TABLE_SCHEM:S TABLE_NAME:S COLUMN_NAME:S DATA_TYPE:I TYPE_NAME:S"
            + " COLUMN_SIZE:I BUFFER_LENGTH:* DECIMAL_DIGITS:I NUM_PREC_RADIX:I NULLABLE:I REMARKS:S COLUMN_DEF:S"
            + " SQL_DATA_TYPE:I SQL_DATETIME_SUB:I CHAR_OCTET_LENGTH:I ORDINAL_POSITION:I IS_NULLABLE:S SCOPE_CATALOG:S"
            + " SCOPE_SCHEMA:S SCOPE_TABLE:S SOURCE_DATA_TYPE:H IS_AUTOINCREMENT:S IS_GENERATEDCOLUMN:S";
    private static final String KEYS = "PKTABLE_CAT:S PKTABLE_SCHEM:S PKTABLE_NAME:S PKCOLUMN_NAME:S FKTABLE_CAT:S"
            + " FKTABLE_SCHEM:S FKTABLE_NAME:S FKCOLUMN_NAME:S KEY_SEQ:H UPDATE_RULE:H DELETE_RULE:H FK_NAME:S PK_NAME:S"
            + " DEFERRABILITY:H";
    private static final String ROW_IDENTIFIER = "SCOPE:H COLUMN_NAME:S DATA_TYPE:I TYPE_NAME:S COLUMN_SIZE:I"
            + " BUFFER_LENGTH:I DECIMAL_DIGITS:H PSEUDO_COLUMN:H";

    private static final Map<Character, Set<Integer>> TAKEN = Map.of(
            'S', Set.of(Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR),
            'I', Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER),
            'H', Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER),
            'L', Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT),
            'B', Set.of(Types.BIT, Types.BOOLEAN, Types.TINYINT, Types.SMALLINT, Types.INTEGER));

    private interface Call {
        ResultSet of(DatabaseMetaData metaData) throws SQLException;
    }

    @Test
    void everyResultHasTheColumnsOfTheSpecification() throws SQLException {
        run(
                "CREATE TABLE parent (id int NOT NULL PRIMARY KEY, name nvarchar(20) NULL)",
                "CREATE TABLE child (id int NOT NULL PRIMARY KEY, parent int NULL REFERENCES parent (id))",
                "CREATE INDEX by_parent ON child (parent)");
        List<String> wrong = new ArrayList<>();
        check(wrong, "getTables", TABLES, m -> m.getTables(null, null, "child", null));
        check(wrong, "getColumns", COLUMNS, m -> m.getColumns(null, null, "child", null));
        check(wrong, "getSchemas", "TABLE_SCHEM:S TABLE_CATALOG:S", DatabaseMetaData::getSchemas);
        check(wrong, "getCatalogs", "TABLE_CAT:S", DatabaseMetaData::getCatalogs);
        check(wrong, "getTableTypes", "TABLE_TYPE:S", DatabaseMetaData::getTableTypes);
        check(
                wrong,
                "getPrimaryKeys",
                "TABLE_CAT:S TABLE_SCHEM:S TABLE_NAME:S COLUMN_NAME:S KEY_SEQ:H PK_NAME:S",
                m -> m.getPrimaryKeys(null, null, "child"));
        check(wrong, "getImportedKeys", KEYS, m -> m.getImportedKeys(null, null, "child"));
        check(wrong, "getExportedKeys", KEYS, m -> m.getExportedKeys(null, null, "parent"));
        check(wrong, "getCrossReference", KEYS, m -> m.getCrossReference(null, null, "parent", null, null, "child"));
        check(
                wrong,
                "getIndexInfo",
                "TABLE_CAT:S TABLE_SCHEM:S TABLE_NAME:S NON_UNIQUE:B INDEX_QUALIFIER:S INDEX_NAME:S TYPE:H"
                        + " ORDINAL_POSITION:H COLUMN_NAME:S ASC_OR_DESC:S CARDINALITY:L PAGES:L FILTER_CONDITION:S",
                m -> m.getIndexInfo(null, null, "child", false, true));
        check(wrong, "getBestRowIdentifier", ROW_IDENTIFIER, m -> m.getBestRowIdentifier(null, null, "child", 0, true));
        check(wrong, "getVersionColumns", ROW_IDENTIFIER, m -> m.getVersionColumns(null, null, "child"));
        check(
                wrong,
                "getProcedures",
                "PROCEDURE_CAT:S PROCEDURE_SCHEM:S PROCEDURE_NAME:S *:* *:* *:* REMARKS:S PROCEDURE_TYPE:H SPECIFIC_NAME:S",
                m -> m.getProcedures(null, null, "%"));
        check(
                wrong,
                "getProcedureColumns",
                "PROCEDURE_CAT:S PROCEDURE_SCHEM:S PROCEDURE_NAME:S COLUMN_NAME:S COLUMN_TYPE:H DATA_TYPE:I TYPE_NAME:S"
                        + " PRECISION:I LENGTH:I SCALE:H RADIX:H NULLABLE:H REMARKS:S COLUMN_DEF:S SQL_DATA_TYPE:I"
                        + " SQL_DATETIME_SUB:I CHAR_OCTET_LENGTH:I ORDINAL_POSITION:I IS_NULLABLE:S SPECIFIC_NAME:S",
                m -> m.getProcedureColumns(null, null, "%", "%"));
        check(
                wrong,
                "getFunctions",
                "FUNCTION_CAT:S FUNCTION_SCHEM:S FUNCTION_NAME:S REMARKS:S FUNCTION_TYPE:H SPECIFIC_NAME:S",
                m -> m.getFunctions(null, null, "%"));
        check(
                wrong,
                "getFunctionColumns",
                "FUNCTION_CAT:S FUNCTION_SCHEM:S FUNCTION_NAME:S COLUMN_NAME:S COLUMN_TYPE:H DATA_TYPE:I TYPE_NAME:S"
                        + " PRECISION:I LENGTH:I SCALE:H RADIX:H NULLABLE:H REMARKS:S CHAR_OCTET_LENGTH:I"
                        + " ORDINAL_POSITION:I IS_NULLABLE:S SPECIFIC_NAME:S",
                m -> m.getFunctionColumns(null, null, "%", "%"));
        check(
                wrong,
                "getTablePrivileges",
                "TABLE_CAT:S TABLE_SCHEM:S TABLE_NAME:S GRANTOR:S GRANTEE:S PRIVILEGE:S IS_GRANTABLE:S",
                m -> m.getTablePrivileges(null, null, "child"));
        check(
                wrong,
                "getColumnPrivileges",
                "TABLE_CAT:S TABLE_SCHEM:S TABLE_NAME:S COLUMN_NAME:S GRANTOR:S GRANTEE:S PRIVILEGE:S IS_GRANTABLE:S",
                m -> m.getColumnPrivileges(null, null, "child", "%"));
        check(
                wrong,
                "getTypeInfo",
                "TYPE_NAME:S DATA_TYPE:I PRECISION:I LITERAL_PREFIX:S LITERAL_SUFFIX:S CREATE_PARAMS:S NULLABLE:H"
                        + " CASE_SENSITIVE:B SEARCHABLE:H UNSIGNED_ATTRIBUTE:B FIXED_PREC_SCALE:B AUTO_INCREMENT:B"
                        + " LOCAL_TYPE_NAME:S MINIMUM_SCALE:H MAXIMUM_SCALE:H SQL_DATA_TYPE:I SQL_DATETIME_SUB:I"
                        + " NUM_PREC_RADIX:I",
                DatabaseMetaData::getTypeInfo);
        check(
                wrong,
                "getUDTs",
                "TYPE_CAT:S TYPE_SCHEM:S TYPE_NAME:S CLASS_NAME:S DATA_TYPE:I REMARKS:S BASE_TYPE:H",
                m -> m.getUDTs(null, null, "%", null));
        check(
                wrong,
                "getSuperTypes",
                "TYPE_CAT:S TYPE_SCHEM:S TYPE_NAME:S SUPERTYPE_CAT:S SUPERTYPE_SCHEM:S SUPERTYPE_NAME:S",
                m -> m.getSuperTypes(null, null, "%"));
        check(
                wrong,
                "getSuperTables",
                "TABLE_CAT:S TABLE_SCHEM:S TABLE_NAME:S SUPERTABLE_NAME:S",
                m -> m.getSuperTables(null, null, "%"));
        check(
                wrong,
                "getAttributes",
                "TYPE_CAT:S TYPE_SCHEM:S TYPE_NAME:S ATTR_NAME:S DATA_TYPE:I ATTR_TYPE_NAME:S ATTR_SIZE:I DECIMAL_DIGITS:I"
                        + " NUM_PREC_RADIX:I NULLABLE:I REMARKS:S ATTR_DEF:S SQL_DATA_TYPE:I SQL_DATETIME_SUB:I"
                        + " CHAR_OCTET_LENGTH:I ORDINAL_POSITION:I IS_NULLABLE:S SCOPE_CATALOG:S SCOPE_SCHEMA:S"
                        + " SCOPE_TABLE:S SOURCE_DATA_TYPE:H",
                m -> m.getAttributes(null, null, "%", "%"));
        check(
                wrong,
                "getClientInfoProperties",
                "NAME:S MAX_LEN:I DEFAULT_VALUE:S DESCRIPTION:S",
                DatabaseMetaData::getClientInfoProperties);
        check(
                wrong,
                "getPseudoColumns",
                "TABLE_CAT:S TABLE_SCHEM:S TABLE_NAME:S COLUMN_NAME:S DATA_TYPE:I COLUMN_SIZE:I DECIMAL_DIGITS:I"
                        + " NUM_PREC_RADIX:I COLUMN_USAGE:S REMARKS:S CHAR_OCTET_LENGTH:I IS_NULLABLE:S",
                m -> m.getPseudoColumns(null, null, "%", "%"));
        assertThat(wrong).isEmpty();
    }

    private void check(List<String> wrong, String name, String specified, Call call) throws SQLException {
        Connection connection = connection();
        try (ResultSet result = call.of(connection.getMetaData())) {
            ResultSetMetaData columns = result.getMetaData();
            String[] expected = specified.split(" ");
            if (columns.getColumnCount() < expected.length) {
                wrong.add(name + " has " + columns.getColumnCount() + " columns instead of " + expected.length);
                return;
            }
            for (int i = 1; i <= expected.length; i++) {
                String column = expected[i - 1].substring(0, expected[i - 1].indexOf(':'));
                char type = expected[i - 1].charAt(expected[i - 1].length() - 1);
                if (!column.equals("*") && !columns.getColumnLabel(i).equals(column)) {
                    wrong.add(name + " calls column " + i + " " + columns.getColumnLabel(i) + " instead of " + column);
                }
                if (type != '*' && !TAKEN.get(type).contains(columns.getColumnType(i))) {
                    wrong.add(name + " gives " + column + " as " + columns.getColumnTypeName(i));
                }
            }
            while (result.next()) {
                for (int i = 1; i <= expected.length; i++) {
                    read(result, i, expected[i - 1].charAt(expected[i - 1].length() - 1));
                }
            }
        } catch (SQLException e) {
            wrong.add(name + " fails: " + e.getMessage());
        }
    }

    private static void read(ResultSet result, int column, char type) throws SQLException {
        switch (type) {
            case 'S' -> result.getString(column);
            case 'I' -> result.getInt(column);
            case 'H' -> result.getShort(column);
            case 'L' -> result.getLong(column);
            case 'B' -> result.getBoolean(column);
            default -> result.getObject(column);
        }
    }
}
