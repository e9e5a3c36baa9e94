package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.nio.ByteBuffer;

/** Vectors from JSON arrays of numbers, and as the bytes that H2 keeps. Stateless. */
public final class VectorConversion {
    private VectorConversion() {}

    /** @throws SqlServerException 13670 for what is no array of numbers, 42204 for another length, 529 for other types */
    static float[] toVector(Object value, SqlType from, SqlType to) throws SqlServerException {
        float[] vector;
        if (value instanceof float[] same) {
            vector = same;
        } else if (value instanceof String text && (from.isCharacter() || from.kind() == TypeKind.JSON)) {
            vector = parse(text);
        } else {
            throw Conversion.notAllowed(from, to);
        }
        checkDimensions(vector.length, to.length());
        return vector;
    }

    /** @throws SqlServerException 42204 if they differ */
    public static void checkDimensions(int one, int other) throws SqlServerException {
        if (one != other) {
            throw KnownError.VECTOR_DIMENSIONS.exception(other, one);
        }
    }

    private static float[] parse(String text) throws SqlServerException {
        String array = text.strip();
        try {
            JsonText.check(array);
        } catch (SqlServerException e) {
            throw notNumbers(e);
        }
        if (!array.startsWith("[")) {
            throw notNumbers(null);
        }
        String inside = array.substring(1, array.length() - 1).strip();
        String[] elements = inside.isEmpty() ? new String[0] : inside.split(",");
        float[] vector = new float[elements.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = element(elements[i].strip());
        }
        return vector;
    }

    /** Java would also take NaN, 1f and 0x1p0. */
    private static float element(String text) throws SqlServerException {
        if (text.isEmpty() || "-0123456789".indexOf(text.charAt(0)) < 0) {
            throw notNumbers(null);
        }
        float number = Float.parseFloat(text);
        if (Float.isInfinite(number)) {
            throw notNumbers(null);
        }
        return number;
    }

    private static SqlServerException notNumbers(SqlServerException cause) {
        return KnownError.NOT_AN_ARRAY_OF_NUMBERS.with().asServerException(cause);
    }

    /** What H2 keeps of a vector. */
    static byte[] stored(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    public static float[] read(byte[] stored) {
        float[] vector = new float[stored.length / Float.BYTES];
        ByteBuffer.wrap(stored).asFloatBuffer().get(vector);
        return vector;
    }
}
