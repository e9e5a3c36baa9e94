package dev.tidegate.tds.packet;

import dev.tidegate.tds.LittleEndian;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * UTF-16LE code units to Java's chars and back, each as it is. SQL Server's Unicode types hold any 16-bit unit, and so does a Java
 * String; a charset's decoder and encoder would replace an unpaired surrogate, which changes data without telling.
 */
public final class Utf16 {
    private Utf16() {}

    /** @param length in bytes; an odd last byte is left out, so the caller checks for it */
    public static String decode(byte[] bytes, int offset, int length) {
        char[] chars = new char[length / 2];
        ByteBuffer.wrap(bytes, offset, length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .get(chars);
        return new String(chars);
    }

    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    public static byte[] encode(CharSequence text) {
        byte[] bytes = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            LittleEndian.putShort(bytes, 2 * i, (short) text.charAt(i));
        }
        return bytes;
    }
}
