package dev.tidegate.tds.row;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/**
 * A {@link ColumnSink} that takes the values of its column in runs of rows: a loop over one column has nothing to decide for each value, and
 * calls nothing. A decoder that finds one such sink for each column that is wanted uses these methods for rows that stand whole in its buffer,
 * and those of {@code ColumnSink} for all others; rows come in order either way.
 *
 * <p>A method throws a {@link RefusedRowException} at a value that it cannot take. What it was told of that row and of later ones means nothing
 * then. Any other exception is thrown on at once, and the rows of the run are skipped. Not thread-safe.
 */
public interface RunSink extends ColumnSink {
    /**
     * Memory that takes the values of a column of fixed width one behind the other, in the place of the method for its type: each as many bytes
     * as the type has, little-endian. tinyint 1 byte, smallint 2, int and date (days since 1970-01-01) 4, bigint 8, real 4, float 8; decimal,
     * numeric, money and smallmoney 16, in two's complement; uniqueidentifier 16, in the order of its text. No other type may be asked for so.
     *
     * @return little-endian, with room for all rows of the run; null (the default) for the method of the type
     */
    default ByteBuffer memory() {
        return null;
    }

    /** Where in {@link #memory} the value of a row goes. */
    default int place(int row) {
        return 0;
    }

    /** The values of the run stand in {@link #memory}, with anything in the place of NULL. */
    default void setPlaced(ValueRun run) {}

    /** Of any type: all values of the run are NULL. */
    default void setNulls(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            setNull(run.row() + i);
        }
    }

    /** Of bit, tinyint, smallint and int: {@link ValueRun#ints}. */
    default void setInts(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setLong(row, run.ints()[i]);
            }
        }
    }

    /** Of bigint: {@link ValueRun#longs}. */
    default void setLongs(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setLong(row, run.longs()[i]);
            }
        }
    }

    /** Of real and float: {@link ValueRun#doubles}. */
    default void setDoubles(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setDouble(row, run.doubles()[i]);
            }
        }
    }

    /** Of decimal, numeric, money and smallmoney: {@link ValueRun#pairs}. */
    default void setDecimals(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setDecimal(row, run.pairs()[2 * i + 1], run.pairs()[2 * i]);
            }
        }
    }

    /** Of date: {@link ValueRun#ints}. */
    default void setDates(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setDate(row, run.ints()[i]);
            }
        }
    }

    /** Of time: {@link ValueRun#longs}. */
    default void setTimes(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setTime(row, run.longs()[i]);
            }
        }
    }

    /** Of smalldatetime, datetime and datetime2: {@link ValueRun#ints}, {@link ValueRun#longs}. */
    default void setTimestamps(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setTimestamp(row, run.ints()[i], run.longs()[i]);
            }
        }
    }

    /** Of datetimeoffset: {@link ValueRun#ints}, {@link ValueRun#longs}, {@link ValueRun#minutes}. */
    default void setTimestampOffsets(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setTimestampOffset(row, run.ints()[i], run.longs()[i], run.minutes()[i]);
            }
        }
    }

    /** Of uniqueidentifier: {@link ValueRun#pairs}. */
    default void setUuids(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setUuid(row, run.pairs()[2 * i + 1], run.pairs()[2 * i]);
            }
        }
    }

    /** Of nchar and nvarchar: {@link ValueRun#bytes}. */
    default void setUtf16s(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setUtf16(row, run.bytes(), run.start(i), run.length(i));
            }
        }
    }

    /** Of char and varchar: {@link ValueRun#bytes}. */
    default void setTexts(ValueRun run, Charset charset) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setText(row, run.bytes(), run.start(i), run.length(i), charset);
            }
        }
    }

    /** Of binary types and vector: {@link ValueRun#bytes}. */
    default void setBinaries(ValueRun run) {
        for (int i = 0; i < run.count(); i++) {
            int row = run.row() + i;
            if (run.isNull(i)) {
                setNull(row);
            } else {
                setBytes(row, run.bytes(), run.start(i), run.length(i));
            }
        }
    }
}
