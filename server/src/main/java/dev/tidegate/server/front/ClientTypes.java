package dev.tidegate.server.front;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.VectorBytes;
import dev.tidegate.tds.type.VectorText;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * What a client of an older version, or without a feature, gets in place of a type that it does not know: dates and times as nvarchar
 * before 7.3, {@code (max)} types as text, ntext and image before 7.2, json as nvarchar(max), vector as varchar(max), UTF-8 as UTF-16. Immutable.
 */
final class ClientTypes {
    private final TdsVersion version;
    private final boolean dateTypes;
    private final ClientFeatures features;

    ClientTypes(TdsVersion version, ClientFeatures features) {
        this.version = version;
        this.dateTypes = version.atLeast(TdsVersion.V7_3A);
        this.features = features;
    }

    TypeInfo type(TypeInfo type) {
        TypeInfo known = switch (type.type()) {
            case JSON -> features.json() ? type : TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT);
            case VECTOR -> isKnownVector(type) ? type : TypeInfo.varchar(TypeInfo.PLP, Collation.DEFAULT);
            case BIGCHAR, BIGVARCHAR, TEXT -> features.utf8() || !type.collation().isUtf8() ? type : utf16(type);
            default -> type;
        };
        return known.forVersion(version);
    }

    private boolean isKnownVector(TypeInfo type) {
        return features.vector() && type.scale() == VectorBytes.FLOAT32;
    }

    /** Whether values of a type have to go through {@link #value}. */
    boolean changes(TypeInfo type) {
        return !type(type).equals(type) || (type.type() == DataType.SSVARIANT && !dateTypes);
    }

    /** The value as the client's type for {@code type} takes it. */
    Object value(TypeInfo type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.type()) {
            case DATEN -> dateTypes ? value : ((LocalDate) value).toString();
            case TIMEN -> dateTypes ? value : time(type.scale()).format((LocalTime) value);
            case DATETIME2N -> dateTypes ? value : dateTime(type.scale()).format((LocalDateTime) value);
            case DATETIMEOFFSETN -> dateTypes ? value : withOffset(type.scale()).format((OffsetDateTime) value);
            case SSVARIANT -> dateTypes ? value : known((SqlVariant) value);
            case VECTOR -> isKnownVector(type) ? value : VectorText.of((float[]) value);
            default -> value;
        };
    }

    /** A variant's own type has to be known to the client too. */
    private SqlVariant known(SqlVariant variant) {
        return changes(variant.type())
                ? new SqlVariant(type(variant.type()), value(variant.type(), variant.value()))
                : variant;
    }

    private static TypeInfo utf16(TypeInfo type) {
        boolean large = type.isPlp() || type.maxLength() > 4000;
        return TypeInfo.nvarchar(large ? TypeInfo.PLP : type.maxLength(), type.collation());
    }

    private static DateTimeFormatter time(int scale) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss");
        if (scale > 0) {
            builder.appendFraction(ChronoField.NANO_OF_SECOND, scale, scale, true);
        }
        return builder.toFormatter(Locale.ROOT);
    }

    private static DateTimeFormatter dateTime(int scale) {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral(' ')
                .append(time(scale))
                .toFormatter(Locale.ROOT);
    }

    private static DateTimeFormatter withOffset(int scale) {
        return new DateTimeFormatterBuilder()
                .append(dateTime(scale))
                .appendLiteral(' ')
                .appendOffset("+HH:MM", "+00:00")
                .toFormatter(Locale.ROOT);
    }
}
