package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.LittleEndian;
import dev.tidegate.tds.type.DecimalBytes;
import dev.tidegate.tds.type.MoneyBytes;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;

/** Decoders of numbers that have digits after the point. */
final class NumberDecoders {
    private NumberDecoders() {}

    /** real. */
    static final class Real extends BoundedDecoder {
        Real(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setDouble(row, Float.intBitsToFloat(LittleEndian.getInt(bytes, at)));
            return at + length;
        }
    }

    /** float. */
    static final class Double64 extends BoundedDecoder {
        Double64(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setDouble(row, Double.longBitsToDouble(LittleEndian.getLong(bytes, at)));
            return at + length;
        }
    }

    /** decimal and numeric. */
    static final class Decimal extends BoundedDecoder {
        Decimal(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            DecimalBytes.check(bytes, at, length);
            sink.setDecimal(row, DecimalBytes.high(bytes, at, length), DecimalBytes.low(bytes, at, length));
            return at + length;
        }
    }

    /** smallmoney, in scale 4. */
    static final class SmallMoney extends BoundedDecoder {
        SmallMoney(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            long value = LittleEndian.getInt(bytes, at);
            sink.setDecimal(row, value >> 63, value);
            return at + length;
        }
    }

    /** money, in scale 4. */
    static final class Money extends BoundedDecoder {
        Money(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            long value = MoneyBytes.get(bytes, at, 8);
            sink.setDecimal(row, value >> 63, value);
            return at + length;
        }
    }
}
