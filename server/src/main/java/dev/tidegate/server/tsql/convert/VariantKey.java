package dev.tidegate.server.tsql.convert;

import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.VariantBytes;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * The value of a sql_variant as bytes whose order, byte by byte without sign, is SQL Server's: first the families of types, from
 * uniqueidentifier up to the dates; within a family the values, of whatever type of it. No key is the beginning of another. Stateless.
 */
final class VariantKey {
    private static final int GUID = 1;
    private static final int BINARY = 2;
    private static final int TEXT = 3;
    private static final int EXACT = 4;
    private static final int APPROXIMATE = 5;
    private static final int TEMPORAL = 6;

    /** Digits before and after the point that any exact number has at most. */
    private static final int MOST_DIGITS = 38;

    private static final int EXACT_LENGTH = 32;
    private static final BigInteger EXACT_OFFSET = BigInteger.ONE.shiftLeft(8 * EXACT_LENGTH - 1);
    private static final LocalDate TIMES_DAY = LocalDate.of(1900, 1, 1);
    private static final long TICKS_A_DAY = 864_000_000_000L;
    private static final int NANOS_A_TICK = 100;

    /** The bytes of a uniqueidentifier as they stand on the wire, the most significant first. */
    private static final int[] GUID_ORDER = {10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3};

    private VariantKey() {}

    /** @param wire the same variant by {@link VariantBytes#of} */
    static byte[] of(SqlVariant variant, byte[] wire) {
        return switch (variant.value()) {
            case UUID uuid -> guid(wire, VariantBytes.valueOffset(wire, 0));
            case byte[] bytes -> binary(bytes);
            case Float number -> approximate(number);
            case Double number -> approximate(number);
            case Boolean bit -> exact(bit ? BigDecimal.ONE : BigDecimal.ZERO);
            case BigDecimal number -> exact(number);
            case Number number -> exact(BigDecimal.valueOf(number.longValue()));
            case LocalDate date -> temporal(date.atStartOfDay());
            case LocalTime time -> temporal(TIMES_DAY.atTime(time));
            case LocalDateTime time -> temporal(time);
            case OffsetDateTime time ->
                temporal(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
            default -> text(variant.value().toString());
        };
    }

    private static byte[] guid(byte[] wire, int offset) {
        byte[] key = new byte[1 + GUID_ORDER.length];
        key[0] = GUID;
        for (int i = 0; i < GUID_ORDER.length; i++) {
            key[i + 1] = wire[offset + GUID_ORDER[i]];
        }
        return key;
    }

    /** Zeros at the end do not count. A zero ends the key, so what is below 2 takes two bytes. */
    private static byte[] binary(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        ByteArrayOutputStream key = new ByteArrayOutputStream(end + 2);
        key.write(BINARY);
        for (int i = 0; i < end; i++) {
            if (bytes[i] == 0 || bytes[i] == 1) {
                key.write(1);
            }
            key.write(bytes[i]);
        }
        key.write(0);
        return key.toByteArray();
    }

    /** Case and spaces at the end do not count. */
    private static byte[] text(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        ByteArrayOutputStream key = new ByteArrayOutputStream(2 * end + 3);
        key.write(TEXT);
        for (int i = 0; i < end; i++) {
            char folded = Character.toLowerCase(Character.toUpperCase(text.charAt(i)));
            if (folded < 2) {
                unit(key, 1);
            }
            unit(key, folded);
        }
        unit(key, 0);
        return key.toByteArray();
    }

    private static void unit(ByteArrayOutputStream key, int unit) {
        key.write(unit >>> 8);
        key.write(unit);
    }

    private static byte[] exact(BigDecimal number) {
        byte[] digits =
                number.setScale(MOST_DIGITS).unscaledValue().add(EXACT_OFFSET).toByteArray();
        byte[] key = new byte[1 + EXACT_LENGTH];
        key[0] = EXACT;
        // a sign byte may stand before the 32
        int count = Math.min(EXACT_LENGTH, digits.length);
        System.arraycopy(digits, digits.length - count, key, key.length - count, count);
        return key;
    }

    private static byte[] approximate(double number) {
        long bits = Double.doubleToLongBits(number == 0 ? 0.0 : number);
        return withLong(APPROXIMATE, bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }

    private static byte[] temporal(LocalDateTime time) {
        long ticks = time.toLocalDate().toEpochDay() * TICKS_A_DAY
                + time.toLocalTime().toNanoOfDay() / NANOS_A_TICK;
        return withLong(TEMPORAL, ticks ^ Long.MIN_VALUE);
    }

    private static byte[] withLong(int family, long value) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) family)
                .putLong(value)
                .array();
    }
}
