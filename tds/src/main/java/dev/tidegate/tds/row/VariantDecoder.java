package dev.tidegate.tds.row;

import dev.tidegate.tds.type.ContentReader;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** sql_variant: every value has a type of its own, so it goes through its Java form, unlike those of all other columns. */
final class VariantDecoder extends BoundedDecoder {
    private final TypeInfo type;

    VariantDecoder(TypeInfo type) {
        super(type);
        this.type = type;
    }

    @Override
    RowLocator.Form form() {
        return RowLocator.Form.OTHER;
    }

    @Override
    int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
        int length = layout.contentLength(bytes, offset);
        if (length < 0) {
            return setNull(offset, sink, row);
        }
        int at = offset + layout.prefix;
        SqlVariant variant = (SqlVariant) ContentReader.read(type, bytes, at, length);
        sink.setVariantType(row, variant.type());
        give(variant.value(), sink, row);
        return at + length;
    }

    private static void give(Object value, ColumnSink sink, int row) {
        if (value instanceof String text) {
            byte[] utf16 = new byte[text.length() * 2];
            for (int i = 0; i < text.length(); i++) {
                utf16[2 * i] = (byte) text.charAt(i);
                utf16[2 * i + 1] = (byte) (text.charAt(i) >>> 8);
            }
            sink.setUtf16(row, utf16, 0, utf16.length);
        } else if (value instanceof byte[] bytes) {
            sink.setBytes(row, bytes, 0, bytes.length);
        } else if (value instanceof Boolean flag) {
            sink.setLong(row, flag ? 1 : 0);
        } else if (value instanceof UUID uuid) {
            sink.setUuid(row, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        } else if (value instanceof Number number) {
            giveNumber(number, sink, row);
        } else {
            giveTime(value, sink, row);
        }
    }

    private static void giveNumber(Number number, ColumnSink sink, int row) {
        if (number instanceof BigDecimal decimal) {
            BigInteger unscaled = decimal.unscaledValue();
            sink.setDecimal(row, unscaled.shiftRight(64).longValue(), unscaled.longValue());
        } else if (number instanceof Float || number instanceof Double) {
            sink.setDouble(row, number.doubleValue());
        } else {
            sink.setLong(row, number.longValue());
        }
    }

    private static void giveTime(Object value, ColumnSink sink, int row) {
        if (value instanceof LocalDate date) {
            sink.setDate(row, (int) date.toEpochDay());
        } else if (value instanceof LocalTime time) {
            sink.setTime(row, ticks(time));
        } else if (value instanceof LocalDateTime time) {
            sink.setTimestamp(row, (int) time.toLocalDate().toEpochDay(), ticks(time.toLocalTime()));
        } else {
            OffsetDateTime time = (OffsetDateTime) value;
            LocalDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
            int minutes = time.getOffset().getTotalSeconds() / 60;
            sink.setTimestampOffset(row, (int) utc.toLocalDate().toEpochDay(), ticks(utc.toLocalTime()), minutes);
        }
    }

    private static long ticks(LocalTime time) {
        return time.toNanoOfDay() / 100;
    }
}
