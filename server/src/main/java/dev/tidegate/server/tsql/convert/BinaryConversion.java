package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** Conversions to and from the binary types. */
final class BinaryConversion {
    private static final Charset CODE_PAGE = Charset.forName("windows-1252");

    private BinaryConversion() {}

    static byte[] toBinary(Object value, SqlType from, SqlType to, int style) throws SqlServerException {
        return fit(bytes(value, from, to, style), from, to);
    }

    private static byte[] bytes(Object value, SqlType from, SqlType to, int style) throws SqlServerException {
        return switch (value) {
            case byte[] bytes -> bytes;
            case String text ->
                style == 1 || style == 2
                        ? hex(text, style)
                        : text.getBytes(from.kind().isNational() ? StandardCharsets.UTF_16LE : CODE_PAGE);
            case UUID uuid -> ofUuid(uuid);
            case Boolean bit -> new byte[] {(byte) (bit ? 1 : 0)};
            case Short number ->
                from.kind() == TypeKind.TINYINT
                        ? new byte[] {number.byteValue()}
                        : ByteBuffer.allocate(2).putShort(number).array();
            case Integer number -> ByteBuffer.allocate(4).putInt(number).array();
            case Long number -> ByteBuffer.allocate(8).putLong(number).array();
            case Double number -> ByteBuffer.allocate(8).putDouble(number).array();
            case Float number -> ByteBuffer.allocate(4).putFloat(number).array();
            case BigDecimal number
            when from.kind() == TypeKind.MONEY ->
                ByteBuffer.allocate(8)
                        .putLong(number.unscaledValue().longValue())
                        .array();
            default -> throw Conversion.notAllowed(from, to);
        };
    }

    private static byte[] hex(String text, int style) throws SqlServerException {
        String digits = text.strip();
        if (style == 1 && digits.toLowerCase(Locale.ROOT).startsWith("0x")) {
            digits = digits.substring(2);
        }
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw KnownError.TYPE_CONVERSION.with("varchar", "varbinary").asServerException(e);
        }
    }

    private static byte[] fit(byte[] bytes, SqlType from, SqlType to) {
        int length = to.kind() == TypeKind.ROWVERSION ? 8 : to.length();
        if (length <= 0 || bytes.length == length) {
            return bytes;
        }
        boolean number = from.kind().isNumeric();
        if (bytes.length > length) {
            return number
                    ? Arrays.copyOfRange(bytes, bytes.length - length, bytes.length)
                    : Arrays.copyOf(bytes, length);
        }
        if (!to.isPadded()) {
            return bytes;
        }
        if (!number) {
            return Arrays.copyOf(bytes, length);
        }
        byte[] padded = new byte[length];
        System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
        return padded;
    }

    static String toText(byte[] bytes, SqlType to, int style) {
        if (style == 1 || style == 2) {
            String hex = HexFormat.of().withUpperCase().formatHex(bytes);
            return style == 1 ? "0x" + hex : hex;
        }
        return new String(bytes, to.kind().isNational() ? StandardCharsets.UTF_16LE : CODE_PAGE);
    }

    /** The mixed byte order of uniqueidentifier. */
    private static byte[] ofUuid(UUID uuid) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return swap(bytes);
    }

    static UUID toUuid(byte[] mixed) {
        ByteBuffer buffer = ByteBuffer.wrap(swap(mixed));
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static byte[] swap(byte[] bytes) {
        int[] order = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
        byte[] swapped = new byte[16];
        for (int i = 0; i < 16; i++) {
            swapped[i] = bytes[order[i]];
        }
        return swapped;
    }
}
