package dev.tidegate.tds.type;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads a value that may be larger than memory, piece by piece: PLP ([MS-TDS] 2.2.5.2.3), and the plain long values of text, ntext and
 * image. Reusable, one value after another. Not thread-safe.
 */
public final class ChunkedValue {
    private static final long NULL = -1;
    private static final long UNKNOWN = -2;
    private static final int FIRST_BUFFER = 8 * 1024;

    private TdsReader in;
    /** Bytes that the value has left, if it told its length; else negative. */
    private long left;

    private long chunkLeft;
    private boolean chunked;
    private boolean ended = true;

    /** Begins a PLP value; false if it is NULL. */
    public boolean begin(TdsReader reader) throws IOException {
        in = reader;
        long length = in.readLong();
        if (length < 0 && length != NULL && length != UNKNOWN) {
            throw new TdsProtocolException("a (max) value claims a length of " + length, in.position() - 8);
        }
        left = length;
        chunkLeft = 0;
        chunked = true;
        ended = length == NULL;
        return !ended;
    }

    /** Begins a value of a length already read. */
    public void begin(TdsReader reader, long length) {
        in = reader;
        left = 0;
        chunkLeft = length;
        chunked = false;
        ended = false;
    }

    /** The length that the value announced, in bytes, less what has been read; -1 if unknown. */
    public long remaining() {
        return chunked ? Math.max(left, -1) : chunkLeft;
    }

    /**
     * Bytes of the value that stand in the reader's buffer now, at its offset; -1 at the value's end. The caller takes some of them and
     * says so by {@link #taken}.
     */
    public int next() throws IOException {
        if (ended) {
            return -1;
        }
        if (chunkLeft == 0 && !nextChunk()) {
            ended = true;
            return -1;
        }
        in.require(1);
        return (int) Math.min(chunkLeft, in.available());
    }

    private boolean nextChunk() throws IOException {
        if (!chunked) {
            return false;
        }
        chunkLeft = in.readUnsignedInt();
        if (chunkLeft == 0) {
            if (left > 0) {
                throw new TdsProtocolException(
                        "a (max) value ends " + left + " bytes before its length", in.position());
            }
            return false;
        }
        if (left >= 0) {
            if (chunkLeft > left) {
                throw new TdsProtocolException(
                        "a chunk of " + chunkLeft + " bytes in a (max) value that has " + left + " left",
                        in.position());
            }
            left -= chunkLeft;
        }
        return true;
    }

    /** Moves past bytes that {@link #next} gave. */
    public void taken(int count) {
        in.advance(count);
        chunkLeft -= count;
    }

    /** Skips what is left of the value. */
    public void skipRest() throws IOException {
        for (int part = next(); part >= 0; part = next()) {
            taken(part);
        }
    }

    /**
     * Gathers what is left of the value from the start of a buffer, which grows only as bytes arrive.
     *
     * @param buffer used if large enough; may be empty
     * @param most largest length in bytes; beyond it the rest is skipped and the answer is null
     * @return the buffer used and the count of bytes in it
     */
    public Gathered gather(byte[] buffer, int most) throws IOException {
        byte[] target = buffer;
        int length = 0;
        for (int part = next(); part >= 0; part = next()) {
            if (part > most - length) {
                skipRest();
                return null;
            }
            if (length + part > target.length) {
                target = Arrays.copyOf(target, grown(target.length, length + part, most));
            }
            System.arraycopy(in.buffer(), in.offset(), target, length, part);
            length += part;
            taken(part);
        }
        return new Gathered(target, length);
    }

    private static int grown(int now, int needed, int most) {
        long wanted = Math.max(Math.max(now * 2L, needed), FIRST_BUFFER);
        return (int) Math.max(needed, Math.min(wanted, most));
    }

    /** Bytes from the start of an array. */
    public record Gathered(byte[] bytes, int length) {}
}
