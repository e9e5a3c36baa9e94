package dev.tidegate.server.h2.routine;

import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.tsql.convert.StoredVariant;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.VariantBytes;
import java.util.Locale;

/** What H2 has to call for sql_variant, whose values it keeps as bytes. */
public final class VariantRoutines {
    private VariantRoutines() {}

    /** Bytes that are equal for equal variants, and in their order. */
    public static byte[] key(byte[] stored) {
        return stored == null ? null : StoredVariant.key(stored);
    }

    /** DATALENGTH: the bytes of the value itself. */
    public static Integer dataLength(byte[] stored) {
        if (stored == null) {
            return null;
        }
        SqlVariant variant = StoredVariant.read(stored);
        byte[] wire = VariantBytes.of(variant);
        return bytes(variant, wire) - VariantBytes.valueOffset(wire, 0);
    }

    /** On the wire decimals have their full width, stored only that of their precision. */
    private static int bytes(SqlVariant variant, byte[] wire) {
        SqlType base = SqlType.of(variant.type());
        return base.kind().isDecimal()
                ? VariantBytes.valueOffset(wire, 0) + TypeFacts.maxLength(base)
                : wire.length;
    }

    /** SQL_VARIANT_PROPERTY, itself a sql_variant: NULL for a property that there is not, or that the base type does not have. */
    public static byte[] property(byte[] stored, String property) {
        if (stored == null || property == null) {
            return null;
        }
        SqlVariant variant = StoredVariant.read(stored);
        SqlType base = SqlType.of(variant.type());
        return switch (property.strip().toLowerCase(Locale.ROOT)) {
            case "basetype" -> name(base.kind().sqlName());
            case "precision" -> number(TypeFacts.precision(base));
            case "scale" -> number(TypeFacts.scale(base));
            case "totalbytes" -> number(bytes(variant, VariantBytes.of(variant)));
            case "maxlength" -> number(TypeFacts.maxLength(base));
            case "collation" ->
                base.isCharacter()
                        ? variant.type().collation().name().map(VariantRoutines::name).orElse(null)
                        : null;
            default -> null;
        };
    }

    private static byte[] name(String name) {
        return StoredVariant.of(new SqlVariant(SqlType.SYSNAME.toTypeInfo(), name));
    }

    private static byte[] number(int number) {
        return StoredVariant.of(new SqlVariant(SqlType.INT.toTypeInfo(), number));
    }
}
