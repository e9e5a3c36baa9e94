package dev.tidegate.tds.row;

import dev.tidegate.tds.type.TypeInfo;

/** Chooses the encoder of a column. */
final class ColumnEncoders {
    private ColumnEncoders() {}

    static ColumnEncoder of(TypeInfo type) {
        if (LongValues.hasTextPointer(type)) {
            return new BytesEncoders.Pointed(type);
        }
        boolean max = type.isChunked();
        return switch (type.sqlType()) {
            case BIT -> new IntegerEncoders.Bit(type);
            case TINYINT -> new IntegerEncoders.TinyInt(type);
            case SMALLINT -> new IntegerEncoders.SmallInt(type);
            case INT -> new IntegerEncoders.Int(type);
            case BIGINT -> new IntegerEncoders.BigInt(type);
            case REAL -> new NumberEncoders.Real(type);
            case FLOAT -> new NumberEncoders.Double64(type);
            case DECIMAL, NUMERIC -> new NumberEncoders.Decimal(type);
            case SMALLMONEY -> new NumberEncoders.SmallMoney(type);
            case MONEY -> new NumberEncoders.Money(type);
            case DATE -> new TemporalEncoders.Date(type);
            case TIME -> new TemporalEncoders.Time(type);
            case SMALLDATETIME -> new TemporalEncoders.SmallDateTime(type);
            case DATETIME -> new TemporalEncoders.DateTime(type);
            case DATETIME2 -> new TemporalEncoders.DateTime2(type);
            case DATETIMEOFFSET -> new TemporalEncoders.DateTimeOffset(type);
            case UNIQUEIDENTIFIER -> new BytesEncoders.Guid(type);
            case XML -> new BytesEncoders.MaxUtf16(type);
            case NCHAR, NVARCHAR -> max ? new BytesEncoders.MaxUtf16(type) : new BytesEncoders.Utf16(type);
            case JSON -> new BytesEncoders.MaxText(type);
            case CHAR, VARCHAR -> max ? new BytesEncoders.MaxText(type) : new BytesEncoders.Text(type);
            case UDT -> new BytesEncoders.MaxBinary(type);
            case BINARY, VARBINARY -> max ? new BytesEncoders.MaxBinary(type) : new BytesEncoders.Binary(type);
            case VECTOR -> new BytesEncoders.Vector(type);
            case SQL_VARIANT -> new BytesEncoders.Variant(type);
            default -> throw new IllegalArgumentException("a column cannot be of type " + type.toSql());
        };
    }
}
