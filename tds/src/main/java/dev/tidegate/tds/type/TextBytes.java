package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.Utf16;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text on the wire: UTF-16, or the code page of a collation. */
public final class TextBytes {
    private TextBytes() {}

    /** UTF-16LE code units as they are: unpaired surrogates, which SQL Server stores, stay. */
    public static String utf16(byte[] bytes, int offset, int length) throws TdsProtocolException {
        checkUtf16(length);
        return Utf16.decode(bytes, offset, length);
    }

    /** @throws TdsProtocolException if the length in bytes is odd */
    public static void checkUtf16(int length) throws TdsProtocolException {
        if ((length & 1) != 0) {
            throw new TdsProtocolException("UTF-16 text of " + length + " bytes, an odd number", -1);
        }
    }

    /**
     * Encodes text, all of it or nothing.
     *
     * @throws ValueOutOfRangeException naming the first character that the code page does not have
     */
    public static byte[] encode(CharSequence text, Charset charset) {
        CharsetEncoder encoder = strict(charset);
        try {
            ByteBuffer bytes = encoder.encode(CharBuffer.wrap(text));
            byte[] result = new byte[bytes.remaining()];
            bytes.get(result);
            return result;
        } catch (CharacterCodingException e) {
            throw unmappable(text, charset);
        }
    }

    /**
     * Decodes text, all of it or nothing.
     *
     * @throws UnreadableValueException naming the first bytes that stand for no character in the code page; its column is -1
     */
    public static String decode(byte[] bytes, int offset, int length, Charset charset) throws UnreadableValueException {
        if (CodePages.surelyKeepsAscii(charset) && isAscii(bytes, offset, length)) {
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        }
        String text = new String(bytes, offset, length, charset);
        // Java has put U+FFFD where bytes stood for nothing; only then is it worth while to look closer.
        if (text.indexOf('\uFFFD') >= 0) {
            checkDecodable(ByteBuffer.wrap(bytes, offset, length), text.length(), charset);
        }
        return text;
    }

    /** Whether the charset has ASCII where ASCII has it, so that bytes of 0 to 127 are characters of that number. */
    public static boolean keepsAscii(Charset charset) {
        if (CodePages.surelyKeepsAscii(charset)) {
            return true;
        }
        byte[] all = new byte[128];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return new String(all, charset).equals(new String(all, StandardCharsets.ISO_8859_1));
    }

    /** Whether all bytes are ASCII. */
    public static boolean isAscii(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        for (; at <= end - 8; at += 8) {
            if ((LittleEndian.getLong(bytes, at) & 0x8080_8080_8080_8080L) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The low bytes of four UTF-16 code units whose high bytes are zero, in the order of the units. */
    public static int narrow(long four) {
        long pairs = (four | four >>> 8) & 0x0000_FFFF_0000_FFFFL;
        return (int) (pairs | pairs >>> 16);
    }

    private static void checkDecodable(ByteBuffer bytes, int chars, Charset charset) throws UnreadableValueException {
        int start = bytes.position();
        CoderResult result = decoder(charset).decode(bytes, CharBuffer.allocate(chars), true);
        if (result.isError()) {
            int at = bytes.position();
            String found = HexFormat.of().withUpperCase().formatHex(bytes.array(), at, at + result.length());
            throw new UnreadableValueException(
                    -1,
                    "0x" + found + " at byte " + (at - start) + " of the value is no character in " + shown(charset)
                            + "; read the column as bytes, or convert it on the server",
                    null);
        }
    }

    /** A decoder that reports what it cannot decode. */
    public static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * How values of a character type, or json, are encoded; UTF-16 types excepted. Without a collation, in the code page of
     * {@link Collation#DEFAULT}.
     *
     * @throws UnsupportedCollationException if that is not known
     */
    public static Charset charsetOf(TypeInfo type) {
        if (type.type() == DataType.JSON) {
            return StandardCharsets.UTF_8;
        }
        return (type.collation() == null ? Collation.DEFAULT : type.collation()).charset();
    }

    /** An encoder that reports what it cannot encode. */
    static CharsetEncoder strict(Charset charset) {
        return charset.newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** What to throw for text that the charset cannot encode; names the first such character. */
    public static ValueOutOfRangeException unmappable(CharSequence text, Charset charset) {
        CharsetEncoder encoder = strict(charset);
        for (int i = 0; i < text.length(); ) {
            int codePoint = Character.codePointAt(text, i);
            if (!encoder.canEncode(Character.toString(codePoint))) {
                return unmappable(codePoint, i, charset);
            }
            i += Character.charCount(codePoint);
        }
        return new ValueOutOfRangeException("the text cannot be encoded in " + shown(charset));
    }

    static ValueOutOfRangeException unmappable(int codePoint, long index, Charset charset) {
        return new ValueOutOfRangeException(
                String.format("character U+%04X at index %d does not exist in %s", codePoint, index, shown(charset)));
    }

    private static String shown(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) ? "UTF-8" : "code page " + charset.name();
    }
}
