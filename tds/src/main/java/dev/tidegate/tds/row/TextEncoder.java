package dev.tidegate.tds.row;

import dev.tidegate.tds.type.TextBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Encodes short text in a code page, again and again into one buffer; ASCII, which all code pages share, without a charset's encoder. */
final class TextEncoder {
    private final Charset charset;
    private final CharsetEncoder encoder;
    private byte[] buffer = new byte[256];
    private int length;

    TextEncoder(Charset charset) {
        this.charset = charset;
        this.encoder = charset.newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * Encodes text; the bytes stand in the answer up to {@link #length}, until the next call.
     *
     * @param most how many bytes the column takes; longer text may be cut after that many and a few more
     * @throws dev.tidegate.tds.type.ValueOutOfRangeException if the charset lacks a character
     */
    byte[] encode(CharSequence text, int most) {
        int chars = Math.min(text.length(), most + 1);
        if (buffer.length < chars) {
            buffer = new byte[Math.max(chars, Math.min(buffer.length * 2, most + 1))];
        }
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return encodeAll(text);
            }
            buffer[i] = (byte) c;
        }
        length = chars;
        return buffer;
    }

    private byte[] encodeAll(CharSequence text) {
        int most = (int) Math.min((long) Math.ceil(text.length() * (double) encoder.maxBytesPerChar()), 1 << 30);
        if (buffer.length < most) {
            buffer = new byte[most];
        }
        ByteBuffer target = ByteBuffer.wrap(buffer);
        encoder.reset();
        CoderResult result = encoder.encode(CharBuffer.wrap(text), target, true);
        if (!result.isUnderflow() || !encoder.flush(target).isUnderflow()) {
            throw TextBytes.unmappable(text, charset);
        }
        length = target.position();
        return buffer;
    }

    /** Bytes of the text encoded last. */
    int length() {
        return length;
    }
}
