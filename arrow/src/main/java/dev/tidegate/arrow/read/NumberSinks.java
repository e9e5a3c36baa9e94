package dev.tidegate.arrow.read;

import org.apache.arrow.memory.BufferAllocator;

/** Numbers: a final class for each width, so that the loop over a result's columns has nothing to decide. */
final class NumberSinks {
    private NumberSinks() {}

    /** tinyint, whose values have no sign. */
    static final class Int8 extends PlacedSink {
        Int8(String column, BufferAllocator allocator) {
            super(column, allocator, Byte.BYTES);
        }

        @Override
        public void setLong(int row, long value) {
            data().put(at(row), (byte) value);
        }
    }

    /** smallint. */
    static final class Int16 extends PlacedSink {
        Int16(String column, BufferAllocator allocator) {
            super(column, allocator, Short.BYTES);
        }

        @Override
        public void setLong(int row, long value) {
            data().putShort(at(row) * Short.BYTES, (short) value);
        }
    }

    /** int. */
    static final class Int32 extends PlacedSink {
        Int32(String column, BufferAllocator allocator) {
            super(column, allocator, Integer.BYTES);
        }

        @Override
        public void setLong(int row, long value) {
            data().putInt(at(row) * Integer.BYTES, (int) value);
        }
    }

    /** bigint. */
    static final class Int64 extends PlacedSink {
        Int64(String column, BufferAllocator allocator) {
            super(column, allocator, Long.BYTES);
        }

        @Override
        public void setLong(int row, long value) {
            data().putLong(at(row) * Long.BYTES, value);
        }
    }

    /** real. */
    static final class Float32 extends PlacedSink {
        Float32(String column, BufferAllocator allocator) {
            super(column, allocator, Float.BYTES);
        }

        @Override
        public void setDouble(int row, double value) {
            data().putFloat(at(row) * Float.BYTES, (float) value);
        }
    }

    /** float. */
    static final class Float64 extends PlacedSink {
        Float64(String column, BufferAllocator allocator) {
            super(column, allocator, Double.BYTES);
        }

        @Override
        public void setDouble(int row, double value) {
            data().putDouble(at(row) * Double.BYTES, value);
        }
    }

    /** decimal, numeric, money and smallmoney. */
    static final class Decimal128 extends PlacedSink {
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
    }

    /** uniqueidentifier, whose bytes stand in the order of its text. */
    static final class Uuid extends PlacedSink {
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
    }
}
