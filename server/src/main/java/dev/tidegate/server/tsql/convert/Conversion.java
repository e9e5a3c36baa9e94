package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.VectorText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.UUID;

/**
 * Converts values between SQL Server's types, with its rules and errors. Values are in the Java forms that {@code ValueCodec} documents.
 * Stateless.
 */
public final class Conversion {
    private Conversion() {}

    /**
     * CAST, CONVERT, and the conversions that T-SQL does without being asked.
     *
     * @param style as CONVERT takes it; 0 if none was given
     * @return null for null
     * @throws SqlServerException 245, 241, 8114, 8115, 529 … if the value cannot be converted
     */
    public static Object convert(Object value, SqlType from, SqlType to, int style) throws SqlServerException {
        if (value == null) {
            return null;
        }
        TypeKind kind = to.kind();
        if (kind == TypeKind.SQL_VARIANT) {
            return VariantConversion.toVariant(value, from);
        }
        if (value instanceof SqlVariant variant) {
            return VariantConversion.fromVariant(variant, to, style);
        }
        if (kind == TypeKind.VECTOR) {
            return VectorConversion.toVector(value, from, to);
        }
        if (kind.isCharacter() || kind == TypeKind.XML || kind == TypeKind.JSON) {
            return toText(value, from, to, style);
        }
        if (value instanceof float[]) {
            throw notAllowed(from, to);
        }
        if (kind.isBinary()) {
            return BinaryConversion.toBinary(value, from, to, style);
        }
        if (kind.isTemporal()) {
            return TemporalConversion.toTemporal(value, from, to, style);
        }
        return switch (kind) {
            case BIT, TINYINT, SMALLINT, INT, BIGINT, DECIMAL, NUMERIC, MONEY, SMALLMONEY, REAL, FLOAT ->
                NumberConversion.toNumber(value, from, to);
            case UNIQUEIDENTIFIER -> toUuid(value, from);
            default -> value;
        };
    }

    private static Object toText(Object value, SqlType from, SqlType to, int style) throws SqlServerException {
        String text;
        if (value instanceof String string) {
            text = string;
            if (to.kind() == TypeKind.JSON) {
                // also what a client has declared to be json
                JsonText.check(text);
            }
        } else if (value instanceof float[] vector) {
            text = VectorText.of(vector);
        } else if (value instanceof byte[] bytes) {
            text = BinaryConversion.toText(bytes, to, style);
        } else if (value instanceof Temporal temporal) {
            text = DateTimeText.format(temporal, from, style);
        } else if (value instanceof UUID uuid) {
            text = uuid.toString().toUpperCase(java.util.Locale.ROOT);
            if (to.length() > 0 && to.length() < 36) {
                throw KnownError.GUID_TO_SHORT_TEXT.exception();
            }
        } else {
            text = NumberText.format(value, from, style);
            if (to.length() > 0 && text.length() > to.length()) {
                if (from.kind().isInteger() && !to.kind().isNational()) {
                    text = "*";
                } else {
                    throw overflow(from, to);
                }
            }
        }
        return fitText(CodePageText.of(text, to), to);
    }

    /** Cuts and pads, as CAST does. */
    public static String fitText(String text, SqlType to) {
        if (to.length() <= 0 || text.length() == to.length()) {
            return text;
        }
        if (text.length() > to.length()) {
            return text.substring(0, to.length());
        }
        return to.isPadded() ? text + " ".repeat(to.length() - text.length()) : text;
    }

    /** Text on its way into a column: beyond the length only spaces may be lost, other text comes back as it is. */
    public static String withoutSpacesBeyond(String text, int length) {
        int end = text.length();
        while (end > length && text.charAt(end - 1) == ' ') {
            end--;
        }
        return end > length ? text : text.substring(0, end);
    }

    private static UUID toUuid(Object value, SqlType from) throws SqlServerException {
        if (value instanceof UUID uuid) {
            return uuid;
        }
        if (value instanceof String string) {
            String text = string.strip();
            if (text.startsWith("{") && text.endsWith("}")) {
                text = text.substring(1, text.length() - 1);
            }
            if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}.*")) {
                return UUID.fromString(text.substring(0, 36));
            }
            throw KnownError.TEXT_TO_UNIQUEIDENTIFIER.exception();
        }
        if (value instanceof byte[] bytes) {
            return BinaryConversion.toUuid(Arrays.copyOf(bytes, 16));
        }
        throw notAllowed(from, SqlType.UNIQUEIDENTIFIER);
    }

    /** The type whose Java form a value has, for values that come without a type. */
    public static SqlType typeOf(Object value) {
        return switch (value) {
            case Boolean b -> SqlType.BIT;
            case Short s -> SqlType.SMALLINT;
            case Integer i -> SqlType.INT;
            case Long l -> SqlType.BIGINT;
            case Float f -> SqlType.REAL;
            case Double d -> SqlType.FLOAT;
            case BigDecimal d ->
                SqlType.decimal(Math.clamp(Math.max(d.precision(), d.scale()), 1, 38), Math.clamp(d.scale(), 0, 38));
            case LocalDate d -> SqlType.DATE;
            case LocalTime t -> SqlType.time(7);
            case LocalDateTime t -> SqlType.datetime2(7);
            case OffsetDateTime t -> SqlType.datetimeoffset(7);
            case UUID u -> SqlType.UNIQUEIDENTIFIER;
            case float[] v -> SqlType.vector(v.length);
            case byte[] b -> SqlType.varbinary(b.length > 8000 ? SqlType.MAX : Math.max(1, b.length));
            case null, default -> SqlType.nvarchar(value instanceof String s && s.length() > 4000 ? SqlType.MAX : 4000);
        };
    }

    static BigDecimal round(BigDecimal value, int scale) {
        return value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
    }

    static SqlServerException overflow(SqlType from, SqlType to) {
        return KnownError.OVERFLOW_CONVERTING.exception(inMessage(from), inMessage(to));
    }

    /** What errors of conversion call a type: decimal, which is the same, they call numeric. */
    static String inMessage(SqlType type) {
        return (type.kind() == TypeKind.DECIMAL ? TypeKind.NUMERIC : type.kind()).sqlName();
    }

    static SqlServerException notAllowed(SqlType from, SqlType to) {
        return KnownError.EXPLICIT_CONVERSION.exception(from.kind().sqlName(), to.kind().sqlName());
    }
}
