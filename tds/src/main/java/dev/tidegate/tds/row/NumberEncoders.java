package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.DecimalBytes;
import dev.tidegate.tds.type.FloatRange;
import dev.tidegate.tds.type.MoneyBytes;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.IOException;

/** Encoders of numbers that have digits after the point. */
final class NumberEncoders {
    private NumberEncoders() {}

    /** real. */
    static final class Real extends ColumnEncoder {
        Real(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            float value = FloatRange.toReal(source.getDouble(row));
            int at = begin(out, 4);
            LittleEndian.putInt(out.buffer(), at, Float.floatToRawIntBits(value));
        }
    }

    /** float. */
    static final class Double64 extends ColumnEncoder {
        Double64(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            double value = FloatRange.finite(source.getDouble(row));
            int at = begin(out, 8);
            LittleEndian.putLong(out.buffer(), at, Double.doubleToRawLongBits(value));
        }
    }

    /** decimal and numeric. */
    static final class Decimal extends ColumnEncoder {
        private final int length;

        Decimal(TypeInfo type) {
            super(type);
            this.length = Math.max(type.maxLength(), TypeInfo.decimalLength(type.precision()));
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long high = source.getDecimalHigh(row);
            long low = source.getDecimalLow(row);
            if (!DecimalBytes.fits(high, low, type.precision())) {
                throw notFitting(type, high, low);
            }
            out.ensure(1 + DecimalBytes.MAX_LENGTH);
            out.buffer()[out.offset()] = (byte) length;
            out.advance(1);
            DecimalBytes.write(out, high, low, length);
        }
    }

    /** smallmoney, from scale 4. */
    static final class SmallMoney extends ColumnEncoder {
        SmallMoney(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long high = source.getDecimalHigh(row);
            long low = source.getDecimalLow(row);
            if (high != low >> 63 || (int) low != low) {
                throw notFitting(type, high, low);
            }
            int at = begin(out, 4);
            LittleEndian.putInt(out.buffer(), at, (int) low);
        }
    }

    /** money, from scale 4. */
    static final class Money extends ColumnEncoder {
        Money(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long high = source.getDecimalHigh(row);
            long low = source.getDecimalLow(row);
            if (high != low >> 63) {
                throw notFitting(type, high, low);
            }
            int at = begin(out, 8);
            MoneyBytes.put(out.buffer(), at, low);
        }
    }

    private static ValueOutOfRangeException notFitting(TypeInfo type, long high, long low) {
        int scale = type.precision() == 0 ? MoneyBytes.SCALE : type.scale();
        return new ValueOutOfRangeException(
                DecimalBytes.toBigDecimal(high, low, scale) + " is out of range for " + type.toSql());
    }
}
