package dev.tidegate.server.tsql.convert;

import dev.tidegate.tds.type.SqlVariant;

/** Values of the types that H2 does not have, in the form in which it keeps them. Stateless. */
public final class StoredForm {
    private StoredForm() {}

    /** @param value in the Java form of its type; null for NULL */
    public static Object of(Object value) {
        return switch (value) {
            case SqlVariant variant -> StoredVariant.of(variant);
            case float[] vector -> VectorConversion.stored(vector);
            case null, default -> value;
        };
    }
}
