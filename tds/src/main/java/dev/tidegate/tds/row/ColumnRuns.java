package dev.tidegate.tds.row;

import dev.tidegate.tds.type.TypeInfo;

/** Chooses how the values of a column are written in runs. */
final class ColumnRuns {
    private ColumnRuns() {}

    /** @return null for types whose values are only written one by one */
    static ColumnRun of(TypeInfo type) {
        if (LongValues.hasTextPointer(type)) {
            return null;
        }
        return switch (type.sqlType()) {
            case BIT -> new NumberRuns.Unsigned(type, 1);
            case TINYINT -> new NumberRuns.Unsigned(type, 255);
            case SMALLINT -> new NumberRuns.Whole(type, Short.BYTES);
            case INT -> new NumberRuns.Whole(type, Integer.BYTES);
            case BIGINT -> new NumberRuns.Whole(type, Long.BYTES);
            case REAL -> new NumberRuns.Real(type);
            case FLOAT -> new NumberRuns.Double64(type);
            case DECIMAL, NUMERIC -> decimal(type);
            case SMALLMONEY -> new NumberRuns.Money(type, true);
            case MONEY -> new NumberRuns.Money(type, false);
            case DATE -> new TemporalRuns.Date(type);
            case TIME -> new TemporalRuns.Time(type);
            case SMALLDATETIME -> new TemporalRuns.SmallDateTime(type);
            case DATETIME -> new TemporalRuns.DateTime(type);
            case DATETIME2 -> new TemporalRuns.DateTime2(type);
            case DATETIMEOFFSET -> new TemporalRuns.DateTimeOffset(type);
            case UNIQUEIDENTIFIER -> new PairRun.Guid(type);
            case NCHAR, NVARCHAR, CHAR, VARCHAR, XML, JSON -> new TextRun(type);
            case BINARY, VARBINARY, UDT -> new BytesRun.Binary(type);
            default -> null;
        };
    }

    private static ColumnRun decimal(TypeInfo type) {
        int length = Math.max(type.maxLength(), TypeInfo.decimalLength(type.precision()));
        return NumberRuns.Decimal.exists(length) ? new NumberRuns.Decimal(type, length) : null;
    }
}
