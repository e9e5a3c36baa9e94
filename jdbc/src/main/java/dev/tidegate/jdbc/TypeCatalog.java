package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.SqlKind;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;

/** The types of SQL Server as {@code DatabaseMetaData.getTypeInfo} lists them. */
final class TypeCatalog {
    /** What differs from type to type and is not told by {@link SqlKind} already. */
    private record Entry(SqlKind kind, int precision, String quotes, String parameters, int maxScale) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry(SqlKind.BIT, 1, null, null, 0),
            new Entry(SqlKind.TINYINT, 3, null, null, 0),
            new Entry(SqlKind.SMALLINT, 5, null, null, 0),
            new Entry(SqlKind.INT, 10, null, null, 0),
            new Entry(SqlKind.BIGINT, 19, null, null, 0),
            new Entry(SqlKind.REAL, 7, null, null, 0),
            new Entry(SqlKind.FLOAT, 15, null, null, 0),
            new Entry(SqlKind.DECIMAL, 38, null, "precision,scale", 38),
            new Entry(SqlKind.NUMERIC, 38, null, "precision,scale", 38),
            new Entry(SqlKind.MONEY, 19, null, null, 4),
            new Entry(SqlKind.SMALLMONEY, 10, null, null, 4),
            new Entry(SqlKind.DATE, 10, "'", null, 0),
            new Entry(SqlKind.TIME, 16, "'", "scale", 7),
            new Entry(SqlKind.SMALLDATETIME, 16, "'", null, 0),
            new Entry(SqlKind.DATETIME, 23, "'", null, 3),
            new Entry(SqlKind.DATETIME2, 27, "'", "scale", 7),
            new Entry(SqlKind.DATETIMEOFFSET, 34, "'", "scale", 7),
            new Entry(SqlKind.CHAR, 8000, "'", "length", 0),
            new Entry(SqlKind.VARCHAR, 8000, "'", "max length", 0),
            new Entry(SqlKind.TEXT, Integer.MAX_VALUE, "'", null, 0),
            new Entry(SqlKind.NCHAR, 4000, "N'", "length", 0),
            new Entry(SqlKind.NVARCHAR, 4000, "N'", "max length", 0),
            new Entry(SqlKind.NTEXT, Integer.MAX_VALUE / 2, "N'", null, 0),
            new Entry(SqlKind.BINARY, 8000, "0x", "length", 0),
            new Entry(SqlKind.VARBINARY, 8000, "0x", "max length", 0),
            new Entry(SqlKind.IMAGE, Integer.MAX_VALUE, "0x", null, 0),
            new Entry(SqlKind.UNIQUEIDENTIFIER, 36, "'", null, 0),
            new Entry(SqlKind.XML, Integer.MAX_VALUE / 2, "N'", null, 0),
            new Entry(SqlKind.SQL_VARIANT, 8000, null, null, 0));

    private TypeCatalog() {}

    static TidegateResultSet result() {
        List<Object[]> rows = new ArrayList<>();
        for (Entry entry : ENTRIES) {
            rows.add(row(entry));
        }
        return new MetaDataShape()
                .text("TYPE_NAME")
                .number("DATA_TYPE")
                .number("PRECISION")
                .text("LITERAL_PREFIX")
                .text("LITERAL_SUFFIX")
                .text("CREATE_PARAMS")
                .number("NULLABLE")
                .flag("CASE_SENSITIVE", (answer, row) -> null)
                .number("SEARCHABLE")
                .flag("UNSIGNED_ATTRIBUTE", (answer, row) -> null)
                .flag("FIXED_PREC_SCALE", (answer, row) -> null)
                .flag("AUTO_INCREMENT", (answer, row) -> null)
                .text("LOCAL_TYPE_NAME")
                .number("MINIMUM_SCALE")
                .number("MAXIMUM_SCALE")
                .number("SQL_DATA_TYPE")
                .number("SQL_DATETIME_SUB")
                .number("NUM_PREC_RADIX")
                .result(rows, "DATA_TYPE");
    }

    private static Object[] row(Entry entry) {
        SqlKind kind = entry.kind();
        boolean money = kind == SqlKind.MONEY || kind == SqlKind.SMALLMONEY;
        boolean searchable = kind != SqlKind.XML && kind != SqlKind.IMAGE;
        String suffix = entry.quotes() == null || entry.quotes().equals("0x") ? null : "'";
        return new Object[] {
            kind.sqlName(),
            kind.jdbcType(),
            entry.precision(),
            entry.quotes(),
            suffix,
            entry.parameters(),
            DatabaseMetaData.typeNullable,
            false,
            searchable ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredNone,
            kind.isNumeric() ? kind == SqlKind.TINYINT : null,
            money,
            false,
            kind.sqlName(),
            0,
            entry.maxScale(),
            null,
            null,
            kind.isNumeric() ? 10 : null
        };
    }
}
