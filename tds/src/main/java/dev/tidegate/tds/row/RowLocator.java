package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.token.RowMarker;
import java.util.Arrays;

/**
 * Finds where the values of consecutive rows stand, and reads nothing but their lengths. It takes only rows that are whole and as they should
 * be; at any other it stops, so that whoever decodes rows one by one meets it, and says what is wrong.
 */
final class RowLocator {
    /** The first row is not there to its end. */
    static final int INCOMPLETE = -1;

    /** The first row has to be decoded alone. */
    static final int IRREGULAR = -2;

    /** How the values of a column stand in a row. */
    enum Form {
        /** Always as long, and never NULL. */
        PLAIN,
        /** A byte tells the length, which is always the same; 0: NULL. */
        BYTE,
        /** Two bytes tell the length; 0xFFFF: NULL. */
        SHORT,
        /** As {@link #SHORT}, the length even. */
        UTF16,
        /** In a way that is not known here. */
        OTHER
    }

    private static final int PLAIN = Form.PLAIN.ordinal();
    private static final int BYTE = Form.BYTE.ordinal();
    private static final int NO_BITMAP = -1;
    private static final int FIRST_ROWS = 64;
    private static final int GROWTH = 4;
    private static final int MOST_ROWS = FIRST_ROWS * GROWTH * GROWTH;

    /** Most runs for which the usual shapes are not tried. */
    private static final int LONGEST_PAUSE = 64;

    /** The same row of neighbouring columns must not fall into the same set of the processor's cache. */
    private static final int APART = 16;

    private final int[] forms;
    private final int[] sizes;
    /** Bits that a length must not have. */
    private final int[] odd;

    private final CellGroup[] groups;
    private final CellGroup[] groupOf;
    /** Of the groups' usual shapes, as the run begins: the length, -1 if there is none; and where the places of the first column stand. */
    private final int[] usualLengths;

    private final int[] usualPlaces;
    private int room = FIRST_ROWS;
    private int stride;
    private boolean isFull;
    /** Runs for which the usual shapes are not tried, because they were not those of the last run; and after the next time. */
    private int unusualRuns;

    private int pause = 1;
    /** Where each value begins, a column after the other; of a group with a common shape, where its cells do, in the first column's place. */
    private int[] starts;

    private int[] lengths;
    /** The rows of each column's NULLs. */
    private int[] nullRows;

    private final int[] nulls;
    private int[] ends;

    RowLocator(ColumnDecoder[] decoders) {
        int columns = decoders.length;
        this.forms = new int[columns];
        this.sizes = new int[columns];
        this.odd = new int[columns];
        this.nulls = new int[columns];
        this.groups = CellGroup.of(decoders);
        this.groupOf = new CellGroup[columns];
        this.usualLengths = new int[groups.length];
        this.usualPlaces = new int[groups.length];
        for (int i = 0; i < columns; i++) {
            forms[i] = decoders[i].form().ordinal();
            sizes[i] = decoders[i].maxContent();
            odd[i] = decoders[i].form() == Form.UTF16 ? 1 : 0;
        }
        for (CellGroup group : groups) {
            Arrays.fill(groupOf, group.first, group.end, group);
        }
        makeRoom();
    }

    private void makeRoom() {
        stride = room + APART;
        starts = new int[forms.length * stride];
        lengths = new int[forms.length * stride];
        nullRows = new int[forms.length * stride];
        ends = new int[room];
    }

    /** Rows that a run may have for now. */
    int room() {
        return room;
    }

    /** Where the bytes of a row end. */
    int end(int row) {
        return ends[row];
    }

    /** Turns the run to a column of the rows found last, the first {@code rows} of them. */
    void turn(ValueRun run, int column, int rows) {
        CellGroup group = groupOf[column];
        CellShape shape = group.common();
        if (shape == null) {
            int empty = nulls[column];
            while (empty > 0 && nullRows[column * stride + empty - 1] >= rows) {
                empty--;
            }
            run.turnTo(starts, lengths, nullRows, column * stride, rows, empty);
        } else {
            int at = column - group.first;
            boolean isNull = shape.starts[at] < 0;
            run.turnTo(starts, shape.starts[at], shape.sizes[at], group.first * stride, rows, isNull ? rows : 0);
        }
    }

