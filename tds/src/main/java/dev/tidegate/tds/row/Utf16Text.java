package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.type.TextBytes;
import java.nio.charset.StandardCharsets;

/** Makes texts of UTF-16LE code units, unpaired surrogates as they are. What it needs for that it keeps. Used by one thread. */
final class Utf16Text {
    private static final int KEPT = 8_192;
    private static final long HIGH_BYTES = 0xFF00_FF00_FF00_FF00L;

    private byte[] narrow = new byte[0];
    private char[] wide = new char[0];

    /** @param length in bytes, even */
    String read(byte[] bytes, int offset, int length) {
        int count = length / 2;
        if (narrow.length < count) {
            narrow = new byte[Math.max(count, Math.min(2 * count, KEPT))];
        }
        String text = narrow(bytes, offset, count)
                ? new String(narrow, 0, count, StandardCharsets.ISO_8859_1)
                : wide(bytes, offset, count);
        if (count > KEPT) {
            narrow = new byte[0];
            wide = new char[0];
        }
        return text;
    }

    /** False if a code unit is beyond Latin-1, where most texts have none. */
    private boolean narrow(byte[] bytes, int offset, int count) {
        int done = 0;
        for (; done <= count - 4; done += 4) {
            long four = LittleEndian.getLong(bytes, offset + 2 * done);
            if ((four & HIGH_BYTES) != 0) {
                return false;
            }
            LittleEndian.putInt(narrow, done, TextBytes.narrow(four));
        }
        for (; done < count; done++) {
            if (bytes[offset + 2 * done + 1] != 0) {
                return false;
            }
            narrow[done] = bytes[offset + 2 * done];
        }
        return true;
    }

    private String wide(byte[] bytes, int offset, int count) {
        if (wide.length < count) {
            wide = new char[narrow.length];
        }
        for (int i = 0; i < count; i++) {
            wide[i] = (char) LittleEndian.getShort(bytes, offset + 2 * i);
        }
        return new String(wide, 0, count);
    }
}
