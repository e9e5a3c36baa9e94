package dev.tidegate.tds.row;

import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnsupportedCollationException;

/** Chooses the decoder of a column. */
final class ColumnDecoders {
    private ColumnDecoders() {}

    /**
     * @param most longest (max) value accepted, in bytes
     * @param unreadable is told of values that cannot be handed on
     */
    static ColumnDecoder of(TypeInfo type, int most, UnreadableValues unreadable) {
        if (LongValues.isLong(type)) {
            return new LongDecoder(type, most, unreadable);
        }
        return switch (type.sqlType()) {
            case BIT -> new IntegerDecoders.Bit(type);
            case TINYINT -> new IntegerDecoders.TinyInt(type);
            case SMALLINT -> new IntegerDecoders.SmallInt(type);
            case INT -> new IntegerDecoders.Int(type);
            case BIGINT -> new IntegerDecoders.BigInt(type);
            case REAL -> new NumberDecoders.Real(type);
            case FLOAT -> new NumberDecoders.Double64(type);
            case DECIMAL, NUMERIC -> new NumberDecoders.Decimal(type);
            case SMALLMONEY -> new NumberDecoders.SmallMoney(type);
            case MONEY -> new NumberDecoders.Money(type);
            case DATE -> new TemporalDecoders.Date(type);
            case TIME -> new TemporalDecoders.Time(type);
            case SMALLDATETIME -> new TemporalDecoders.SmallDateTime(type);
            case DATETIME -> new TemporalDecoders.DateTime(type);
            case DATETIME2 -> new TemporalDecoders.DateTime2(type);
            case DATETIMEOFFSET -> new TemporalDecoders.DateTimeOffset(type);
            case UNIQUEIDENTIFIER -> new BytesDecoders.Guid(type);
            case NCHAR, NVARCHAR -> new BytesDecoders.Utf16(type);
            case CHAR, VARCHAR -> text(type, unreadable);
            case BINARY, VARBINARY, VECTOR -> new BytesDecoders.Binary(type);
            case SQL_VARIANT -> new VariantDecoder(type);
            case NULL -> new BytesDecoders.Nothing(type);
            default -> throw new IllegalArgumentException("a column cannot be of type " + type.toSql());
        };
    }

    private static ColumnDecoder text(TypeInfo type, UnreadableValues unreadable) {
        try {
            return new BytesDecoders.Text(type);
        } catch (UnsupportedCollationException e) {
            return new UnreadableDecoder(type, unreadable, e);
        }
    }
}
