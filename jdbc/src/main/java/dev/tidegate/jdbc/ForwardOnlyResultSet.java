package dev.tidegate.jdbc;

import java.sql.SQLException;

/** The part of {@code ResultSet} that moves: forward, one row at a time; every other move is refused. */
abstract class ForwardOnlyResultSet extends LabelResultSet {
    private static final int BEFORE_FIRST = 0;
    private static final int ON_ROW = 1;
    private static final int AFTER_LAST = 2;

    private int position = BEFORE_FIRST;
    private long row;
    private int fetchSize;

    private static SQLException forwardOnly(String move) {
        return Failures.unsupported(move + " is not possible: the result is forward-only (TYPE_FORWARD_ONLY)");
    }

    /** Fetches the next row; false at the end. */
    abstract boolean advance() throws SQLException;

    @Override
    public final boolean next() throws SQLException {
        requireOpen();
        if (position == AFTER_LAST) {
            return false;
        }
        if (advance()) {
            position = ON_ROW;
            row++;
            return true;
        }
        position = AFTER_LAST;
        return false;
    }

    /** Rows returned so far. */
    final long rowNumber() {
        return row;
    }

    final void requireRow() throws SQLException {
        requireOpen();
        if (position != ON_ROW) {
            throw Failures.sequence(
                    position == BEFORE_FIRST
                            ? "the result stands before its first row: call next()"
                            : "the result has no more rows");
        }
    }

    @Override
    public int getType() throws SQLException {
        requireOpen();
        return TYPE_FORWARD_ONLY;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        requireOpen();
        return position == BEFORE_FIRST;
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        requireOpen();
        return position == AFTER_LAST && row > 0;
    }

    @Override
    public boolean isFirst() throws SQLException {
        requireOpen();
        return position == ON_ROW && row == 1;
    }

    @Override
    public boolean isLast() throws SQLException {
        throw forwardOnly("isLast");
    }

    @Override
    public int getRow() throws SQLException {
        requireOpen();
        return position == ON_ROW ? (int) Math.min(row, Integer.MAX_VALUE) : 0;
    }

    @Override
    public void beforeFirst() throws SQLException {
        throw forwardOnly("beforeFirst");
    }

    @Override
    public void afterLast() throws SQLException {
        throw forwardOnly("afterLast");
    }

    @Override
    public boolean first() throws SQLException {
        throw forwardOnly("first");
    }

    @Override
    public boolean last() throws SQLException {
        throw forwardOnly("last");
    }

    @Override
    public boolean absolute(int wanted) throws SQLException {
        throw forwardOnly("absolute");
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        throw forwardOnly("relative");
    }

    @Override
    public boolean previous() throws SQLException {
        throw forwardOnly("previous");
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        requireOpen();
        if (direction != FETCH_FORWARD) {
            throw forwardOnly("another fetch direction than FETCH_FORWARD");
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        requireOpen();
        return FETCH_FORWARD;
    }

    /** A hint that changes nothing: rows stream as they arrive. */
    @Override
    public void setFetchSize(int rows) throws SQLException {
        requireOpen();
        if (rows < 0) {
            throw Failures.invalid("a fetch size of " + rows + " is negative");
        }
        fetchSize = rows;
    }

    @Override
    public int getFetchSize() throws SQLException {
        requireOpen();
        return fetchSize;
    }
}
