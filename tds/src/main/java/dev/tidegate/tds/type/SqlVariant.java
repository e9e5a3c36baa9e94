package dev.tidegate.tds.type;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * A value of sql_variant: it brings its own type ([MS-TDS] 2.2.5.5.4). NULL is a null reference, not one of these.
 *
 * @param type base type; not a (max) type, text, ntext, image, xml, udt, json, vector or sql_variant
 * @param value in the Java form that {@link ValueCodec} documents for {@code type}; never null
 */
public record SqlVariant(TypeInfo type, Object value) {
    public SqlVariant {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(value, "value");
    }

    /**
     * Wraps a value with the type that its Java class implies: String becomes nvarchar, BigDecimal decimal of its own precision, times
     * get scale 7.
     *
     * @throws ValueOutOfRangeException if no base type takes the value
     */
    public static SqlVariant of(Object value) {
        if (value instanceof SqlVariant) {
            return (SqlVariant) value;
        }
        return new SqlVariant(typeOf(value), value);
    }

    /** Equal by content, as byte arrays are not by themselves. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SqlVariant that && type.equals(that.type) && Objects.deepEquals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.deepHashCode(new Object[] {value});
    }

    @Override
    public String toString() {
        return type.toSql() + " " + Arrays.deepToString(new Object[] {value});
    }

    private static TypeInfo typeOf(Object value) {
        if (value instanceof CharSequence) {
            int chars = ((CharSequence) value).length();
            if (chars > 4000) {
                throw new ValueOutOfRangeException(
                        "text of " + chars + " characters does not fit sql_variant; 0 to 4000 do");
            }
            return TypeInfo.nvarchar(Math.max(1, chars), Collation.DEFAULT);
        }
        if (value instanceof byte[]) {
            int length = ((byte[]) value).length;
            if (length > 8000) {
                throw new ValueOutOfRangeException(length + " bytes do not fit sql_variant; 0 to 8000 do");
            }
            return TypeInfo.varbinary(Math.max(1, length));
        }
        if (value instanceof BigDecimal) {
            return decimalTypeOf((BigDecimal) value);
        }
        TypeInfo type = value == null ? null : simpleTypeOf(value);
        if (type == null) {
            throw new ValueOutOfRangeException("sql_variant takes no "
                    + (value == null ? "null" : value.getClass().getName()) + " without a base type");
        }
        return type;
    }

    private static TypeInfo decimalTypeOf(BigDecimal value) {
        int scale = Math.max(0, value.scale());
        int precision = Math.max(value.precision() - value.scale() + scale, Math.max(1, scale));
        if (precision > 38) {
            throw new ValueOutOfRangeException(
                    "a number of " + precision + " digits does not fit sql_variant; 1 to 38 do");
        }
        return TypeInfo.decimal(precision, scale);
    }

    private static TypeInfo simpleTypeOf(Object value) {
        if (value instanceof Boolean) {
            return TypeInfo.bit();
        } else if (value instanceof Short || value instanceof Byte) {
            return TypeInfo.smallint();
        } else if (value instanceof Integer) {
            return TypeInfo.integer();
        } else if (value instanceof Long) {
            return TypeInfo.bigint();
        } else if (value instanceof Float) {
            return TypeInfo.real();
        } else if (value instanceof Double) {
            return TypeInfo.float8();
        } else if (value instanceof LocalDate) {
            return TypeInfo.date();
        } else if (value instanceof LocalTime) {
            return TypeInfo.time(7);
        } else if (value instanceof LocalDateTime) {
            return TypeInfo.datetime2(7);
        } else if (value instanceof OffsetDateTime) {
            return TypeInfo.datetimeoffset(7);
        } else if (value instanceof UUID) {
            return TypeInfo.uniqueidentifier();
        }
        return null;
    }
}
