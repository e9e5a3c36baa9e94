package dev.tidegate.jdbc;

import java.io.InputStream;
import java.sql.SQLDataException;
import java.sql.SQLException;

/** The values of the row that a result stands on. Columns count from 0. Used under the session's lock. */
interface Row {
    boolean isNull(int column) throws SQLException;

    /** In the Java form that {@code dev.tidegate.tds.type.ValueCodec} documents; null for NULL. */
    Object value(int column) throws SQLException;

    /** Only for a column of an integer type whose value is not NULL. */
    long integer(int column) throws SQLException;

    /**
     * The bytes of a long value as they arrive, for the types that may be longer than memory; null where {@link #value} is the way, or for
     * NULL.
     */
    InputStream stream(int column) throws SQLException;

    /** The row as it stands, independent of the connection. */
    Object[] detach() throws SQLException;

    /** Stands in memory for a value that can no longer be read. */
    record Gone(SQLDataException why) {}

    /** A row that is in memory. */
    record Values(Object[] values) implements Row {
        @Override
        public boolean isNull(int column) throws SQLException {
            return value(column) == null;
        }

        @Override
        public Object value(int column) throws SQLException {
            if (values[column] instanceof Gone gone) {
                throw new SQLDataException(gone.why().getMessage(), gone.why().getSQLState(), gone.why());
            }
            return values[column];
        }

        @Override
        public long integer(int column) {
            return ((Number) values[column]).longValue();
        }

        @Override
        public InputStream stream(int column) {
            return null;
        }

        @Override
        public Object[] detach() {
            return values;
        }
    }
}
