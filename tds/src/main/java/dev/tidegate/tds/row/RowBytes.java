package dev.tidegate.tds.row;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.ChunkedValue;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnreadableValueException;
import dev.tidegate.tds.type.ValueCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of the current row, and where in them each value stands. As long as the row is whole in the reader's buffer, nothing is
 * copied; from the first long value on, which may not fit there, the values are kept in a buffer of this object, and the columns after
 * it are read only when one of them is asked for.
 */
final class RowBytes {
    /** {@link #lengths} of a value that was streamed, or was too long to be kept. */
    private static final int GONE = -2;

    /** Rows after which it is worth while to know the shape of the others. */
    private static final int FEW = 64;

    /** Rows after which it is worth while to look for the next ones before they are asked for. */
    private static final int MANY = 256;

    /** Longest value in bytes that is waited for in the reader's buffer. */
    private static final int AS_IT_STANDS = 16 * 1024;

    /** Length of a row in bytes beyond which the rest of it is not waited for in the reader's buffer. */
    private static final int IN_PLACE = 1024 * 1024;

    /** A larger buffer is not kept for the next row. */
    private static final int KEPT = 1024 * 1024;

    /** Longest value in bytes that is kept when a later column is asked for first. */
    private static final int PASSED = 16 * 1024 * 1024;

    private final List<TypeInfo> types;
    private final CellLayout[] layouts;
    private final ColumnNames names;
    private final NullBitmap nulls;
    /** Of the columns from one on that have a shape together; null where there is none, and before many rows have come. */
    private CellShape[] shapes;

    private int rows;
    /** Of the columns of the current row; then of the rows found behind it. */
    private int[] starts;

    private int[] lengths;
    /** Where in these the row stands that is being located. */
    private int first;

    /** Whether somebody could go through rows ahead. */
    private boolean mayGoAhead;
    /** Null before there have been many rows, and where nobody could. */
    private RowsAhead ahead;
    /** Where the current row and those behind it end, from {@link #base} on. */
    private int[] ends;

    private final int[] place = new int[3];
    private final ChunkedValue chunks = new ChunkedValue();
    /** Longest value in bytes that is read as a whole. */
    private final int most;

    private TdsReader in;
    private byte[] bytes = new byte[0];
    private int base;
    private byte[] kept = new byte[0];
    private int keptLength;
    /** Columns whose place is known. */
    private int located;

    /** Nothing of the row is left to be read: until the next one, nothing here changes. */
    private boolean whole;

    /** The long value of column {@link #located} has been begun. */
    private boolean pending;
    /** Who reads the begun value, null if nobody. */
    private ValueStream streaming;

