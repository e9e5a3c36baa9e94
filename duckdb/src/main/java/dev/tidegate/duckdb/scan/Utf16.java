package dev.tidegate.duckdb.scan;

import java.nio.charset.StandardCharsets;

/** UTF-16LE, as nvarchar travels, to UTF-8, as DuckDB holds text. */
final class Utf16 {
    private Utf16() {}

    /**
     * @param length in bytes, even
     * @return null when half of a surrogate pair stands alone and is not to be replaced
     */
    static byte[] toUtf8(byte[] source, int offset, int length, boolean replacesBroken) {
        byte[] ascii = new byte[length >> 1];
        // The high bytes, and the sign bits of the low ones: zero as long as the text is ASCII.
        int beyond = 0;
        for (int i = 0, at = offset; i < ascii.length; i++, at += 2) {
            beyond |= source[at + 1] | source[at] & 0x80;
            ascii[i] = source[at];
        }
        return beyond == 0 ? ascii : general(source, offset, length, replacesBroken);
    }

    private static byte[] general(byte[] source, int offset, int length, boolean replacesBroken) {
        String text = new String(source, offset, length, StandardCharsets.UTF_16LE);
        // The decoder has put U+FFFD where a surrogate stood alone; only then are the units looked at one by one.
        if (!replacesBroken && text.indexOf('\uFFFD') >= 0 && hasLoneSurrogate(source, offset, length)) {
            return null;
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasLoneSurrogate(byte[] source, int offset, int length) {
        boolean afterHigh = false;
        for (int at = offset; at < offset + length; at += 2) {
            char unit = (char) (source[at] & 0xFF | (source[at + 1] & 0xFF) << 8);
            if (Character.isLowSurrogate(unit) != afterHigh) {
                return true;
            }
            afterHigh = Character.isHighSurrogate(unit);
        }
        return afterHigh;
    }
}
