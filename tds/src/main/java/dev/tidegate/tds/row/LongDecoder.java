package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.ChunkedValue;
import dev.tidegate.tds.type.ChunkedValue.Gathered;
import dev.tidegate.tds.type.ContentReader;
import dev.tidegate.tds.type.TextBytes;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnsupportedCollationException;
import java.io.IOException;
import java.nio.charset.Charset;

/**
 * Decodes the long values of one column: as they stand if they are whole in the reader's buffer, else gathered in a buffer of its own,
 * which is kept for the next value and grows only as bytes arrive. {@link #fetch} takes the value from the reader, whatever becomes of
 * it.
 */
final class LongDecoder extends ColumnDecoder {
    /** Longest value in bytes that is waited for in the reader's buffer. */
    private static final int AS_IT_STANDS = 16 * 1024;

    /** A larger buffer is not kept. */
    private static final int KEPT = 1024 * 1024;

    private static final byte[] EMPTY = new byte[0];

    private final int most;
    private final UnreadableValues unreadable;
    private final Charset charset;
    private final UnsupportedCollationException unsupported;
    private final ChunkedValue chunks = new ChunkedValue();
    private final int[] place = new int[3];

    private byte[] gathered = EMPTY;
    private byte[] bytes = EMPTY;
    private int start;
    /** Length of the fetched value; -1 if it is NULL. */
    private int length;

    /** @param most longest value accepted, in bytes */
    LongDecoder(TypeInfo type, int most, UnreadableValues unreadable) {
        super(type, Integer.MAX_VALUE);
        this.most = most;
        this.unreadable = unreadable;
        Charset found = null;
        UnsupportedCollationException missing = null;
        if (type.sqlType().isText() && !type.sqlType().isUnicode()) {
            try {
                found = TextBytes.charsetOf(type);
            } catch (UnsupportedCollationException e) {
                missing = e;
            }
        }
        this.charset = found;
        this.unsupported = missing;
    }

    @Override
    void fetch(TdsReader in, boolean wanted) throws IOException {
        length = -1;
        if (LongValues.locate(in, type, 0, Math.min(most, AS_IT_STANDS), place)) {
            in.advance(place[2]);
            bytes = in.buffer();
            start = in.offset() - place[2] + place[0];
            length = place[1];
        } else if (LongValues.begin(in, type, chunks)) {
            if (wanted && unsupported == null) {
                gather();
            } else {
                chunks.skipRest();
                length = 0;
            }
        }
        if (length >= 0 && unsupported != null && wanted) {
            unreadable.add(this, unsupported.getMessage(), unsupported);
            length = -1;
        }
    }

    private void gather() throws IOException {
        Gathered whole = chunks.gather(gathered, most);
        if (whole == null) {
            unreadable.add(this, "a value of " + type.toSql() + " is longer than the " + most + " bytes allowed", null);
            return;
        }
        bytes = whole.bytes();
        start = 0;
        length = whole.length();
        gathered = bytes.length <= KEPT ? bytes : EMPTY;
    }

    @Override
    int decode(byte[] unused, int offset, ColumnSink sink, int row) throws IOException {
        if (length < 0) {
            sink.setNull(row);
        } else if (charset != null) {
            sink.setText(row, bytes, start, length, charset);
        } else if (type.sqlType().isUnicode()) {
            TextBytes.checkUtf16(length);
            sink.setUtf16(row, bytes, start, length);
        } else {
            sink.setBytes(row, bytes, start, length);
        }
        bytes = EMPTY;
        return offset;
    }

    @Override
    int skip(byte[] unused, int offset) {
        return offset;
    }

    @Override
    Object read(TdsReader in) throws IOException {
        fetch(in, true);
        Object value = length < 0 ? null : ContentReader.read(type, bytes, start, length);
        bytes = EMPTY;
        return value;
    }
}
