package dev.tidegate.server.tsql.convert;

import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.VariantBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How H2 keeps a sql_variant, which it does not know: as bytes that begin with the {@link VariantKey}, so that their order is that of
 * the values. The value with its type follows as on the wire; the last four bytes are the length of the key. Stateless.
 */
public final class StoredVariant {
    private StoredVariant() {}

    /**
     * @throws dev.tidegate.tds.type.ValueOutOfRangeException (unchecked) if the value does not fit its base type
     */
    public static byte[] of(SqlVariant variant) {
        byte[] value = VariantBytes.of(variant);
        byte[] key = VariantKey.of(variant, value);
        return ByteBuffer.allocate(key.length + value.length + Integer.BYTES)
                .put(key)
                .put(value)
                .putInt(key.length)
                .array();
    }

    public static SqlVariant read(byte[] stored) {
        int key = keyLength(stored);
        try {
            return VariantBytes.read(stored, key, stored.length - Integer.BYTES - key);
        } catch (IOException e) {
            throw new UncheckedIOException("these bytes are no sql_variant of this server", e);
        }
    }

    /** What two variants have in common that are equal, whatever their types. */
    public static byte[] key(byte[] stored) {
        return Arrays.copyOf(stored, keyLength(stored));
    }

    private static int keyLength(byte[] stored) {
        return ByteBuffer.wrap(stored).getInt(stored.length - Integer.BYTES);
    }
}
