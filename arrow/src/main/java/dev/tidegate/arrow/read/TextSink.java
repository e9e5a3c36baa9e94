package dev.tidegate.arrow.read;

import dev.tidegate.client.column.Ascii;
import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Utf8;
import dev.tidegate.tds.row.ValueRun;
import dev.tidegate.tds.type.TextBytes;
import java.nio.ByteBuffer;
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
        if (!appendAlike(run)) {
            appendTexts(run, from);
        }
        markNulls(run);
    }

    /** Of char(n) every value has the same length; false if that is not so, or it is more than ASCII, or too much. */
    private boolean appendAlike(ValueRun run) {
        int length = run.commonLength();
        long bytes = (long) run.count() * length;
        if (length <= 0 || bytes > block().length - Ascii.BEYOND_END) {
            return false;
        }
        room(run.row(), (int) bytes + Ascii.BEYOND_END);
        int end = blockEnd();
        if (!Ascii.copyAll(run, length, block(), end)) {
            return false;
        }
        int[] ends = runEnds(run.count());
        for (int i = 0; i < run.count(); i++) {
            ends[i] = end + (i + 1) * length;
        }
        end(run, 0, run.count());
        written((int) bytes);
        return true;
    }

    private void appendTexts(ValueRun run, Charset from) {
        byte[] bytes = run.bytes();
        byte[] block = block();
        int[] ends = runEnds(run.count());
        int end = blockEnd();
        int told = 0;
        for (int i = 0; i < run.count(); i++) {
            int start = run.start(i);
            if (start >= 0) {
                int length = run.length(i);
                if (length > block.length - Ascii.BEYOND_END - end || !Ascii.copy(bytes, start, length, block, end)) {
                    writtenTo(end);
                    end(run, told, i);
                    setText(run.row() + i, bytes, start, length, from);
                    told = i + 1;
                    end = blockEnd();
                    continue;
                }
                end += length;
            }
            ends[i] = end;
        }
        writtenTo(end);
        end(run, told, run.count());
    }

    @Override
    public final void setUtf16s(ValueRun run) {
        byte[] bytes = run.bytes();
        byte[] block = block();
        int end = blockEnd();
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            int start = run.start(i);
            if (start >= 0) {
                int length = run.length(i);
                int written = (length >> 1) * BYTES_PER_UNIT > block.length - end
                        ? -1
                        : Utf8.encode(bytes, start, start + length, block, end, replacesBroken);
                if (written < 0) {
                    writtenTo(end);
                    setUtf16(row, bytes, start, length);
                    end = blockEnd();
                    continue;
                }
                end += written;
            }
            end(row, end);
        }
        writtenTo(end);
        markNulls(run);
    }

    /** False at half of a surrogate pair that is not to be replaced. */
    private boolean appendUtf16(int row, byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int room = Math.min(PIECE, room(row, PIECE * BYTES_PER_UNIT) / BYTES_PER_UNIT) * Character.BYTES;
            int until = Math.min(end, at + room);
            if (until < end && Utf8.isHighSurrogate(bytes, until - Character.BYTES)) {
                // A pair stays together.
                until -= Character.BYTES;
            }
            int written = Utf8.encode(bytes, at, until, block(), blockEnd(), replacesBroken);
            if (written < 0) {
                return false;
            }
            written(written);
            at = until;
        }
        return true;
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
