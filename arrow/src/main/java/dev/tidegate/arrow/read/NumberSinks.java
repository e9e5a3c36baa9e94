package dev.tidegate.arrow.read;

import dev.tidegate.tds.row.ValueRun;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.BufferAllocator;

/** Numbers: a final class for each width, so that the loop over a result's columns has nothing to decide. */
final class NumberSinks {
    private NumberSinks() {}

    /** tinyint, whose values have no sign. */
    static final class Int8 extends FixedSink {
        Int8(String column, BufferAllocator allocator) {
            super(column, allocator, Byte.BYTES);
        }

        @Override
        public void setLong(int row, long value) {
            data().put(at(row), (byte) value);
        }

        @Override
        public void setInts(ValueRun run) {
            ByteBuffer data = data();
            int[] values = run.ints();
            int first = at(run.row());
            for (int i = 0; i < run.count(); i++) {
                data.put(first + i, (byte) values[i]);
            }
            markNulls(run);
        }
    }

    /** smallint. */
    static final class Int16 extends FixedSink {
        Int16(String column, BufferAllocator allocator) {
            super(column, allocator, Short.BYTES);
        }

        @Override
        public void setLong(int row, long value) {
            data().putShort(at(row) * Short.BYTES, (short) value);
        }

        @Override
        public void setInts(ValueRun run) {
            ByteBuffer data = data();
            int[] values = run.ints();
            int first = at(run.row());
            for (int i = 0; i < run.count(); i++) {
                data.putShort((first + i) * Short.BYTES, (short) values[i]);
            }
            markNulls(run);
        }
    }

    /** int. */
    static final class Int32 extends FixedSink {
        Int32(String column, BufferAllocator allocator) {
            super(column, allocator, Integer.BYTES);
        }

        @Override
        public void setLong(int row, long value) {
            data().putInt(at(row) * Integer.BYTES, (int) value);
        }

        @Override
        public void setInts(ValueRun run) {
            ints().put(at(run.row()), run.ints(), 0, run.count());
            markNulls(run);
        }
    }

    /** bigint. */
    static final class Int64 extends FixedSink {
        Int64(String column, BufferAllocator allocator) {
            super(column, allocator, Long.BYTES);
        }

        @Override
        public void setLong(int row, long value) {
            data().putLong(at(row) * Long.BYTES, value);
        }

        @Override
        public void setLongs(ValueRun run) {
            longs().put(at(run.row()), run.longs(), 0, run.count());
            markNulls(run);
        }
    }

    /** real. */
    static final class Float32 extends FixedSink {
        Float32(String column, BufferAllocator allocator) {
            super(column, allocator, Float.BYTES);
        }

        @Override
        public void setDouble(int row, double value) {
            data().putFloat(at(row) * Float.BYTES, (float) value);
        }

        @Override
        public void setDoubles(ValueRun run) {
            ByteBuffer data = data();
            double[] values = run.doubles();
            int first = at(run.row());
            for (int i = 0; i < run.count(); i++) {
                data.putFloat((first + i) * Float.BYTES, (float) values[i]);
            }
            markNulls(run);
        }
    }

    /** float. */
    static final class Float64 extends FixedSink {
        Float64(String column, BufferAllocator allocator) {
            super(column, allocator, Double.BYTES);
        }

        @Override
        public void setDouble(int row, double value) {
            data().putDouble(at(row) * Double.BYTES, value);
        }

        @Override
        public void setDoubles(ValueRun run) {
            doubles().put(at(run.row()), run.doubles(), 0, run.count());
            markNulls(run);
        }
    }

    /** decimal, numeric, money and smallmoney. */
    static final class Decimal128 extends FixedSink {
        private static final int WIDTH = 16;

        Decimal128(String column, BufferAllocator allocator) {
            super(column, allocator, WIDTH);
        }

        @Override
        public void setDecimal(int row, long high, long low) {
            int start = at(row) * WIDTH;
            data().putLong(start, low);
            data().putLong(start + Long.BYTES, high);
        }

        @Override
        public void setDecimals(ValueRun run) {
            longs().put(2 * at(run.row()), run.pairs(), 0, 2 * run.count());
            markNulls(run);
        }
    }

    /** uniqueidentifier, whose bytes stand in the order of its text. */
    static final class Uuid extends FixedSink {
        private static final int WIDTH = 16;

        Uuid(String column, BufferAllocator allocator) {
            super(column, allocator, WIDTH);
        }

        @Override
        public void setUuid(int row, long mostSignificant, long leastSignificant) {
            int start = at(row) * WIDTH;
            data().putLong(start, Long.reverseBytes(mostSignificant));
            data().putLong(start + Long.BYTES, Long.reverseBytes(leastSignificant));
        }

        @Override
        public void setUuids(ValueRun run) {
            ByteBuffer data = data();
            long[] pairs = run.pairs();
            int start = at(run.row()) * WIDTH;
            for (int i = 0; i < run.count(); i++, start += WIDTH) {
                data.putLong(start, Long.reverseBytes(pairs[2 * i + 1]));
                data.putLong(start + Long.BYTES, Long.reverseBytes(pairs[2 * i]));
            }
            markNulls(run);
        }
    }
}
