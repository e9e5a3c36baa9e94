package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;

/** UTF-8, as columns hold text, to UTF-16LE, as it travels; as strict as Java's decoder. */
final class Utf8Text {
    private static final long SIGNS = 0x8080_8080_8080_8080L;

    private Utf8Text() {}

    /** Makes two bytes of each, for text that is ASCII. */
    static void widen(byte[] text, int start, int end, byte[] target, int to) {
        int at = start;
        int place = to;
        for (; end - at >= 8; at += 8) {
            putWidened(LittleEndian.getLong(text, at), target, place);
            place += 16;
        }
        for (; at < end; at++) {
            LittleEndian.putShort(target, place, text[at]);
            place += 2;
        }
    }

    private static void putWidened(long eight, byte[] target, int place) {
        LittleEndian.putLong(target, place, widened(eight & 0xFFFF_FFFFL));
        LittleEndian.putLong(target, place + 8, widened(eight >>> 32));
    }

    /** Four bytes, each with a zero behind it. */
    private static long widened(long four) {
        long pairs = (four | four << 16) & 0x0000_FFFF_0000_FFFFL;
        return (pairs | pairs << 8) & 0x00FF_00FF_00FF_00FFL;
    }

    /**
     * Decodes text.
     *
     * @param target with two bytes of room for each byte of the text
     * @return where the written text ends, or -1 if the bytes are not UTF-8
     */
    static int toUtf16(byte[] text, int start, int end, byte[] target, int to) {
        int at = start;
        int place = to;
        while (at < end) {
            if (end - at >= 8) {
                long eight = LittleEndian.getLong(text, at);
                if ((eight & SIGNS) == 0) {
                    putWidened(eight, target, place);
                    at += 8;
                    place += 16;
                    continue;
                }
            }
            int lead = text[at];
            int length = lengthOf(lead);
            if (length == 0 || length > end - at) {
                return -1;
            }
            int point = length == 1 ? lead : decoded(text, at, length);
            if (point < 0) {
                return -1;
            }
            at += length;
            if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                LittleEndian.putShort(target, place, (short) point);
                place += 2;
            } else {
                LittleEndian.putShort(target, place, (short) Character.highSurrogate(point));
                LittleEndian.putShort(target, place + 2, (short) Character.lowSurrogate(point));
                place += 4;
            }
        }
        return place;
    }

    /** Bytes of the character that a byte begins; 0 if it begins none. */
    private static int lengthOf(int lead) {
        if (lead >= 0) {
            return 1;
        }
        int unsigned = lead & 0xFF;
        return unsigned < 0xC2 || unsigned > 0xF4 ? 0 : unsigned < 0xE0 ? 2 : unsigned < 0xF0 ? 3 : 4;
    }

    /** The code point of a character of 2 to 4 bytes; -1 if it is none, half of a surrogate pair, or has a shorter form. */
    private static int decoded(byte[] text, int at, int length) {
        int point = text[at] & 0x7F >> length;
        for (int i = 1; i < length; i++) {
            int next = text[at + i];
            if ((next & 0xC0) != 0x80) {
                return -1;
            }
            point = point << 6 | next & 0x3F;
        }
        boolean valid = length == 2
                || (length == 3
                        ? point >= 0x800 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                        : point >= Character.MIN_SUPPLEMENTARY_CODE_POINT && point <= Character.MAX_CODE_POINT);
        return valid ? point : -1;
    }
}
