package dev.tidegate.arrow.read;

import dev.tidegate.client.column.Ascii;
import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Utf8;
import dev.tidegate.tds.row.ValueRun;
import dev.tidegate.tds.type.TextBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;

/** Character types, xml and json, as UTF-8. */
class TextSink extends VariableSink {
    /** Units of UTF-16 that are made UTF-8 at once; three bytes each at most. */
    private static final int PIECE = 1024;

    private static final int BYTES_PER_UNIT = 3;

    private final boolean replacesBroken;
    private final CharBuffer chars = CharBuffer.allocate(PIECE);
    private final byte[] units = new byte[PIECE * Character.BYTES];
    private Charset charset;
    private CharsetDecoder decoder;
    /** Whether the texts of a run are first tried all at once: not behind a run in which one had to be looked at by itself. */
    private boolean triesAll = true;

    TextSink(String column, BufferAllocator allocator, boolean large, boolean replacesBroken) {
        super(column, allocator, large, MOST_BYTES);
        this.replacesBroken = replacesBroken;
    }

    @Override
    public final void setUtf16(int row, byte[] bytes, int offset, int length) {
        if (!appendUtf16(row, bytes, offset, length)) {
            throw misfit(
                    row,
                    new String(bytes, offset, length, StandardCharsets.UTF_16LE),
                    "the text has half of a surrogate pair, which UTF-8 cannot hold; allow the loss of text ("
                            + Loss.TEXT.hint() + ") to replace it by U+FFFD");
        }
        end(row);
    }

    @Override
    public final void setText(int row, byte[] bytes, int offset, int length, Charset from) {
        if (TextBytes.isAscii(bytes, offset, length)) {
            append(row, bytes, offset, length);
        } else if (!appendDecoded(row, bytes, offset, length, from)) {
            throw misfit(
                    row,
                    new String(bytes, offset, length, from),
                    "the bytes are not valid in the column's code page " + from.name() + "; allow the loss of text ("
                            + Loss.TEXT.hint() + ") to replace them by U+FFFD");
        }
        end(row);
    }

    @Override
    public final void setTexts(ValueRun run, Charset from) {
        if (!triesAll || run.nulls() > 0 || !appendAscii(run)) {
            appendTexts(run, from);
        }
        markNulls(run);
    }

    /** Texts as they stand, then where they end; false if one is more than ASCII, or they are too much. */
    private boolean appendAscii(ValueRun run) {
        if (!hasRoom(run.totalLength()) || !Ascii.copyAll(run, content(), used())) {
            return false;
        }
        endAll(run);
        return true;
    }

    private void appendTexts(ValueRun run, Charset from) {
        byte[] bytes = run.bytes();
        ByteBuffer memory = content();
        int room = room();
        int end = used();
        triesAll = true;
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            int start = run.start(i);
            if (start >= 0) {
                int length = run.length(i);
                if (length > room - end || !Ascii.copy(bytes, start, length, memory, end)) {
                    usedTo(end);
                    setText(row, bytes, start, length, from);
                    triesAll = false;
                    memory = content();
                    room = room();
                    end = used();
                    continue;
                }
                end += length;
            }
            end(row, end);
        }
        usedTo(end);
    }

    @Override
    public final void setUtf16s(ValueRun run) {
        byte[] bytes = run.bytes();
        ByteBuffer memory = content();
        int room = room();
        int end = used();
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            int start = run.start(i);
            if (start >= 0) {
                int length = run.length(i);
                int written = (length >> 1) * BYTES_PER_UNIT > room - end
                        ? -1
                        : Utf8.encode(bytes, start, start + length, memory, end, replacesBroken);
                if (written < 0) {
                    usedTo(end);
                    setUtf16(row, bytes, start, length);
                    memory = content();
                    room = room();
                    end = used();
                    continue;
                }
                end += written;
            }
            end(row, end);
        }
        usedTo(end);
        markNulls(run);
    }

    /** False at half of a surrogate pair that is not to be replaced. */
    private boolean appendUtf16(int row, byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int until = Math.min(end, at + PIECE * Character.BYTES);
            if (until < end && Utf8.isHighSurrogate(bytes, until - Character.BYTES)) {
                // A pair stays together.
                until -= Character.BYTES;
            }
            if (!appendPiece(row, bytes, at, until)) {
                return false;
            }
            at = until;
        }
        return true;
    }

    private boolean appendPiece(int row, byte[] bytes, int at, int until) {
        int most = (until - at >> 1) * BYTES_PER_UNIT;
        if (hasRoom(most)) {
            int written = Utf8.encode(bytes, at, until, content(), used(), replacesBroken);
            usedTo(used() + Math.max(written, 0));
            return written >= 0;
        }
        // The batch is nearly full: how many bytes these are has to be known before.
        ByteBuffer piece = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
        int written = Utf8.encode(bytes, at, until, piece, 0, replacesBroken);
        if (written >= 0) {
            append(row, piece.array(), 0, written);
        }
        return written >= 0;
    }

    /** False at bytes that are not valid and not to be replaced. */
    private boolean appendDecoded(int row, byte[] bytes, int offset, int length, Charset from) {
        if (!from.equals(charset)) {
            charset = from;
            CodingErrorAction action = replacesBroken ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT;
            decoder = from.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
        }
        decoder.reset();
        ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(source, chars, true);
            if (result.isError()) {
                return false;
            }
            appendChars(row);
        } while (result.isOverflow());
        chars.clear();
        decoder.flush(chars);
        appendChars(row);
        return true;
    }

    private void appendChars(int row) {
        int count = chars.position();
        for (int i = 0; i < count; i++) {
            char unit = chars.get(i);
            units[2 * i] = (byte) unit;
            units[2 * i + 1] = (byte) (unit >>> 8);
        }
        appendUtf16(row, units, 0, count * Character.BYTES);
    }
}
