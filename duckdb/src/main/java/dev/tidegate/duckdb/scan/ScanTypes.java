package dev.tidegate.duckdb.scan;

import dev.tidegate.tds.type.TypeInfo;

/** The DuckDB type that a scan has for a SQL Server type. */
public final class ScanTypes {
    private ScanTypes() {}

    /** As DESCRIBE shows it. */
    public static String of(TypeInfo type) {
        return switch (type.sqlType()) {
            case BIT -> "BOOLEAN";
            case TINYINT -> "UTINYINT";
            case SMALLINT -> "SMALLINT";
            case INT -> "INTEGER";
            case BIGINT -> "BIGINT";
            case REAL -> "FLOAT";
            case FLOAT -> "DOUBLE";
            case DECIMAL, NUMERIC -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
            case MONEY -> "DECIMAL(19,4)";
            case SMALLMONEY -> "DECIMAL(10,4)";
            case DATE -> "DATE";
            case TIME -> type.scale() == 7 ? "TIME_NS" : "TIME";
            case SMALLDATETIME, DATETIME -> "TIMESTAMP";
            case DATETIME2 -> type.scale() == 7 ? "TIMESTAMP_NS" : "TIMESTAMP";
            case DATETIMEOFFSET -> "TIMESTAMP WITH TIME ZONE";
            case UNIQUEIDENTIFIER -> "UUID";
            case BINARY, VARBINARY, IMAGE, UDT -> "BLOB";
            default -> "VARCHAR";
        };
    }
}