    /**
     * Finds rows from the one behind whose token byte {@code from} stands.
     *
     * @param most rows; at least 1
     * @return how many there are; {@link #INCOMPLETE} or {@link #IRREGULAR} if there is none
     */
    int locate(byte[] bytes, int from, int limit, RowMarker first, int most) {
        if (isFull && room < MOST_ROWS) {
            room *= GROWTH;
            makeRoom();
        }
        Arrays.fill(nulls, 0);
        int rows = Math.min(most, room);
        int row = first == RowMarker.ROW ? usualRows(bytes, from, limit, rows) : 0;
        int at = from;
        RowMarker marker = first;
        if (row > 0) {
            marker = markerAt(bytes, ends[row - 1], limit);
            at = ends[row - 1] + 1;
        }
        int why = INCOMPLETE;
        while (row < rows && marker != null) {
            int end = row(bytes, at, limit, marker == RowMarker.NBCROW, row);
            if (end < 0) {
                why = end;
                break;
            }
            ends[row++] = end;
            marker = markerAt(bytes, end, limit);
            at = end + 1;
        }
        isFull = row == room;
        for (CellGroup group : groups) {
            group.learn(starts, stride, row);
        }
        return row == 0 ? why : row;
    }

    private static RowMarker markerAt(byte[] bytes, int at, int limit) {
        return at < limit ? RowMarker.ofToken(bytes[at]) : null;
    }

    /**
     * Finds rows as if the cells of each group had the shape that is usual, and looks afterwards whether they have it, in all rows at once.
     *
     * @return how many there are; at the next one somebody has to look more closely. 0 also if the shape is another one
     */
    private int usualRows(byte[] bytes, int from, int limit, int rows) {
        if (unusualRuns > 0) {
            unusualRuns--;
            return 0;
        }
        for (int i = 0; i < groups.length; i++) {
            CellShape shape = groups[i].usual();
            usualLengths[i] = shape == null ? -1 : shape.length;
            usualPlaces[i] = groups[i].first * stride;
        }
        int found = 0;
        int at = from;
        while (found < rows) {
            int end = usualRow(bytes, at, limit, found);
            if (end < 0) {
                undo(found, end);
                break;
            }
            ends[found++] = end;
            if (markerAt(bytes, end, limit) != RowMarker.ROW) {
                break;
            }
            at = end + 1;
        }
        for (CellGroup group : groups) {
            CellShape shape = group.usual();
            if (shape != null && !shape.fits(bytes, starts, group.first * stride, found)) {
                Arrays.fill(nulls, 0);
                unusualRuns = pause;
                pause = Math.min(2 * pause, LONGEST_PAUSE);
                return 0;
            }
            group.setCommon(shape);
        }
        pause = 1;
        return found;
    }

    /** As {@link #row}, by lengths alone that are not known beforehand. */
    private int usualRow(byte[] bytes, int from, int limit, int row) {
        int at = from;
        for (int i = 0; i < usualLengths.length; i++) {
            if (usualLengths[i] >= 0) {
                starts[usualPlaces[i] + row] = at;
                at += usualLengths[i];
            } else {
                CellGroup group = groups[i];
                at = group.isShort
                        ? shortCell(bytes, at, limit, group.first, row)
                        : cells(bytes, at, limit, NO_BITMAP, group, row);
                if (at < 0) {
                    return at;
                }
            }
        }
        return at <= limit ? at : INCOMPLETE;
    }

    /** Finds the values of a row; where it ends, or why it cannot be taken. */
    private int row(byte[] bytes, int from, int limit, boolean compressed, int row) {
        int bitmap = compressed ? from : NO_BITMAP;
        int at = compressed ? from + ((forms.length + 7) >> 3) : from;
        if (at > limit) {
            return INCOMPLETE;
        }
        for (CellGroup group : groups) {
            // Once the rows have several shapes each value is found by its own length: to try the known ones costs
            // more.
            boolean isMixed = row > 0 && group.common() == null;
            CellShape shape = compressed || isMixed ? null : group.shapeAt(bytes, at, limit);
            if (row == 0) {
                group.setCommon(shape);
            } else if (group.common() != shape) {
                if (shape == null && group.mayBeCut(limit - at)) {
                    int end = cells(bytes, at, limit, bitmap, group, row);
                    undo(row, group.first, group.end);
                    if (end < 0 || end > limit) {
                        return undo(row, end < 0 ? end : INCOMPLETE);
                    }
                }
                spread(group, row);
            }
            if (shape == null) {
                at = isMixed && !compressed && limit - at >= group.mostOfBytes
                        ? mixedCells(bytes, at, limit, group, row)
                        : cells(bytes, at, limit, bitmap, group, row);
                if (at < 0) {
                    return undo(row, at);
                }
            } else {
                if (group.common() == null) {
                    put(group, shape, at, row);
                } else {
                    starts[group.first * stride + row] = at;
                }
                at += shape.length;
            }
        }
        return at <= limit ? at : undo(row, INCOMPLETE);
    }

