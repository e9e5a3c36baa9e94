package dev.tidegate.tds.type;

import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/**
 * Writes values in chunks: PLP ([MS-TDS] 2.2.5.2.3). Values whose length is known tell it; text in a code page that is too long to be
 * encoded at once does not.
 */
public final class PlpWriter {
    private static final long UNKNOWN_LENGTH = -2;
    private static final int CHUNK = 8 * 1024;

    /** Text up to this many characters is encoded at once, so that a character that does not fit is found before a byte is written. */
    private static final int AT_ONCE = 64 * 1024;

    private PlpWriter() {}

    /** @throws ValueOutOfRangeException if the value does not fit the type */
    static void write(TdsWriter out, TypeInfo type, Object value) throws IOException {
        SqlType sqlType = type.sqlType();
        if (sqlType.isUnicode()) {
            writeUtf16(out, JavaForms.toText(value, sqlType.sqlName()));
        } else if (sqlType.isText()) {
            writeText(out, JavaForms.toText(value, sqlType.sqlName()), TextBytes.charsetOf(type));
        } else {
            byte[] bytes = JavaForms.toBytes(value, sqlType.sqlName());
            writeBytes(out, bytes, bytes.length);
        }
    }

    public static void writeNull(TdsWriter out) throws IOException {
        out.writeLong(-1);
    }

    /** Writes the first bytes of an array. */
    public static void writeBytes(TdsWriter out, byte[] bytes, int length) throws IOException {
        out.writeLong(length);
        if (length > 0) {
            out.writeInt(length);
            out.writeBytes(bytes, 0, length);
        }
        out.writeInt(0);
    }

    public static void writeUtf16(TdsWriter out, CharSequence text) throws IOException {
        long length = text.length() * 2L;
        out.writeLong(length);
        if (length > 0) {
            // Four bytes without a sign: a String of any length fits.
            out.writeInt((int) length);
            out.writeUtf16(text);
        }
        out.writeInt(0);
    }

    /** @throws ValueOutOfRangeException if the charset lacks a character; of text beyond 64 Ki characters, a part is written then */
    public static void writeText(TdsWriter out, CharSequence text, Charset charset) throws IOException {
        if (text.length() <= AT_ONCE) {
            byte[] bytes = TextBytes.encode(text, charset);
            writeBytes(out, bytes, bytes.length);
            return;
        }
        out.writeLong(UNKNOWN_LENGTH);
        CharsetEncoder encoder = TextBytes.strict(charset);
        CharBuffer chars = CharBuffer.wrap(text);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        boolean flushing = false;
        while (true) {
            CoderResult result = flushing ? encoder.flush(chunk) : encoder.encode(chars, chunk, true);
            if (result.isError()) {
                int at = chars.position();
                throw TextBytes.unmappable(Character.codePointAt(text, at), at, charset);
            }
            if (chunk.position() > 0) {
                out.writeInt(chunk.position());
                out.writeBytes(chunk.array(), 0, chunk.position());
                chunk.clear();
            }
            if (result.isUnderflow()) {
                if (flushing) {
                    break;
                }
                flushing = true;
            }
        }
        out.writeInt(0);
    }
}
