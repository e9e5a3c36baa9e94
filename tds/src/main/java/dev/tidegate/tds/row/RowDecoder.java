package dev.tidegate.tds.row;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnreadableValueException;
import dev.tidegate.tds.type.ValueCodec;
import java.io.IOException;
import java.util.List;

/**
 * Decodes the rows of one result ([MS-TDS] 2.2.7.20 ROW, 2.2.7.15 NBCROW) by a plan that is made once from its columns.
 *
 * <p>Three kinds of error: {@link TdsProtocolException} naming column and position, after which the stream is lost; {@link
 * UnreadableValueException} naming the column, after which the row has been read to its end and the next can be read; and other
 * {@link IOException}s of the stream itself. Not thread-safe.
 */
public final class RowDecoder {
    private final List<TypeInfo> types;
    private final ColumnNames names;
    private final ColumnDecoder[] decoders;
    private final NullBitmap nulls;
    private final UnreadableValues unreadable;
    /** Made when it is asked for: it takes memory for many rows, and most results are read one by one. */
    private RunDecoder runs;

    private boolean runsSought;

    private RowDecoder(List<TypeInfo> types, ColumnNames names, int maxValueLength) {
        this.types = List.copyOf(types);
        this.names = names;
        this.decoders = new ColumnDecoder[types.size()];
        this.nulls = new NullBitmap(types.size());
        this.unreadable = new UnreadableValues(names, decoders);
        for (int i = 0; i < decoders.length; i++) {
            decoders[i] = ColumnDecoders.of(types.get(i), maxValueLength, unreadable);
        }
    }

    public static RowDecoder of(List<TypeInfo> types) {
        return new RowDecoder(types, new ColumnNames(List.of()), ValueCodec.MAX_ARRAY);
    }

    /** As {@link #of}; errors name the columns. */
    public static RowDecoder ofColumns(List<Column> columns) {
        List<TypeInfo> types = columns.stream().map(Column::type).toList();
        return new RowDecoder(types, ColumnNames.of(columns), ValueCodec.MAX_ARRAY);
    }

    /** A plan like this one, with a limit for (max) values, in bytes; without one it is what an array can hold. */
    public RowDecoder withMaxValueLength(int bytes) {
        return new RowDecoder(types, names, bytes);
    }

    public List<TypeInfo> types() {
        return types;
    }

    /**
     * Decodes the row on whose first byte the reader stands into columns.
     *
     * <p>An exception of a sink comes through once the rest of the row was skipped: the reader stands behind the row in any case.
     *
     * @param sinks one for each column; a null entry skips its column
     * @param row number of the row that the sinks are told
     */
    public void decode(TdsReader in, RowMarker marker, ColumnSink[] sinks, int row) throws IOException {
        boolean compressed = nulls.read(in, marker);
        byte[] bytes = in.buffer();
        int offset = in.offset();
        int limit = offset + in.available();
        for (int i = 0; i < decoders.length; i++) {
            ColumnSink sink = sinks[i];
            boolean omitted = compressed && nulls.get(i);
            ColumnDecoder decoder = decoders[i];
            try {
                if (omitted) {
                    if (sink != null) {
                        sink.setNull(row);
                    }
                    continue;
                }
                if (limit - offset < decoder.maxCell) {
                    // The cell may be cut here. Fetching the rest moves the reader's buffer.
                    in.advance(offset - in.offset());
                    decoder.fetch(in, sink != null);
                    bytes = in.buffer();
                    offset = in.offset();
                    limit = offset + in.available();
                }
                offset = sink == null ? decoder.skip(bytes, offset) : decoder.decode(bytes, offset, sink, row);
            } catch (UnreadableValueException e) {
                unreadable.add(decoder, e.getMessage(), e);
                offset = decoder.skip(bytes, offset);
                sink.setNull(row);
            } catch (TdsProtocolException e) {
                throw e.in(names.shown(i), in.position() + offset - in.offset());
            } catch (RuntimeException e) {
                unreadable.forget();
                in.advance((omitted ? offset : decoder.skip(bytes, offset)) - in.offset());
                skipFrom(in, i + 1);
                throw e;
            }
        }
        in.advance(offset - in.offset());
        unreadable.raise();
    }

    /**
     * Decodes the row on whose first byte the reader stands, and those behind it that have come already, into columns: the same as {@link
     * #decode(TdsReader, RowMarker, ColumnSink[], int)} for each, but column by column where all sinks that are wanted take runs.
     *
     * <p>A {@link RefusedRowException} comes through once its row was skipped, and an error of the peer's: it is that of the first row that
     * has one. Any other exception of a sink that takes runs comes through once all rows were skipped that would have been decoded by the
     * call; how many they are is not told.
     *
     * @param row number of the first row that the sinks are told
     * @param most rows; at least 1
     * @return how many rows were decoded
     */
    public int decode(TdsReader in, RowMarker marker, ColumnSink[] sinks, int row, int most) throws IOException {
        if (!runsSought) {
            runs = RunDecoder.of(decoders, names);
            runsSought = true;
        }
        int decoded = runs == null ? 0 : runs.decode(in, marker, sinks, row, most);
        if (decoded > 0) {
            return decoded;
        }
        decode(in, marker, sinks, row);
        return 1;
    }

    /** Decodes the row on whose first byte the reader stands into the Java forms that {@link ValueCodec} documents. */
    public Object[] decode(TdsReader in, RowMarker marker) throws IOException {
        nulls.read(in, marker);
        Object[] values = new Object[decoders.length];
        for (int i = 0; i < values.length; i++) {
            if (!nulls.get(i)) {
                try {
                    values[i] = decoders[i].read(in);
                } catch (UnreadableValueException e) {
                    unreadable.add(decoders[i], e.getMessage(), e);
                } catch (TdsProtocolException e) {
                    throw e.in(names.shown(i), in.position());
                }
            }
        }
        unreadable.raise();
        return values;
    }

    /** Skips the row on whose first byte the reader stands. */
    public void skip(TdsReader in, RowMarker marker) throws IOException {
        nulls.read(in, marker);
        skipFrom(in, 0);
    }

    private void skipFrom(TdsReader in, int first) throws IOException {
        for (int i = first; i < decoders.length; i++) {
            if (!nulls.get(i)) {
                try {
                    decoders[i].fetch(in, false);
                    in.advance(decoders[i].skip(in.buffer(), in.offset()) - in.offset());
                } catch (TdsProtocolException e) {
                    throw e.in(names.shown(i), in.position());
                }
            }
        }
    }
}
