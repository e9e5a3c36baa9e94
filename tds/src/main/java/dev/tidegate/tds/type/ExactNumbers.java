package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads a value's bytes as a number of another type, if it stays exact there. Every method throws {@link ValueOutOfRangeException} if it
 * does not, or the value is no number. The caller has checked that types of one width have it.
 */
public final class ExactNumbers {
    private ExactNumbers() {}

    /** The value as a whole number of 64 bits. */
    public static long toLong(TypeInfo type, byte[] bytes, int offset, int length) throws IOException {
        SqlTypeName sqlType = type.sqlType();
        return switch (sqlType) {
            case BIT -> bytes[offset] == 0 ? 0 : 1;
            case TINYINT -> bytes[offset] & 0xFF;
            case SMALLINT -> LittleEndian.getShort(bytes, offset);
            case INT -> LittleEndian.getInt(bytes, offset);
            case BIGINT -> LittleEndian.getLong(bytes, offset);
            case REAL, FLOAT -> whole(floating(sqlType, bytes, offset));
            case DECIMAL, NUMERIC, MONEY, SMALLMONEY -> whole(decimal(type, bytes, offset, length));
            case SQL_VARIANT -> {
                TypeInfo base = VariantBytes.type(bytes, offset, length);
                int start = VariantBytes.valueOffset(bytes, offset);
                ContentReader.checkLength(base.sqlType(), length - start);
                yield toLong(base, bytes, offset + start, length - start);
            }
            default -> throw noNumber(type);
        };
    }

    /** The value as a double. */
    public static double toDouble(TypeInfo type, byte[] bytes, int offset, int length) throws IOException {
        SqlTypeName sqlType = type.sqlType();
        switch (sqlType) {
            case REAL:
            case FLOAT:
                return floating(sqlType, bytes, offset);
            case BIT:
            case TINYINT:
            case SMALLINT:
            case INT:
            case BIGINT:
                return JavaForms.toDouble(toLong(type, bytes, offset, length), "a double");
            case SQL_VARIANT:
                TypeInfo base = VariantBytes.type(bytes, offset, length);
                int start = VariantBytes.valueOffset(bytes, offset);
                ContentReader.checkLength(base.sqlType(), length - start);
                return toDouble(base, bytes, offset + start, length - start);
            default:
                throw new ValueOutOfRangeException(type.toSql() + " is not read as a double, which would not be exact");
        }
    }

    /** The value as a decimal number, in the scale of its type. */
    public static BigDecimal toDecimal(TypeInfo type, byte[] bytes, int offset, int length) throws IOException {
        switch (type.sqlType()) {
            case DECIMAL:
            case NUMERIC:
            case MONEY:
            case SMALLMONEY:
                return decimal(type, bytes, offset, length);
            case SQL_VARIANT:
                TypeInfo base = VariantBytes.type(bytes, offset, length);
                int start = VariantBytes.valueOffset(bytes, offset);
                ContentReader.checkLength(base.sqlType(), length - start);
                return toDecimal(base, bytes, offset + start, length - start);
            case REAL:
            case FLOAT:
                throw new ValueOutOfRangeException(
                        type.toSql() + " is not read as a decimal, which would not be exact");
            default:
                return BigDecimal.valueOf(toLong(type, bytes, offset, length));
        }
    }

    private static double floating(SqlTypeName type, byte[] bytes, int offset) {
        return type == SqlTypeName.REAL
                ? Float.intBitsToFloat(LittleEndian.getInt(bytes, offset))
                : Double.longBitsToDouble(LittleEndian.getLong(bytes, offset));
    }

    private static BigDecimal decimal(TypeInfo type, byte[] bytes, int offset, int length) throws IOException {
        return (BigDecimal) ContentReader.read(type, bytes, offset, length);
    }

    private static long whole(double value) {
        // 2^63 itself is a double, and just too large.
        if (value != Math.rint(value) || value < -0x1p63 || value >= 0x1p63) {
            throw new ValueOutOfRangeException(value + " is not a whole number of 64 bits");
        }
        return (long) value;
    }

    private static long whole(BigDecimal value) {
        try {
            BigInteger exact = value.toBigIntegerExact();
            return exact.longValueExact();
        } catch (ArithmeticException e) {
            throw new ValueOutOfRangeException(value + " is not a whole number of 64 bits");
        }
    }

    private static ValueOutOfRangeException noNumber(TypeInfo type) {
        return new ValueOutOfRangeException(type.toSql() + " is not a number");
    }
}
