package dev.tidegate.arrow.load;

import dev.tidegate.arrow.type.FieldMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.VectorBytes;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.extension.UuidType;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** The SQL Server type that holds an Arrow field's values, for new tables and for parameters; the table is in docs/types.md. */
public final class TargetTypes {
    private static final int MOST_DIGITS = 38;

    private TargetTypes() {}

    /**
     * The type that the field says it was read from, where its values go into that; else the one that holds every value of its Arrow type.
     *
     * @throws SQLFeatureNotSupportedException for an Arrow type that SQL Server has no place for
     */
    public static TypeInfo of(Field field) throws SQLException {
        Optional<TypeInfo> declared = FieldMetadata.declaredType(field);
        if (declared.isPresent() && takes(field, declared.get())) {
            return declared.get();
        }
        TypeInfo type = ofArrow(field, field.getType());
        if (type == null) {
            throw new SQLFeatureNotSupportedException(
                    "column \"" + field.getName() + "\": SQL Server has no type for " + field.getType()
                            + " of Arrow; make text of it, such as JSON",
                    "0A000");
        }
        return type;
    }

    private static boolean takes(Field field, TypeInfo type) {
        try {
            new LoadMapping(Set.of()).source(field, new Column(field.getName(), type, Column.NULLABLE));
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static TypeInfo ofArrow(Field field, ArrowType type) {
        return switch (type.getTypeID()) {
            case Null -> TypeInfo.nvarchar(1, Collation.DEFAULT);
            case Bool -> TypeInfo.bit();
            case Int -> whole((ArrowType.Int) type);
            case FloatingPoint -> floating((ArrowType.FloatingPoint) type);
            case Decimal -> decimal((ArrowType.Decimal) type);
            case Utf8, LargeUtf8 -> TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT);
            case Binary, LargeBinary -> TypeInfo.varbinary(TypeInfo.PLP);
            case FixedSizeBinary -> bytes(((ArrowType.FixedSizeBinary) type).getByteWidth());
            case Date -> TypeInfo.date();
            case Time -> TypeInfo.time(digits(((ArrowType.Time) type).getUnit()));
            case Timestamp -> timestamp((ArrowType.Timestamp) type);
            case FixedSizeList -> embedding(field, (ArrowType.FixedSizeList) type);
            default -> type instanceof UuidType ? TypeInfo.uniqueidentifier() : null;
        };
    }

    private static TypeInfo whole(ArrowType.Int type) {
        boolean signed = type.getIsSigned();
        return switch (type.getBitWidth()) {
            case 8 -> signed ? TypeInfo.smallint() : TypeInfo.tinyint();
            case 16 -> signed ? TypeInfo.smallint() : TypeInfo.integer();
            case 32 -> signed ? TypeInfo.integer() : TypeInfo.bigint();
            default -> signed ? TypeInfo.bigint() : TypeInfo.decimal(20, 0);
        };
    }

    private static TypeInfo floating(ArrowType.FloatingPoint type) {
        return type.getPrecision() == FloatingPointPrecision.HALF
                ? null
                : type.getPrecision() == FloatingPointPrecision.SINGLE ? TypeInfo.real() : TypeInfo.float8();
    }

    private static TypeInfo decimal(ArrowType.Decimal type) {
        boolean exists =
                type.getPrecision() <= MOST_DIGITS && type.getScale() >= 0 && type.getScale() <= type.getPrecision();
        return exists ? TypeInfo.decimal(type.getPrecision(), type.getScale()) : null;
    }

    private static TypeInfo bytes(int width) {
        return width >= 1 && width <= 8000 ? TypeInfo.binary(width) : TypeInfo.varbinary(TypeInfo.PLP);
    }

    private static TypeInfo timestamp(ArrowType.Timestamp type) {
        int digits = digits(type.getUnit());
        return type.getTimezone() == null ? TypeInfo.datetime2(digits) : TypeInfo.datetimeoffset(digits);
    }

    private static int digits(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 0;
            case MILLISECOND -> 3;
            case MICROSECOND -> 6;
            case NANOSECOND -> 7;
        };
    }

    private static TypeInfo embedding(Field field, ArrowType.FixedSizeList type) {
        if (!(field.getChildren().get(0).getType() instanceof ArrowType.FloatingPoint point)
                || point.getPrecision() == FloatingPointPrecision.DOUBLE) {
            return null;
        }
        int element = point.getPrecision() == FloatingPointPrecision.HALF ? VectorBytes.FLOAT16 : VectorBytes.FLOAT32;
        return TypeInfo.vector(type.getListSize(), element);
    }
}
