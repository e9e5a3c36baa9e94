package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.type.DecimalBytes;
import dev.tidegate.tds.type.TypeInfo;

/** Runs of numbers. What is out of range is left to the encoder of single rows, which says so. */
final class NumberRuns {
    private NumberRuns() {}

    /** smallint, int and bigint. */
    static final class Whole extends BitsRun {
        private final int unused;

        /** @param length bytes of a value */
        Whole(TypeInfo type, int length) {
            super(type, length);
            this.unused = Long.SIZE - Byte.SIZE * length;
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getLongs(first, count, isNull, bits);
            long beyond = 0;
            for (int i = 0; i < count; i++) {
                beyond |= bits[i] << unused >> unused ^ bits[i];
            }
            return beyond == 0;
        }
    }

    /** bit and tinyint, which have no sign. */
    static final class Unsigned extends BitsRun {
        private final long highest;

        /** @param highest value; one less than a power of two */
        Unsigned(TypeInfo type, long highest) {
            super(type, 1);
            this.highest = highest;
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getLongs(first, count, isNull, bits);
            long beyond = 0;
            for (int i = 0; i < count; i++) {
                beyond |= bits[i] & ~highest;
            }
            return beyond == 0;
        }
    }

    /** real. */
    static final class Real extends BitsRun {
        private final double[] values = new double[MOST_ROWS];

        Real(TypeInfo type) {
            super(type, Float.BYTES);
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getDoubles(first, count, isNull, values);
            boolean finite = true;
            for (int i = 0; i < count; i++) {
                float value = (float) values[i];
                finite &= Float.isFinite(value);
                bits[i] = Float.floatToRawIntBits(value);
            }
            return finite;
        }
    }

    /** float. */
    static final class Double64 extends BitsRun {
        private final double[] values = new double[MOST_ROWS];

        Double64(TypeInfo type) {
            super(type, Double.BYTES);
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getDoubles(first, count, isNull, values);
            boolean finite = true;
            for (int i = 0; i < count; i++) {
                finite &= Double.isFinite(values[i]);
                bits[i] = Double.doubleToRawLongBits(values[i]);
            }
            return finite;
        }
    }

    /** smallmoney and money, from scale 4. */
    static final class Money extends BitsRun {
        private final long[] high = new long[MOST_ROWS];
        private final boolean small;

        Money(TypeInfo type, boolean small) {
            super(type, small ? Integer.BYTES : Long.BYTES);
            this.small = small;
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getDecimals(first, count, isNull, high, bits);
            long beyond = 0;
            for (int i = 0; i < count; i++) {
                beyond |= high[i] ^ bits[i] >> 63;
                if (small) {
                    beyond |= (int) bits[i] ^ bits[i];
                } else {
                    // The high half comes first on the wire.
                    bits[i] = Long.rotateLeft(bits[i], Integer.SIZE);
                }
            }
            return beyond == 0;
        }
    }

    /** decimal and numeric: a sign, then the magnitude in 4, 8, 12 or 16 bytes. */
    static final class Decimal extends ColumnRun {
        private static final int MOST_DIGITS_OF_64_BITS = 18;

        private final long[] high = new long[MOST_ROWS];
        private final long[] low = new long[MOST_ROWS];
        private final byte[] sign = new byte[MOST_ROWS];
        private final int length;
        private final int precision;

        /** @param length bytes of a value, its sign included */
        Decimal(TypeInfo type, int length) {
            super(type);
            this.length = length;
            this.precision = type.precision();
        }

        /** Whether the wire has a form of so many bytes. */
        static boolean exists(int length) {
            return length == 5 || length == 9 || length == 13 || length == 17;
        }

        @Override
        boolean read(RunSource source, int first, int count, boolean[] isNull) {
            source.getDecimals(first, count, isNull, high, low);
            return precision <= MOST_DIGITS_OF_64_BITS ? readShort(count) : readLong(count);
        }

        private boolean readShort(int count) {
            long most = DecimalBytes.powerOfTen(precision) - 1;
            long wide = 0;
            long beyond = 0;
            for (int i = 0; i < count; i++) {
                long value = low[i];
                long negative = value >> 63;
                long magnitude = (value ^ negative) - negative;
                wide |= high[i] ^ negative;
                // Negative if it is too much, or is the one that has no positive form.
                beyond |= most - magnitude | magnitude;
                sign[i] = (byte) (1 + negative);
                low[i] = magnitude;
                high[i] = 0;
            }
            return wide == 0 && beyond >= 0;
        }

        private boolean readLong(int count) {
            boolean fits = true;
            for (int i = 0; i < count; i++) {
                fits &= DecimalBytes.fits(high[i], low[i], precision);
                boolean negative = high[i] < 0;
                sign[i] = (byte) (negative ? 0 : 1);
                if (negative) {
                    low[i] = -low[i];
                    high[i] = low[i] == 0 ? -high[i] : ~high[i];
                }
            }
            return fits;
        }

        @Override
        int width() {
            return nulls() == null ? 1 + length : 0;
        }

        @Override
        void measure(int count, int[] lengths) {
            boolean[] nulls = nulls();
            for (int i = 0; i < count; i++) {
                lengths[i] += nulls[i] ? 1 : 1 + length;
            }
        }

        @Override
        void write(byte[] target, int[] at, int shift, int from, int to) {
            boolean[] nulls = nulls();
            if (nulls == null) {
                for (int i = from; i < to; i++) {
                    put(target, at[i] + shift, i);
                }
                return;
            }
            for (int i = from; i < to; i++) {
                if (nulls[i]) {
                    target[at[i] + shift] = 0;
                    at[i]++;
                } else {
                    put(target, at[i] + shift, i);
                    at[i] += 1 + length;
                }
            }
        }

        private void put(byte[] target, int place, int row) {
            target[place] = (byte) length;
            target[place + 1] = sign[row];
            if (length == 5) {
                LittleEndian.putInt(target, place + 2, (int) low[row]);
            } else {
                LittleEndian.putLong(target, place + 2, low[row]);
                if (length == 13) {
                    LittleEndian.putInt(target, place + 10, (int) high[row]);
                } else if (length == 17) {
                    LittleEndian.putLong(target, place + 10, high[row]);
                }
            }
        }
    }
}
