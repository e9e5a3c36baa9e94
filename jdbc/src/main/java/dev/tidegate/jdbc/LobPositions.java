package dev.tidegate.jdbc;

import java.sql.SQLException;

/** Checks positions, which count from 1, and lengths in LOBs. */
final class LobPositions {
    private LobPositions() {}

    /** @return the index from 0; the position just behind the end is allowed */
    static int start(long position, int size, long length) throws SQLException {
        if (position < 1 || position > size + 1L) {
            throw Failures.invalid("position " + position + " is outside 1 to " + (size + 1L));
        }
        if (length < 0) {
            throw Failures.invalid("a length of " + length + " is negative");
        }
        return (int) (position - 1);
    }

    static int end(int from, int length) throws SQLException {
        long end = (long) from + length;
        if (end > Integer.MAX_VALUE - 8) {
            throw Failures.invalid("a value in memory cannot be " + end + " long: set it from a stream");
        }
        return (int) end;
    }

    static int shorter(long length, int size) throws SQLException {
        if (length < 0 || length > size) {
            throw Failures.invalid("a length of " + length + " is outside 0 to " + size);
        }
        return (int) length;
    }
}
