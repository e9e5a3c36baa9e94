package dev.tidegate.duckdb.write;

import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** Values of a column, one by one, in the Java forms that {@link dev.tidegate.tds.type.ValueCodec} documents. */
final class CellValues {
    private static final int NANOS_OF_TICK = 100;
    private static final int MONEY_SCALE = 4;

    private CellValues() {}

    /** A type of parameters that holds all values of a column's type. */
    static TypeInfo parameterType(TypeInfo column) {
        return switch (column.sqlType()) {
            case TEXT -> TypeInfo.varchar(TypeInfo.PLP, column.collation());
            case NTEXT -> TypeInfo.nvarchar(TypeInfo.PLP, column.collation());
            case IMAGE, UDT -> TypeInfo.varbinary(TypeInfo.PLP);
            case XML, JSON, VECTOR, SQL_VARIANT, UNIQUEIDENTIFIER -> column;
            default -> TypeInfo.ofSql(column.toSql(), column.collation());
        };
    }

    /** @return null for NULL */
    static Object of(ColumnSource source, TypeInfo type, int row) {
        if (source.isNull(row)) {
            return null;
        }
        return switch (type.sqlType()) {
            case BIT -> source.getLong(row) != 0;
            case TINYINT, SMALLINT -> (short) source.getLong(row);
            case INT -> (int) source.getLong(row);
            case BIGINT -> source.getLong(row);
            case REAL -> (float) source.getDouble(row);
            case FLOAT -> source.getDouble(row);
            case DECIMAL, NUMERIC -> decimal(source, type.scale(), row);
            case MONEY, SMALLMONEY -> decimal(source, MONEY_SCALE, row);
            case DATE -> date(source, row);
            case TIME -> time(source, row);
            case SMALLDATETIME, DATETIME, DATETIME2 -> LocalDateTime.of(date(source, row), time(source, row));
            case DATETIMEOFFSET ->
                OffsetDateTime.of(date(source, row), time(source, row), ZoneOffset.UTC)
                        .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(source.getOffsetMinutes(row) * 60));
            case UNIQUEIDENTIFIER -> new UUID(source.getUuidHigh(row), source.getUuidLow(row));
            case CHAR, VARCHAR, TEXT, NCHAR, NVARCHAR, NTEXT, XML, JSON ->
                source.getText(row).toString();
            case BINARY, VARBINARY, IMAGE, UDT -> source.getBytes(row).clone();
            case NULL, VECTOR, SQL_VARIANT, TABLE -> throw new IllegalStateException(type.toSql() + " has no source");
        };
    }

    private static BigDecimal decimal(ColumnSource source, int scale, int row) {
        BigInteger low = BigInteger.valueOf(source.getDecimalLow(row));
        if (low.signum() < 0) {
            low = low.add(BigInteger.ONE.shiftLeft(Long.SIZE));
        }
        return new BigDecimal(
                BigInteger.valueOf(source.getDecimalHigh(row))
                        .shiftLeft(Long.SIZE)
                        .add(low),
                scale);
    }

    private static LocalDate date(ColumnSource source, int row) {
        return LocalDate.ofEpochDay(source.getEpochDay(row));
    }

    private static LocalTime time(ColumnSource source, int row) {
        return LocalTime.ofNanoOfDay(source.getTicks(row) * NANOS_OF_TICK);
    }
}
