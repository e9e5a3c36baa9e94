package dev.tidegate.tds.type;

import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** Encodes text of any length piece by piece into the chunks of a PLP value whose length is not told. */
final class TextChunks {
    private final TdsWriter out;
    private final Charset charset;
    private final CharsetEncoder encoder;
    private final ByteBuffer chunk = ByteBuffer.allocate(PlpWriter.CHUNK);
    /** Characters encoded before the current piece. */
    private long before;

    /** Begins the value. */
    TextChunks(TdsWriter out, Charset charset) throws IOException {
        this.out = out;
        this.charset = charset;
        this.encoder = TextBytes.strict(charset);
        out.writeLong(PlpWriter.UNKNOWN_LENGTH);
    }

    /**
     * Encodes a piece; leaves the first half of a character that is cut in it, unless it is the last piece.
     *
     * @throws ValueOutOfRangeException if the charset lacks a character
     */
    void encode(CharBuffer text, boolean last) throws IOException {
        CoderResult result;
        int start = text.position();
        do {
            result = encoder.encode(text, chunk, last);
            if (result.isError()) {
                char first = text.get(text.position());
                boolean pair = result.length() == 2 && Character.isHighSurrogate(first);
                int codePoint = pair ? Character.toCodePoint(first, text.get(text.position() + 1)) : first;
                throw TextBytes.unmappable(codePoint, before + text.position() - start, charset);
            }
            writeChunk();
        } while (result.isOverflow());
        before += text.position() - start;
    }

    /** Ends the value, after the last piece. */
    void end() throws IOException {
        encoder.flush(chunk);
        writeChunk();
        out.writeInt(0);
    }

    private void writeChunk() throws IOException {
        if (chunk.position() > 0) {
            out.writeInt(chunk.position());
            out.writeBytes(chunk.array(), 0, chunk.position());
            chunk.clear();
        }
    }
}
