package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;

/**
 * vector on the wire: a header of eight bytes (magic 0xA9, version 1, the number of dimensions in two bytes, the element type, three
 * reserved), then the elements.
 */
public final class VectorBytes {
    /** Element type of 32-bit floats. */
    public static final int FLOAT32 = 0;

    /** Element type of 16-bit floats. */
    public static final int FLOAT16 = 1;

    /** Bytes before the elements. */
    public static final int HEADER_LENGTH = 8;

    private static final byte MAGIC = (byte) 0xA9;
    private static final byte VERSION = 1;

    private VectorBytes() {}

    /** Bytes of an element. */
    public static int elementLength(int elementType) {
        return elementType == FLOAT16 ? 2 : 4;
    }

    /** Elements of each value of a vector type. */
    public static int dimensions(TypeInfo type) {
        return (type.maxLength() - HEADER_LENGTH) / elementLength(type.scale());
    }

    static float[] read(byte[] bytes, int offset, int length) throws TdsProtocolException {
        if (length < HEADER_LENGTH || bytes[offset] != MAGIC || bytes[offset + 1] != VERSION) {
            throw new TdsProtocolException("a vector of " + length + " bytes without the header A9 01", -1);
        }
        int count = LittleEndian.getUnsignedShort(bytes, offset + 2);
        int element = bytes[offset + 4];
        if (element != FLOAT32 && element != FLOAT16) {
            throw new TdsProtocolException("a vector of unknown element type " + element, -1);
        }
        if (length != HEADER_LENGTH + count * elementLength(element)) {
            throw new TdsProtocolException("a vector of " + length + " bytes that claims " + count + " dimensions", -1);
        }
        float[] vector = new float[count];
        int at = offset + HEADER_LENGTH;
        for (int i = 0; i < count; i++) {
            vector[i] = element == FLOAT32
                    ? Float.intBitsToFloat(LittleEndian.getInt(bytes, at + 4 * i))
                    : fromHalf(LittleEndian.getShort(bytes, at + 2 * i));
        }
        return vector;
    }

    /** A value whose header stands, and whose elements are zero. */
    public static byte[] header(int dimensions, int elementType) {
        byte[] bytes = new byte[HEADER_LENGTH + dimensions * elementLength(elementType)];
        bytes[0] = MAGIC;
        bytes[1] = VERSION;
        LittleEndian.putShort(bytes, 2, (short) dimensions);
        bytes[4] = (byte) elementType;
        return bytes;
    }

    /** @throws ValueOutOfRangeException if an element is not a finite number of the element type */
    static byte[] write(float[] vector, TypeInfo type) {
        int element = type.scale();
        int length = HEADER_LENGTH + vector.length * elementLength(element);
        if (length != type.maxLength()) {
            throw new ValueOutOfRangeException(vector.length + " dimensions do not fit " + type.toSql());
        }
        byte[] bytes = header(vector.length, element);
        for (int i = 0; i < vector.length; i++) {
            float value = vector[i];
            if (!Float.isFinite(value)) {
                throw new ValueOutOfRangeException("element " + i + " of the vector is " + value + ", not a number");
            }
            if (element == FLOAT32) {
                LittleEndian.putInt(bytes, HEADER_LENGTH + 4 * i, Float.floatToRawIntBits(value));
            } else {
                LittleEndian.putShort(bytes, HEADER_LENGTH + 2 * i, toHalf(value, i));
            }
        }
        return bytes;
    }

    /** @throws ValueOutOfRangeException if the bytes are no value of the type */
    public static void check(byte[] bytes, TypeInfo type) {
        if (bytes.length != type.maxLength()
                || bytes[0] != MAGIC
                || bytes[1] != VERSION
                || bytes[4] != type.scale()
                || LittleEndian.getUnsignedShort(bytes, 2)
                        != (bytes.length - HEADER_LENGTH) / elementLength(type.scale())) {
            throw new ValueOutOfRangeException(bytes.length + " bytes that are no value of " + type.toSql());
        }
    }

    private static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** Rounds to the nearest half, ties to even, as the type itself does. */
    private static short toHalf(float value, int index) {
        float magnitude = Math.abs(value);
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        // 65520 is halfway between the largest half, 65504, and what would come next.
        if (magnitude >= 65_520f) {
            throw new ValueOutOfRangeException(
                    "element " + index + " of the vector is " + value + "; float16 goes from -65504 to 65504");
        }
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int bits = Float.floatToRawIntBits(magnitude);
        int roundedUp = bits + 0xFFF + (bits >>> 13 & 1);
        return (short) (sign | (roundedUp >>> 13) - (112 << 10));
    }
}
