package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.type.TextBytes;
import dev.tidegate.tds.type.TypeInfo;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Character types, xml and json. Text that has bytes of ASCII only, which is most, is not decoded but copied or widened. */
final class TextRun extends BytesRun {
    /** Null for UTF-16. */
    private final Charset charset;
    /** Null for UTF-16. */
    private final TextEncoder encoder;
    /** Null unless every character has one byte. */
    private final CodePageTable table;

    private byte[] own = new byte[0];
    private byte[] units = new byte[0];

    TextRun(TypeInfo type) {
        super(type);
        this.charset = type.sqlType().isUnicode() ? null : TextBytes.charsetOf(type);
        this.encoder = charset == null ? null : new TextEncoder(charset);
        this.table = charset == null ? null : CodePageTable.of(charset);
    }

    @Override
    boolean read(RunSource source, int first, int count, boolean[] isNull) {
        if (!source.givesUtf8()) {
            return gather(source, first, count, isNull) && fits(count);
        }
        byte[] utf8 = source.getUtf8(first, count, isNull, starts);
        if (utf8 == null) {
            return false;
        }
        boolean ascii = TextBytes.isAscii(utf8, starts[0], starts[count] - starts[0]);
        if (charset == null) {
            return (ascii ? widen(utf8, count) : decode(utf8, count, isNull)) && fits(count);
        }
        block = utf8;
        if (ascii) {
            return fits(count);
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return areValid(utf8, count, isNull) && fits(count);
        }
        return (table == null ? gather(source, first, count, isNull) : translate(utf8, count, isNull)) && fits(count);
    }

    @Override
    int kept() {
        return own.length + units.length;
    }

    @Override
    void forget() {
        own = new byte[0];
        units = own;
        block = own;
    }

    private boolean widen(byte[] utf8, int count) {
        int base = starts[0];
        own = withRoom(own, 2 * (starts[count] - base));
        Utf8Text.widen(utf8, base, starts[count], own, 0);
        for (int i = 0; i <= count; i++) {
            starts[i] = 2 * (starts[i] - base);
        }
        block = own;
        return true;
    }

    private boolean decode(byte[] utf8, int count, boolean[] isNull) {
        own = withRoom(own, 2 * (starts[count] - starts[0]));
        block = own;
        int end = 0;
        int start = starts[0];
        for (int i = 0; i < count; i++) {
            int next = starts[i + 1];
            starts[i] = end;
            if (isNull == null || !isNull[i]) {
                end = Utf8Text.toUtf16(utf8, start, next, own, end);
                if (end < 0) {
                    return false;
                }
            }
            start = next;
        }
        starts[count] = end;
        return true;
    }

    private boolean areValid(byte[] utf8, int count, boolean[] isNull) {
        for (int i = 0; i < count; i++) {
            if ((isNull == null || !isNull[i]) && toUnits(utf8, starts[i], starts[i + 1]) < 0) {
                return false;
            }
        }
        return true;
    }

    private int toUnits(byte[] utf8, int start, int end) {
        units = withRoom(units, 2 * (end - start));
        return Utf8Text.toUtf16(utf8, start, end, units, 0);
    }

    private boolean translate(byte[] utf8, int count, boolean[] isNull) {
        own = withRoom(own, starts[count] - starts[0]);
        block = own;
        int end = 0;
        int start = starts[0];
        for (int i = 0; i < count; i++) {
            int next = starts[i + 1];
            starts[i] = end;
            if (isNull == null || !isNull[i]) {
                int length = toUnits(utf8, start, next);
                if (length < 0 || !table.encode(units, length, own, end)) {
                    return false;
                }
                end += length / 2;
            }
            start = next;
        }
        starts[count] = end;
        return true;
    }

    private boolean gather(RunSource source, int first, int count, boolean[] isNull) {
        int end = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = end;
            if (isNull == null || !isNull[i]) {
                CharSequence text = source.getText(first + i);
                if (text.length() > (MOST_GATHERED - end) / 4) {
                    return false;
                }
                end = charset == null ? putUnits(text, end) : putEncoded(text, end);
            }
        }
        starts[count] = end;
        block = own;
        return true;
    }

    private int putUnits(CharSequence text, int at) {
        int length = text.length();
        own = withRoom(own, at + 2 * length);
        for (int i = 0; i < length; i++) {
            LittleEndian.putShort(own, at + 2 * i, (short) text.charAt(i));
        }
        return at + 2 * length;
    }

    private int putEncoded(CharSequence text, int at) {
        byte[] bytes = encoder.encode(text, MOST_GATHERED);
        int length = encoder.length();
        own = withRoom(own, at + length);
        System.arraycopy(bytes, 0, own, at, length);
        return at + length;
    }
}
