package dev.tidegate.jdbc.convert;

import dev.tidegate.tds.type.TypeInfo;
import java.io.InputStream;
import java.io.Reader;

/**
 * What a parameter is sent as.
 *
 * @param value in the Java form that {@code dev.tidegate.tds.type.ValueCodec} documents; null for NULL
 */
public record Binding(TypeInfo type, Object value) {
    /** Whether the value can be sent only once, because it is read from a stream. */
    public boolean isStream() {
        return value instanceof InputStream || value instanceof Reader;
    }

    /** The type as {@code sp_executesql} wants it declared. */
    public String declaration() {
        return TypeFacts.declaration(type);
    }

    /** The value may be a secret. */
    @Override
    public String toString() {
        return "Binding[" + declaration() + "]";
    }
}
