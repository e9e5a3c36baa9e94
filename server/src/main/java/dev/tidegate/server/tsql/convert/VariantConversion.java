package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.tds.type.SqlVariant;

/** What may become a sql_variant, and what a sql_variant may become. Stateless. */
public final class VariantConversion {
    private VariantConversion() {}

    /** @throws SqlServerException 529 if the type cannot be in a sql_variant */
    static SqlVariant toVariant(Object value, SqlType from) throws SqlServerException {
        if (value instanceof SqlVariant variant) {
            return variant;
        }
        checkExplicit(from);
        return new SqlVariant(from.toTypeInfo(), value);
    }

    /** CAST to another type is CAST of the value that the variant holds. */
    static Object fromVariant(SqlVariant variant, SqlType to, int style) throws SqlServerException {
        return Conversion.convert(variant.value(), SqlType.of(variant.type()), to, style);
    }

    /**
     * A CAST to sql_variant, which is looked at before any value is there.
     *
     * @throws SqlServerException 529 if the type cannot be in a sql_variant
     */
    public static void checkExplicit(SqlType from) throws SqlServerException {
        if (!canBeBase(from)) {
            throw KnownError.EXPLICIT_CONVERSION.exception(named(from), "sql_variant");
        }
    }

    /**
     * A conversion that nobody has asked for: from sql_variant there is none.
     *
     * @throws SqlServerException 257 from sql_variant to another type, 206 from a type that cannot be in one
     */
    public static void checkImplicit(SqlType from, SqlType to) throws SqlServerException {
        boolean fromVariant = from.kind() == TypeKind.SQL_VARIANT;
        if (fromVariant == (to.kind() == TypeKind.SQL_VARIANT)) {
            return;
        }
        if (fromVariant) {
            throw KnownError.IMPLICIT_CONVERSION.exception("sql_variant", to.kind().sqlName());
        }
        if (!canBeBase(from)) {
            throw KnownError.OPERAND_CLASH.exception(named(from), "sql_variant");
        }
    }

    private static boolean canBeBase(SqlType type) {
        return switch (type.kind()) {
            case TEXT, NTEXT, IMAGE, ROWVERSION, XML, JSON, VECTOR -> false;
            default -> !type.isMax();
        };
    }

    private static String named(SqlType type) {
        return type.isMax() ? type.toString() : type.kind().sqlName();
    }
}
