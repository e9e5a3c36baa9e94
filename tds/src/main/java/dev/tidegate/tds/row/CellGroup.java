package dev.tidegate.tds.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Neighbouring columns whose cells are alike in most rows, and what is known of their {@link CellShape}: that nothing is NULL, or, once it was
 * seen in several rows in a row, which columns are. As long as all rows of a run have one shape it is enough to keep where each begins. Also a
 * single column of values of many lengths, of which no shape is known.
 */
final class CellGroup {
    /** Rows that have to look alike before their shape is looked for. */
    private static final int ALIKE = 4;

    /** Shapes that are made for a result; one that changes all the time has none. */
    private static final int MOST_SHAPES = 16;

    final int first;
    final int end;

    /** The most that the cells of one row may take if the length of each is told by one byte; else, or if that is not known, -1. */
    final int mostOfBytes;

    /** Whether this is a single column whose lengths are told by two bytes. */
    final boolean isShort;

    private final List<CellLayout> layouts;
    private final CellShape[] shapes = new CellShape[2];
    private int shapesMade;

    /** The shape of all rows of the run so far; null if they have several. */
    private CellShape common;

    private CellShape usual;

    /** A column of values of many lengths. */
    private CellGroup(int column, ColumnDecoder decoder) {
        this.first = column;
        this.end = column + 1;
        this.layouts = List.of();
        this.isShort = decoder.form() == RowLocator.Form.SHORT || decoder.form() == RowLocator.Form.UTF16;
        this.mostOfBytes = -1;
    }

    private CellGroup(CellLayout[] all, int first, int end) {
        this.first = first;
        this.end = end;
        this.layouts = List.of(Arrays.copyOfRange(all, first, end));
        this.isShort = false;
        this.mostOfBytes = layouts.stream().allMatch(layout -> layout.form() == RowLocator.Form.BYTE)
                ? layouts.stream().mapToInt(CellLayout::maxLength).sum()
                : -1;
        this.shapes[0] = CellShape.of(all, first, end);
        this.usual = shapes[0];
    }

    /** All columns, in order. */
    static CellGroup[] of(ColumnDecoder[] decoders) {
        CellLayout[] layouts = new CellLayout[decoders.length];
        for (int i = 0; i < layouts.length; i++) {
            boolean isKnown = decoders[i].form() != RowLocator.Form.OTHER;
            layouts[i] = isKnown && decoders[i] instanceof BoundedDecoder bounded ? bounded.layout : null;
        }
        List<CellGroup> groups = new ArrayList<>();
        int first = 0;
        while (first < decoders.length) {
            int end = CellShape.end(layouts, first);
            groups.add(end > first ? new CellGroup(layouts, first, end) : new CellGroup(first, decoders[first]));
            first = Math.max(end, first + 1);
        }
        return groups.toArray(new CellGroup[0]);
    }

    /** The shape of the cells at this place; null if it is none that is known. */
    CellShape shapeAt(byte[] bytes, int at, int limit) {
        for (CellShape shape : shapes) {
            if (shape != null && limit - at >= shape.length && shape.fits(bytes, at)) {
                return shape;
            }
        }
        return null;
    }

    /**
     * Whether cells may have no known shape only because the bytes end in the midst of them. That is so in the last row of most runs. It
     * belongs to the next run, and must not cost the rows before it the shape that they have in common.
     */
    boolean mayBeCut(int available) {
        return shapes[0] != null && available < shapes[0].length;
    }

    /** The shape to be expected of the next rows: that of the last run whose rows had one in common. Null if none is known. */
    CellShape usual() {
        return usual;
    }

    /** The shape that all rows of the run have; null if they have several. */
    CellShape common() {
        return common;
    }

    void setCommon(CellShape shape) {
        common = shape;
        if (shape != null) {
            usual = shape;
        }
    }

    /**
     * Looks whether the last rows of a run without a common shape are alike.
     *
     * @param places where the values of each column begin in the run, -1 for NULL
     */
    void learn(int[] places, int stride, int rows) {
        if (shapes[0] == null || common != null || rows < ALIKE || shapesMade == MOST_SHAPES) {
            return;
        }
        boolean[] isNull = new boolean[end - first];
        boolean anyNull = false;
        boolean differs = false;
        for (int i = 0; i < isNull.length; i++) {
            int last = (first + i) * stride + rows - 1;
            isNull[i] = places[last] < 0;
            if (isNull[i] && layouts.get(i).prefix == 0) {
                // Only a bitmap tells so: the cells of a row without one are there, but would have nothing that
                // differs.
                return;
            }
            for (int k = 1; k < ALIKE; k++) {
                if (places[last - k] < 0 != isNull[i]) {
                    return;
                }
            }
            anyNull |= isNull[i];
            differs |= shapes[1] == null || shapes[1].starts[i] < 0 != isNull[i];
        }
        if (!anyNull || !differs) {
            return;
        }
        shapes[1] = new CellShape(layouts, isNull);
        shapesMade++;
    }
}
