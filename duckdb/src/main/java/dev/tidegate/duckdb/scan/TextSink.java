package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Utf8;
import dev.tidegate.tds.type.TextBytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Character types, xml and json. */
class TextSink extends StringSink {
    private final boolean replacesBroken;

    TextSink(String column, Set<Loss> allowed) {
        super(column);
        this.replacesBroken = allowed.contains(Loss.TEXT);
    }

    @Override
    public final void setUtf16(int row, byte[] bytes, int offset, int length) {
        byte[] utf8 = Utf8.of(bytes, offset, length, replacesBroken);
        if (utf8 == null) {
            throw misfit(
                    row,
                    new String(bytes, offset, length, StandardCharsets.UTF_16LE),
                    "the text has half of a surrogate pair, which DuckDB's UTF-8 cannot hold; allow the loss of text"
                            + " (tidegate copy --lossy text) to replace it by U+FFFD");
        }
        put(row, utf8);
    }

    @Override
    public final void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
        put(
                row,
                TextBytes.isAscii(bytes, offset, length)
                        ? Arrays.copyOfRange(bytes, offset, offset + length)
                        : transcode(row, bytes, offset, length, charset));
    }

    private byte[] transcode(int row, byte[] bytes, int offset, int length, Charset charset) {
        if (replacesBroken) {
            return new String(bytes, offset, length, charset).getBytes(StandardCharsets.UTF_8);
        }
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw misfit(
                    row,
                    new String(bytes, offset, length, charset),
                    "the bytes are not valid in the column's code page " + charset.name()
                            + "; allow the loss of text (tidegate copy --lossy text) to replace them by U+FFFD");
        }
    }
}
