package dev.tidegate.tds.message;

import dev.tidegate.tds.packet.Utf16;

/**
 * How LOGIN7 hides a password ([MS-TDS] 2.2.6.4): the halves of each byte are swapped, then it is XORed with 0xA5. Hides it from a
 * passing glance only; TLS is what protects it.
 */
final class Login7Password {
    private static final int MASK = 0xA5;

    private Login7Password() {}

    static byte[] hide(String password) {
        byte[] bytes = Utf16.encode(password);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (swap(bytes[i] & 0xFF) ^ MASK);
        }
        return bytes;
    }

    static String show(byte[] hidden) {
        byte[] bytes = hidden.clone();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) swap((bytes[i] & 0xFF) ^ MASK);
        }
        return Utf16.decode(bytes);
    }

    private static int swap(int value) {
        return value << 4 & 0xF0 | value >>> 4;
    }
}
