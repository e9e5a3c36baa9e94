package dev.tidegate.arrow.read;

/** UTF-16LE, as nvarchar travels, to UTF-8, as Arrow holds text; from array to array. */
final class Utf8 {
    private Utf8() {}

    /**
     * Writes the units from {@code at} up to and without {@code end}; the target has three bytes of room for each.
     *
     * @param replaces whether half of a surrogate pair becomes U+FFFD
     * @return bytes written, or -1 at half of a surrogate pair
     */
    static int encode(byte[] source, int at, int end, byte[] target, int start, boolean replaces) {
        int units = (end - at) >> 1;
        int beyond = 0;
        // The high bytes, and the sign bits of the low ones: zero as long as the text is ASCII.
        for (int i = 0; i < units; i++) {
            byte low = source[at + 2 * i];
            beyond |= source[at + 2 * i + 1] | low & 0x80;
            target[start + i] = low;
        }
        return beyond == 0 ? units : general(source, at, end, target, start, replaces);
    }

    private static int general(byte[] source, int from, int end, byte[] target, int start, boolean replaces) {
        int to = start;
        for (int at = from; at < end; at += 2) {
            int unit = unit(source, at);
            if (unit < 0x80) {
                target[to++] = (byte) unit;
            } else if (unit < 0x800) {
                target[to++] = (byte) (0xC0 | unit >> 6);
                target[to++] = (byte) (0x80 | unit & 0x3F);
            } else if (unit >= 0xD800 && unit < 0xDC00 && at + 2 < end && isLow(unit(source, at + 2))) {
                int point = Character.toCodePoint((char) unit, (char) unit(source, at + 2));
                at += 2;
                target[to++] = (byte) (0xF0 | point >> 18);
                target[to++] = (byte) (0x80 | point >> 12 & 0x3F);
                target[to++] = (byte) (0x80 | point >> 6 & 0x3F);
                target[to++] = (byte) (0x80 | point & 0x3F);
            } else {
                if (unit >= 0xD800 && unit < 0xE000) {
                    if (!replaces) {
                        return -1;
                    }
                    unit = 0xFFFD;
                }
                target[to++] = (byte) (0xE0 | unit >> 12);
                target[to++] = (byte) (0x80 | unit >> 6 & 0x3F);
                target[to++] = (byte) (0x80 | unit & 0x3F);
            }
        }
        return to - start;
    }

    static boolean isHighSurrogate(byte[] source, int at) {
        return (source[at + 1] & 0xFC) == 0xD8;
    }

    private static boolean isLow(int unit) {
        return unit >= 0xDC00 && unit < 0xE000;
    }

    private static int unit(byte[] source, int at) {
        return source[at] & 0xFF | (source[at + 1] & 0xFF) << 8;
    }
}
