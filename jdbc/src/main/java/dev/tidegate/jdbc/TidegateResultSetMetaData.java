package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.SqlKind;
import dev.tidegate.jdbc.convert.TypeFacts;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/** What COLMETADATA says of a result's columns. Immutable. */
final class TidegateResultSetMetaData extends SqlWrapper implements ResultSetMetaData {
    /** The user type of rowversion, which is otherwise binary(8). */
    private static final int ROWVERSION = 80;

    private final List<Column> columns;

    TidegateResultSetMetaData(List<Column> columns) {
        this.columns = columns;
    }

    private Column column(int number) throws SQLException {
        if (number < 1 || number > columns.size()) {
            throw Failures.invalid("there is no column " + number + ": the result has columns 1 to " + columns.size());
        }
        return columns.get(number - 1);
    }

    private TypeInfo type(int number) throws SQLException {
        return column(number).type();
    }

    private SqlKind kind(int number) throws SQLException {
        return SqlKind.of(type(number));
    }

    @Override
    public int getColumnCount() {
        return columns.size();
    }

    @Override
    public String getColumnLabel(int number) throws SQLException {
        return column(number).name();
    }

    @Override
    public String getColumnName(int number) throws SQLException {
        return column(number).name();
    }

    @Override
    public int getColumnType(int number) throws SQLException {
        return kind(number).jdbcType();
    }

    @Override
    public String getColumnTypeName(int number) throws SQLException {
        if (column(number).userType() == ROWVERSION) {
            return "timestamp";
        }
        return kind(number).sqlName();
    }

    @Override
    public String getColumnClassName(int number) throws SQLException {
        return kind(number).javaClass().getName();
    }

    @Override
    public int getPrecision(int number) throws SQLException {
        return TypeFacts.precision(type(number));
    }

    @Override
    public int getScale(int number) throws SQLException {
        return TypeFacts.scale(type(number));
    }

    @Override
    public int getColumnDisplaySize(int number) throws SQLException {
        return TypeFacts.displaySize(type(number));
    }

    @Override
    public boolean isSigned(int number) throws SQLException {
        return TypeFacts.signed(type(number));
    }

    @Override
    public boolean isAutoIncrement(int number) throws SQLException {
        return column(number).isIdentity();
    }

    @Override
    public boolean isCaseSensitive(int number) throws SQLException {
        return kind(number).isText() && (column(number).flags() & Column.CASE_SENSITIVE) != 0;
    }

    @Override
    public boolean isSearchable(int number) throws SQLException {
        SqlKind kind = kind(number);
        return kind != SqlKind.TEXT && kind != SqlKind.NTEXT && kind != SqlKind.IMAGE && kind != SqlKind.XML;
    }

    @Override
    public boolean isCurrency(int number) throws SQLException {
        SqlKind kind = kind(number);
        return kind == SqlKind.MONEY || kind == SqlKind.SMALLMONEY;
    }

    @Override
    public int isNullable(int number) throws SQLException {
        int flags = column(number).flags();
        if ((flags & Column.NULLABLE_UNKNOWN) != 0) {
            return columnNullableUnknown;
        }
        return (flags & Column.NULLABLE) != 0 ? columnNullable : columnNoNulls;
    }

    @Override
    public boolean isReadOnly(int number) throws SQLException {
        return (column(number).flags() & Column.UPDATEABLE_MASK) == 0;
    }

    @Override
    public boolean isWritable(int number) throws SQLException {
        return !isReadOnly(number);
    }

    @Override
    public boolean isDefinitelyWritable(int number) throws SQLException {
        return (column(number).flags() & Column.UPDATEABLE_MASK) == Column.UPDATEABLE;
    }

    /** The server tells it for text, ntext and image columns only. */
    @Override
    public String getTableName(int number) throws SQLException {
        List<String> parts = column(number).tableName();
        return parts.isEmpty() ? "" : parts.get(parts.size() - 1);
    }

    @Override
    public String getSchemaName(int number) throws SQLException {
        List<String> parts = column(number).tableName();
        return parts.size() < 2 ? "" : parts.get(parts.size() - 2);
    }

    @Override
    public String getCatalogName(int number) throws SQLException {
        List<String> parts = column(number).tableName();
        return parts.size() < 3 ? "" : parts.get(parts.size() - 3);
    }
}
