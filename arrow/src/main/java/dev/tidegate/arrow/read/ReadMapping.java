package dev.tidegate.arrow.read;

import dev.tidegate.arrow.type.FieldMetadata;
import dev.tidegate.client.column.Loss;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.VectorBytes;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.extension.UuidType;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Which Arrow type each SQL Server type becomes; the table is in docs/types.md. Names stay as the server gives them. */
public final class ReadMapping {
    private static final String UTC = "UTC";
    private static final int DIGITS_OF_NANOSECONDS = 7;
    private static final int MONEY_SCALE = 4;

    private final ArrowReadOptions options;

    public ReadMapping(ArrowReadOptions options) {
        this.options = options;
    }

    /** @throws SQLException for a type that Arrow has no place for */
    public Schema schema(List<Column> columns) throws SQLException {
        return new Schema(columns(columns).stream().map(ReadColumn::field).toList());
    }

    List<ReadColumn> columns(List<Column> columns) throws SQLException {
        List<ReadColumn> mapped = new ArrayList<>();
        for (Column column : columns) {
            mapped.add(column(column));
        }
        return mapped;
    }

    private ReadColumn column(Column column) throws SQLException {
        TypeInfo type = column.type();
        return switch (type.type()) {
            case BIT, BITN -> plain(column, ArrowType.Bool.INSTANCE, BooleanSink::new);
            case INT1, INT2, INT4, INT8, INTN -> integer(column);
            case FLT4, FLT8, FLTN -> floating(column);
            case DECIMAL, NUMERIC, DECIMALN, NUMERICN -> decimal(column, type.precision(), type.scale());
            case MONEY, MONEY4, MONEYN -> decimal(column, type.maxLength() == Integer.BYTES ? 10 : 19, MONEY_SCALE);
            case DATEN -> plain(column, new ArrowType.Date(DateUnit.DAY), TemporalSinks.Date::new);
            case TIMEN -> time(column);
            case DATETIM4, DATETIME, DATETIMEN, DATETIME2N -> timestamp(column);
            case DATETIMEOFFSETN -> withOffset(column);
            case GUID -> plain(column, UuidType.INSTANCE, NumberSinks.Uuid::new);
            case CHAR, VARCHAR, BIGCHAR, BIGVARCHAR, NCHAR, NVARCHAR, TEXT, NTEXT, XML, JSON -> text(column);
            case SSVARIANT -> variant(column);
            case BINARY, VARBINARY, BIGBINARY, BIGVARBINARY, IMAGE, UDT -> bytes(column);
            case VECTOR -> embedding(column);
            case NULL -> plain(column, ArrowType.Null.INSTANCE, NothingSink::new);
            case TVP ->
                throw new SQLFeatureNotSupportedException(
                        "column \"" + column.name() + "\" has type "
                                + type.type().sqlName() + ", which no Arrow type stands for",
                        "0A000");
        };
    }

    private static ReadColumn plain(Column column, ArrowType type, ReadColumn.Maker maker) {
        return made(column, type, List.of(), false, maker);
    }

    private static ReadColumn made(
            Column column, ArrowType type, List<Field> children, boolean isLong, ReadColumn.Maker maker) {
        return new ReadColumn(
                column.name(), type, column.isNullable(), FieldMetadata.of(column), children, isLong, maker);
    }

    private static ReadColumn integer(Column column) {
        return switch (column.type().maxLength()) {
            case 1 -> plain(column, new ArrowType.Int(8, false), NumberSinks.Int8::new);
            case 2 -> plain(column, new ArrowType.Int(16, true), NumberSinks.Int16::new);
            case 4 -> plain(column, new ArrowType.Int(32, true), NumberSinks.Int32::new);
            default -> plain(column, new ArrowType.Int(64, true), NumberSinks.Int64::new);
        };
    }

    private static ReadColumn floating(Column column) {
        return column.type().maxLength() == Float.BYTES
                ? plain(column, new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), NumberSinks.Float32::new)
                : plain(column, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), NumberSinks.Float64::new);
    }

    private static ReadColumn decimal(Column column, int precision, int scale) {
        return plain(column, new ArrowType.Decimal(precision, scale, 128), NumberSinks.Decimal128::new);
    }

    private ReadColumn time(Column column) {
        boolean nanoseconds = needsNanoseconds(column);
        return plain(
                column,
                new ArrowType.Time(unit(nanoseconds), Long.SIZE),
                (name, allocator) -> new TemporalSinks.Time(name, allocator, nanoseconds));
    }

    private ReadColumn timestamp(Column column) {
        boolean nanoseconds = needsNanoseconds(column);
        return plain(
                column,
                new ArrowType.Timestamp(unit(nanoseconds), null),
                (name, allocator) -> new TemporalSinks.Timestamp(name, allocator, nanoseconds));
    }

    private ReadColumn withOffset(Column column) {
        boolean nanoseconds = needsNanoseconds(column);
        boolean dropsOffset = options.allowed().contains(Loss.OFFSET);
        return plain(
                column,
                new ArrowType.Timestamp(unit(nanoseconds), UTC),
                (name, allocator) -> new TemporalSinks.WithOffset(name, allocator, nanoseconds, dropsOffset));
    }

    /** Of types without a scale it is zero. */
    private boolean needsNanoseconds(Column column) {
        return column.type().scale() == DIGITS_OF_NANOSECONDS
                && !options.allowed().contains(Loss.TIME);
    }

    private static TimeUnit unit(boolean nanoseconds) {
        return nanoseconds ? TimeUnit.NANOSECOND : TimeUnit.MICROSECOND;
    }

    private ReadColumn text(Column column) {
        boolean isLong = isLong(column.type());
        boolean large = isLong && options.largeTypes();
        boolean replaces = options.allowed().contains(Loss.TEXT);
        return made(
                column,
                large ? ArrowType.LargeUtf8.INSTANCE : ArrowType.Utf8.INSTANCE,
                List.of(),
                isLong,
                (name, allocator) -> new TextSink(name, allocator, large, replaces));
    }

    private ReadColumn variant(Column column) {
        boolean replaces = options.allowed().contains(Loss.TEXT);
        return plain(column, ArrowType.Utf8.INSTANCE, (name, allocator) -> new VariantSink(name, allocator, replaces));
    }

    private ReadColumn bytes(Column column) {
        boolean isLong = isLong(column.type());
        boolean large = isLong && options.largeTypes();
        return made(
                column,
                large ? ArrowType.LargeBinary.INSTANCE : ArrowType.Binary.INSTANCE,
                List.of(),
                isLong,
                (name, allocator) -> new BytesSink(name, allocator, large));
    }

    private static boolean isLong(TypeInfo type) {
        return switch (type.type()) {
            case TEXT, NTEXT, IMAGE -> true;
            default -> type.isChunked();
        };
    }

    private static ReadColumn embedding(Column column) {
        TypeInfo type = column.type();
        int elementLength = VectorBytes.elementLength(type.scale());
        int dimensions = VectorBytes.dimensions(type);
        FloatingPointPrecision precision =
                elementLength == Float.BYTES ? FloatingPointPrecision.SINGLE : FloatingPointPrecision.HALF;
        Field element = new Field("item", FieldType.notNullable(new ArrowType.FloatingPoint(precision)), List.of());
        return made(
                column,
                new ArrowType.FixedSizeList(dimensions),
                List.of(element),
                false,
                (name, allocator) ->
                        new EmbeddingSink(name, allocator, VectorBytes.HEADER_LENGTH, dimensions, elementLength));
    }
}