    /** The row has another shape than those before it in the run, if they had one in common: from now on each value's place is kept. */
    private void spread(CellGroup group, int row) {
        CellShape shape = group.common();
        if (shape != null) {
            group.setCommon(null);
            for (int i = 0; i < row; i++) {
                put(group, shape, starts[group.first * stride + i], i);
            }
        }
    }

    private void put(CellGroup group, CellShape shape, int at, int row) {
        int place = group.first * stride + row;
        for (int i = 0; i < shape.starts.length; i++, place += stride) {
            if (shape.starts[i] < 0) {
                putNull(group.first + i, row);
            } else {
                starts[place] = at + shape.starts[i];
                lengths[place] = shape.sizes[i];
            }
        }
    }

    private void putNull(int column, int row) {
        starts[column * stride + row] = -1;
        nullRows[column * stride + nulls[column]++] = row;
    }

    /** As {@link #cells} without a bitmap; as many bytes are there as {@link CellGroup#mostOfBytes} tells. */
    private int mixedCells(byte[] bytes, int from, int limit, CellGroup group, int row) {
        if (group.isShort) {
            return shortCell(bytes, from, limit, group.first, row);
        }
        if (group.mostOfBytes < 0) {
            return cells(bytes, from, limit, NO_BITMAP, group, row);
        }
        int at = from;
        int place = group.first * stride + row;
        for (int column = group.first; column < group.end; column++, place += stride) {
            int size = sizes[column];
            int length = bytes[at++] & 0xFF;
            if (length == size) {
                starts[place] = at;
                at += size;
            } else if (length == 0) {
                putNull(column, row);
            } else {
                return IRREGULAR;
            }
        }
        return at;
    }

    private int shortCell(byte[] bytes, int from, int limit, int column, int row) {
        if (limit - from < Short.BYTES) {
            return INCOMPLETE;
        }
        int length = LittleEndian.getUnsignedShort(bytes, from);
        int at = from + Short.BYTES;
        if (length <= sizes[column] && (length & odd[column]) == 0) {
            int place = column * stride + row;
            starts[place] = at;
            lengths[place] = length;
            return at + length;
        }
        if (length == 0xFFFF) {
            putNull(column, row);
            return at;
        }
        return IRREGULAR;
    }

    /** Finds the values of a row in the columns of a group, one after the other. */
    private int cells(byte[] bytes, int from, int limit, int bitmap, CellGroup group, int row) {
        int at = from;
        int place = group.first * stride + row;
        for (int column = group.first; column < group.end; column++, place += stride) {
            if (bitmap >= 0 && (bytes[bitmap + (column >> 3)] >> (column & 7) & 1) != 0) {
                putNull(column, row);
                continue;
            }
            int size = sizes[column];
            if (forms[column] == BYTE) {
                if (at >= limit) {
                    return INCOMPLETE;
                }
                int length = bytes[at++] & 0xFF;
                if (length == size) {
                    starts[place] = at;
                    at += size;
                } else if (length == 0) {
                    putNull(column, row);
                } else {
                    return IRREGULAR;
                }
            } else if (forms[column] == PLAIN) {
                starts[place] = at;
                at += size;
            } else {
                at = shortCell(bytes, at, limit, column, row);
                if (at < 0) {
                    return at;
                }
            }
        }
        return at;
    }

    /** A row that is not taken has no NULLs. */
    private int undo(int row, int why) {
        undo(row, 0, nulls.length);
        return why;
    }

    private void undo(int row, int first, int end) {
        for (int i = first; i < end; i++) {
            if (nulls[i] > 0 && nullRows[i * stride + nulls[i] - 1] == row) {
                nulls[i]--;
            }
        }
    }
}
