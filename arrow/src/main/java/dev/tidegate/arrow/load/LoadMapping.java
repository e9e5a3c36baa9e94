package dev.tidegate.arrow.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.NumberRange;
import dev.tidegate.client.column.TimePrecision;
import dev.tidegate.client.column.TimestampRange;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.VectorBytes;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Set;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Which Arrow type may go into which SQL Server column, and how. Only pairs without a change of meaning are taken: a number does not
 * become text, nor a timestamp a date.
 */
final class LoadMapping {
    private static final int UUID_LENGTH = 16;

    private final Set<Loss> allowed;

    LoadMapping(Set<Loss> allowed) {
        this.allowed = allowed;
    }

    /**
     * @param from the values; of a dictionary-encoded field those of its dictionary
     * @throws SQLException for a pair that is not taken; the message says what to do
     */
    VectorSource source(Field from, Column to) throws SQLException {
        ArrowType type = from.getType();
        VectorSource source = type instanceof ArrowType.Null ? new NothingSource(to.name()) : source(from, type, to);
        if (source == null) {
            throw new SQLSyntaxErrorException(
                    "column \"" + to.name() + "\": " + type + " of Arrow does not go into "
                            + to.type().toSql() + " as it is; convert it to a type that does (docs/types.md)"
                            + (type.isComplex() ? ", such as JSON text" : ""),
                    "42846");
        }
        return source;
    }

    private VectorSource source(Field from, ArrowType type, Column to) {
        TypeInfo target = to.type();
        String name = to.name();
        return switch (target.type()) {
            case BIT, BITN, INT1, INT2, INT4, INT8, INTN, DECIMAL, NUMERIC, DECIMALN, NUMERICN, MONEY4, MONEY, MONEYN ->
                number(name, type, NumberRange.of(target));
            case FLT4, FLT8, FLTN -> floating(name, type, target.maxLength() == Float.BYTES);
            case DATEN -> type instanceof ArrowType.Date date ? timestamp(name, Clock.of(date), target) : null;
            case TIMEN -> type instanceof ArrowType.Time time ? time(name, Clock.of(time), target) : null;
            case DATETIM4, DATETIME, DATETIMEN, DATETIME2N -> timestamp(name, type, target);
            case DATETIMEOFFSETN ->
                type instanceof ArrowType.Timestamp instant && instant.getTimezone() != null
                        ? timestamp(name, Clock.of(instant), target)
                        : null;
            case GUID -> isUuid(type) ? new UuidSource(name) : null;
            case CHAR, VARCHAR, BIGCHAR, BIGVARCHAR, TEXT, NCHAR, NVARCHAR, NTEXT, XML, JSON ->
                type instanceof ArrowType.Utf8 || type instanceof ArrowType.LargeUtf8
                        ? new TextSource(to, allowed)
                        : null;
            case BINARY, VARBINARY, BIGBINARY, BIGVARBINARY, IMAGE, UDT ->
                type instanceof ArrowType.Binary
                                || type instanceof ArrowType.LargeBinary
                                || type instanceof ArrowType.FixedSizeBinary
                        ? new BytesSource(to, allowed)
                        : null;
            case VECTOR -> isEmbedding(from, target) ? new EmbeddingSource(name, target) : null;
            case NULL, SSVARIANT, TVP -> null;
        };
    }

    private VectorSource number(String name, ArrowType type, NumberRange range) {
        Wholes wholes = Wholes.of(type);
        if (wholes != null && range.scale() <= WholeSource.MOST_DIGITS) {
            return new WholeSource(name, wholes, range);
        }
        boolean isDecimal = type instanceof ArrowType.Decimal;
        if (isDecimal && isHeldAlike((ArrowType.Decimal) type, range)) {
            return new DecimalSource(name, range);
        }
        return wholes != null || isDecimal || type instanceof ArrowType.Int
                ? new NumberSource(name, wholes, range, allowed.contains(Loss.DIGITS))
                : null;
    }

    private static boolean isHeldAlike(ArrowType.Decimal type, NumberRange range) {
        return type.getBitWidth() == 128 && type.getScale() == range.scale();
    }

    private VectorSource floating(String name, ArrowType type, boolean single) {
        if (!(type instanceof ArrowType.FloatingPoint point) || point.getPrecision() == FloatingPointPrecision.HALF) {
            return null;
        }
        return new FloatSource(name, point.getPrecision() == FloatingPointPrecision.DOUBLE, single, allowed);
    }

    private VectorSource timestamp(String name, ArrowType type, TypeInfo target) {
        if (type instanceof ArrowType.Date date) {
            return timestamp(name, Clock.of(date), target);
        }
        return type instanceof ArrowType.Timestamp local && local.getTimezone() == null
                ? timestamp(name, Clock.of(local), target)
                : null;
    }

    private VectorSource timestamp(String name, Clock clock, TypeInfo target) {
        return new TemporalSources.Timestamp(name, clock, TimestampRange.of(target, allowed.contains(Loss.TIME)));
    }

    private VectorSource time(String name, Clock clock, TypeInfo target) {
        return new TemporalSources.Time(
                name, clock, TimePrecision.ofScale(target.scale(), allowed.contains(Loss.TIME), target.toSql()));
    }

    private static boolean isUuid(ArrowType type) {
        ArrowType stored = type instanceof ArrowType.ExtensionType extension ? extension.storageType() : type;
        return stored instanceof ArrowType.FixedSizeBinary bytes && bytes.getByteWidth() == UUID_LENGTH;
    }

    private static boolean isEmbedding(Field from, TypeInfo target) {
        if (!(from.getType() instanceof ArrowType.FixedSizeList list)
                || !(from.getChildren().get(0).getType() instanceof ArrowType.FloatingPoint point)) {
            return false;
        }
        boolean half = target.scale() == VectorBytes.FLOAT16;
        return list.getListSize() == VectorBytes.dimensions(target)
                && point.getPrecision() == (half ? FloatingPointPrecision.HALF : FloatingPointPrecision.SINGLE);
    }
}
