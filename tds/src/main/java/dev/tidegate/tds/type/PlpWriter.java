package dev.tidegate.tds.type;

import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.charset.Charset;

/**
 * Writes values in chunks: PLP ([MS-TDS] 2.2.5.2.3). Values whose length is known tell it; text in a code page that is too long to be
 * encoded at once does not.
 */
public final class PlpWriter {
    static final long UNKNOWN_LENGTH = -2;
    static final int CHUNK = 8 * 1024;

    /** Text up to this many characters is encoded at once, so that a character that does not fit is found before a byte is written. */
    private static final int AT_ONCE = 64 * 1024;

    private PlpWriter() {}

    /**
     * Writes a Java form, or what an InputStream or a Reader gives.
     *
     * @throws ValueOutOfRangeException if the value does not fit the type
     * @throws UncheckedIOException if the stream or reader fails; a part of the value is written then
     */
    static void write(TdsWriter out, TypeInfo type, Object value) throws IOException {
        SqlTypeName sqlType = type.sqlType();
        if (value instanceof Reader text && sqlType.isText()) {
            writeStream(out, text, sqlType.isUnicode() ? null : TextBytes.charsetOf(type));
        } else if (value instanceof InputStream bytes && sqlType.isBinary()) {
            writeStream(out, bytes);
        } else if (sqlType.isUnicode()) {
            writeUtf16(out, JavaForms.toText(value, sqlType.sqlName()));
        } else if (sqlType.isText()) {
            writeText(out, JavaForms.toText(value, sqlType.sqlName()), TextBytes.charsetOf(type));
        } else {
            byte[] bytes = JavaForms.toBytes(value, sqlType.sqlName());
            writeBytes(out, bytes, bytes.length);
        }
    }

    /** Of a length that is not known; nothing is held but a piece at a time. */
    private static void writeStream(TdsWriter out, InputStream bytes) throws IOException {
        out.writeLong(UNKNOWN_LENGTH);
        byte[] chunk = new byte[CHUNK];
        for (int got = readSome(bytes, chunk); got >= 0; got = readSome(bytes, chunk)) {
            if (got > 0) {
                out.writeInt(got);
                out.writeBytes(chunk, 0, got);
            }
        }
        out.writeInt(0);
    }

    private static int readSome(InputStream bytes, byte[] chunk) {
        try {
            return bytes.read(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException("the value's stream failed: " + e.getMessage(), e);
        }
    }

    /** @param charset null for UTF-16 */
    private static void writeStream(TdsWriter out, Reader text, Charset charset) throws IOException {
        TextChunks chunks = charset == null ? null : new TextChunks(out, charset);
        if (chunks == null) {
            out.writeLong(UNKNOWN_LENGTH);
        }
        CharBuffer part = CharBuffer.allocate(CHUNK / 2);
        boolean more = true;
        while (more) {
            more = readSome(text, part) >= 0;
            part.flip();
            if (chunks != null) {
                chunks.encode(part, !more);
            } else if (part.hasRemaining()) {
                out.writeInt(part.remaining() * 2);
                out.writeUtf16(part);
                part.position(part.limit());
            }
            part.compact();
        }
        if (chunks != null) {
            chunks.end();
        } else {
            out.writeInt(0);
        }
    }

    private static int readSome(Reader text, CharBuffer part) {
        try {
            return text.read(part);
        } catch (IOException e) {
            throw new UncheckedIOException("the value's reader failed: " + e.getMessage(), e);
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
        } else {
            TextChunks chunks = new TextChunks(out, charset);
            chunks.encode(CharBuffer.wrap(text), true);
            chunks.end();
        }
    }
}