    RowBytes(List<TypeInfo> types, ColumnNames names, int most) {
        this.types = types;
        this.names = names;
        this.most = most;
        this.nulls = new NullBitmap(types.size());
        this.starts = new int[types.size()];
        this.lengths = new int[types.size()];
        this.layouts = new CellLayout[types.size()];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = LongValues.isLong(types.get(i)) ? null : CellLayout.of(types.get(i));
        }
    }

    /** Says that rows which have arrived may be gone through without the lock ({@link RowsAhead}). */
    void mayGoAhead() {
        mayGoAhead = Arrays.stream(layouts).allMatch(Objects::nonNull) && layouts.length > 0;
    }

    void load(TdsReader reader, RowMarker marker) throws IOException {
        in = reader;
        whole = false;
        located = 0;
        pending = false;
        streaming = null;
        keptLength = 0;
        if (kept.length > KEPT) {
            kept = new byte[0];
        }
        nulls.read(in, marker);
        if (rows <= MANY) {
            countRow();
        }
        int end = locateAll();
        bytes = in.buffer();
        base = in.offset();
        whole = located == layouts.length;
        if (!whole) {
            base = 0;
            copy(end);
        } else if (ahead != null && marker == RowMarker.ROW) {
            lookAhead(end);
        }
        in.advance(end);
    }

    private void countRow() {
        rows++;
        if (rows > FEW && shapes == null) {
            shapes = shapes();
        }
        if (rows > MANY && mayGoAhead) {
            starts = Arrays.copyOf(starts, (1 + RowsAhead.MOST) * layouts.length);
            lengths = Arrays.copyOf(lengths, starts.length);
            ends = new int[1 + RowsAhead.MOST];
            ahead = new RowsAhead();
        }
    }

    /**
     * Locates the rows behind the loaded one that have all arrived. At one that is in error this ends: who loads it is told.
     *
     * @param end of the loaded row, relative to the reader
     */
    private void lookAhead(int end) {
        byte[] buffer = in.buffer();
        int found = 0;
        ends[0] = end;
        try {
            while (found < ahead.most()
                    && in.available() > ends[found]
                    && RowMarker.ofToken(buffer[base + ends[found]]) == RowMarker.ROW) {
                first += layouts.length;
                located = 0;
                int at = locateArrived(ends[found] + 1);
                if (located < layouts.length) {
                    break;
                }
                ends[++found] = at;
            }
        } catch (TdsProtocolException e) {
            // Of a row that may never be asked for.
        }
        first = 0;
        located = layouts.length;
        if (found > 0) {
            ahead.begin(found);
        }
    }

    /** Whether rows may be gone through without the lock now. */
    boolean isAhead() {
        return ahead != null && ahead.isRunning();
    }

    /** Makes the row that was taken last of those {@link RowsAhead} the current one; from now on nobody goes ahead. Under the lock. */
    void settle() {
        int row = ahead == null ? -1 : ahead.stop();
        if (row > 0) {
            System.arraycopy(starts, row * layouts.length, starts, 0, layouts.length);
            System.arraycopy(lengths, row * layouts.length, lengths, 0, layouts.length);
            in.advance(ends[row] - ends[0]);
        }
    }

    /** Null if there is none. */
    RowsAhead ahead() {
        return ahead;
    }

    private CellShape[] shapes() {
        CellShape[] found = new CellShape[layouts.length];
        int first = 0;
        while (first < layouts.length) {
            int end = CellShape.end(layouts, first);
            if (end > first + 1) {
                found[first] = CellShape.of(layouts, first, end);
            }
            first = Math.max(end, first + 1);
        }
        return found;
    }

    /** Locates columns while they are short, and all together are; returns where the last ends, relative to the reader. */
    private int locateAll() throws IOException {
        int at = locateArrived(0);
        while (located < layouts.length && at <= IN_PLACE) {
            int end = locate(located, at);
            if (end < 0) {
                break;
            }
            located++;
            at = locateArrived(end);
        }
        return at;
    }

    /**
     * Locates columns as long as their cells are short and have arrived, however long they are. Most rows have arrived as a whole.
     *
     * @param from where the next cell begins, relative to the reader
     * @return where the last one ends
     */
    private int locateArrived(int from) throws TdsProtocolException {
        byte[] buffer = in.buffer();
        int offset = in.offset();
        int arrived = in.available();
        int at = from;
        int column = located;
        try {
            for (; column < layouts.length; column++) {
                CellShape shape = shapes == null || nulls.isPresent() ? null : shapes[column];
                if (shape != null && arrived - at >= shape.length && shape.fits(buffer, offset + at)) {
                    column = take(shape, column, at);
                    at += shape.length;
                    continue;
                }
                CellLayout layout = layouts[column];
                if (layout == null || arrived - at < layout.maxLength()) {
                    break;
                }
                if (nulls.get(column)) {
                    lengths[first + column] = -1;
                    continue;
                }
                int length = layout.contentLength(buffer, offset + at);
                at += layout.prefix;
                starts[first + column] = at;
                lengths[first + column] = length;
                at += Math.max(length, 0);
            }
        } catch (TdsProtocolException e) {
            throw e.in(names.shown(column), in.position() + at);
        }
        located = column;
        return at;
    }

    /**
     * Notes the places of columns whose cells have a shape.
     *
     * @return the last of them
     */
    private int take(CellShape shape, int column, int at) {
        int count = shape.starts.length;
        for (int i = 0; i < count; i++) {
            starts[first + column + i] = at + shape.starts[i];
        }
        System.arraycopy(shape.sizes, 0, lengths, first + column, count);
        return column + count - 1;
    }

    /** Where the cell of a column ends; -1 if its value is too long to be used as it stands. */
    private int locate(int column, int at) throws IOException {
        if (nulls.get(column)) {
            lengths[column] = -1;
            return at;
        }
        try {
            CellLayout layout = layouts[column];
            if (layout == null) {
                if (!LongValues.locate(in, types.get(column), at, AS_IT_STANDS, place)) {
                    return -1;
                }
                starts[column] = place[0];
                lengths[column] = place[1];
                return place[2];
            }
            int length = layout.require(in, at);
            starts[column] = at + layout.prefix;
            lengths[column] = length;
            return at + layout.prefix + Math.max(length, 0);
        } catch (TdsProtocolException e) {
            throw e.in(names.shown(column), in.position() + at);
        }
    }

    /** Length of a value in bytes; -1 if it is NULL. Its bytes stand in {@link #bytes()} from {@link #start} on. */
    int length(int column) throws IOException {
        if (column >= located) {
            advanceTo(column, true);
        }
        int length = lengths[column];
        if (length == GONE) {
            throw gone(column);
        }
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int column) {
        return base + starts[column];
    }

    /** Whether all of the row has been located, so that no getter changes anything here any more. */
    boolean isWhole() {
        return whole;
    }

    /**
     * As {@link #length}, of a row that {@link #isWhole}.
     *
     * @param place the column; for a row ahead, so many times the number of columns more. So with {@link #start}
     */
    int lengthInPlace(int place) {
        return lengths[place];
    }

    boolean isNull(int column) throws IOException {
        if (column >= located) {
            advanceTo(column, false);
        }
        return column < located && lengths[column] == -1;
    }

    /** The bytes of a value one after another, without keeping them; only once for a long value. Null if it is NULL. */
    InputStream stream(int column) throws IOException {
        if (column >= located) {
            advanceTo(column, false);
        }
        if (column < located) {
            length(column);
            return lengths[column] < 0 ? null : new ByteArrayInputStream(bytes, start(column), lengths[column]);
        }
        if (streaming != null) {
            throw gone(column);
        }
        streaming = new ValueStream(in, chunks);
        return streaming;
    }

    /** Skips what is left of the row. */
    void finish() throws IOException {
        if (in == null) {
            return;
        }
        settle();
        if (pending) {
            passLong(0);
        }
        for (; located < layouts.length; located++) {
            int end = locate(located, 0);
            if (end >= 0) {
                in.advance(end);
            } else if (LongValues.begin(in, types.get(located), chunks)) {
                chunks.skipRest();
            }
        }
        located = 0;
        whole = false;
        in = null;
    }

    /**
     * Makes a column's place known. A long value that is passed on the way is kept.
     *
     * @param whole whether the column's own value is kept too, if it is long; else it is left begun, {@link #located} on it
     */
    private void advanceTo(int column, boolean whole) throws IOException {
        if (in == null) {
            throw new IllegalStateException("there is no current row");
        }
        Objects.checkIndex(column, layouts.length);
        while (located < column || located == column && (whole || !pending)) {
            if (pending) {
                passLong(located == column ? most : Math.min(most, PASSED));
            } else {
                readCell();
            }
        }
    }

    private void readCell() throws IOException {
        int end = locate(located, 0);
        if (end >= 0) {
            int from = keptLength;
            copy(end);
            in.advance(end);
            starts[located++] += from;
        } else {
            pending = LongValues.begin(in, types.get(located), chunks);
            if (!pending) {
                lengths[located++] = -1;
            }
        }
    }

    /** Ends the long value that was begun; keeps it if nobody has streamed it and it is not longer than {@code limit}. */
    private void passLong(int limit) throws IOException {
        pending = false;
        boolean keeping = streaming == null;
        if (!keeping) {
            streaming.pass();
            streaming = null;
        }
        int from = keptLength;
        for (int part = chunks.next(); part >= 0; part = chunks.next()) {
            keeping = keeping && part <= Math.min(limit, ValueCodec.MAX_ARRAY - from) - (keptLength - from);
            if (keeping) {
                copy(part);
            }
            chunks.taken(part);
        }
        starts[located] = from;
        lengths[located++] = keeping ? keptLength - from : GONE;
    }

    /** Copies the reader's next bytes to the bytes of this object. */
    private void copy(int count) throws IOException {
        if (count > ValueCodec.MAX_ARRAY - keptLength) {
            throw new UnreadableValueException(
                    located, "the row is longer than an array can be; stream its long values", null);
        }
        if (keptLength + count > kept.length) {
            long wanted = Math.max(kept.length * 2L, Math.max(keptLength + count, 1024));
            kept = Arrays.copyOf(kept, (int) Math.min(wanted, ValueCodec.MAX_ARRAY));
        }
        bytes = kept;
        System.arraycopy(in.buffer(), in.offset(), kept, keptLength, count);
        keptLength += count;
    }

    private UnreadableValueException gone(int column) {
        return new UnreadableValueException(
                column,
                names.shown(column) + ": the value was streamed, or passed over and too long to be kept;"
                        + " read the columns in their order",
                null);
    }
}
