package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.IOException;
import java.util.List;

/**
 * Encodes the rows of one result or bulk load ([MS-TDS] 2.2.7.20 ROW, 2.2.7.15 NBCROW), token byte included, by a plan that is made
 * once from its columns. Text and binary values are written as they are given: char and binary are not padded.
 *
 * <p>A value that does not fit is a {@link ValueOutOfRangeException} that names its column. The part of the row before it is taken back,
 * so that other messages or rows can follow, unless packets with some of it have left already: see {@link
 * ValueOutOfRangeException#partlyWritten()}. Rows of up to 16 KiB are always taken back. Not thread-safe.
 */
public final class RowEncoder {
    private static final int ROW = 0xD1;
    private static final int NBCROW = 0xD2;

    private final ColumnNames names;
    private final ColumnEncoder[] encoders;
    private final boolean[] notNull;

    private RowEncoder(List<TypeInfo> types, ColumnNames names, boolean[] notNull) {
        this.names = names;
        this.encoders = types.stream().map(ColumnEncoders::of).toArray(ColumnEncoder[]::new);
        this.notNull = notNull;
    }

    /**
     * A plan for columns that take NULL if their type has it.
     *
     * @throws dev.tidegate.tds.type.UnsupportedCollationException if text cannot be encoded in a column's code page
     */
    public static RowEncoder of(List<TypeInfo> types) {
        return new RowEncoder(types, new ColumnNames(List.of()), new boolean[types.size()]);
    }

    /** A plan for columns that take NULL only if they say so; errors name them. */
    public static RowEncoder ofColumns(List<Column> columns) {
        boolean[] notNull = new boolean[columns.size()];
        for (int i = 0; i < notNull.length; i++) {
            notNull[i] = !columns.get(i).isNullable();
        }
        return new RowEncoder(columns.stream().map(Column::type).toList(), ColumnNames.of(columns), notNull);
    }

    /**
     * Writes a row from columns.
     *
     * @param sources one for each column
     * @param row number of the row that the sources are asked for
     */
    public void encode(TdsWriter out, ColumnSource[] sources, int row) throws IOException {
        long start = begin(out, sources.length, ROW);
        int i = 0;
        try {
            for (; i < encoders.length; i++) {
                ColumnSource source = sources[i];
                if (source.isNull(row)) {
                    checkNull(i);
                    encoders[i].encodeNull(out);
                } else {
                    encoders[i].encode(out, source, row);
                }
            }
        } catch (ValueOutOfRangeException e) {
            throw takeBack(out, start, i, e);
        }
    }

    /** Writes a row of values in the Java forms that {@code ValueCodec} documents. */
    public void encode(TdsWriter out, Object[] row) throws IOException {
        long start = begin(out, row.length, ROW);
        int i = 0;
        try {
            for (; i < encoders.length; i++) {
                if (row[i] == null) {
                    checkNull(i);
                }
                encoders[i].encode(out, row[i]);
            }
        } catch (ValueOutOfRangeException e) {
            throw takeBack(out, start, i, e);
        }
    }

    /** As {@link #encode(TdsWriter, Object[])}, with a bitmap in place of the NULLs: shorter if many are. For results, to TDS 7.3B and later; never in a bulk load. */
    public void encodeNbc(TdsWriter out, Object[] row) throws IOException {
        long start = begin(out, row.length, NBCROW);
        byte[] nulls = new byte[(encoders.length + 7) / 8];
        int i = 0;
        try {
            for (; i < encoders.length; i++) {
                if (row[i] == null) {
                    checkNull(i);
                    nulls[i >> 3] |= (byte) (1 << (i & 7));
                }
            }
            out.writeBytes(nulls);
            for (i = 0; i < encoders.length; i++) {
                if (row[i] != null) {
                    encoders[i].encode(out, row[i]);
                }
            }
        } catch (ValueOutOfRangeException e) {
            throw takeBack(out, start, i, e);
        }
    }

    private long begin(TdsWriter out, int values, int token) throws IOException {
        if (values != encoders.length) {
            throw new IllegalArgumentException("a row of " + values + " values for " + encoders.length + " columns");
        }
        // With this much room no packet leaves within a row of usual size.
        out.ensure(TdsWriter.MAX_ENSURE);
        long start = out.position();
        out.writeByte(token);
        return start;
    }

    private void checkNull(int column) {
        if (notNull[column]) {
            throw new ValueOutOfRangeException("NULL does not fit a column that is NOT NULL");
        }
    }

    private ValueOutOfRangeException takeBack(TdsWriter out, long start, int column, ValueOutOfRangeException e) {
        return e.atColumn(column, names.shown(column), !out.truncate(start));
    }
}
