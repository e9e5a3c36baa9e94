package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;

/** Encoders of whole numbers. */
final class IntegerEncoders {
    private IntegerEncoders() {}

    /** bit. */
    static final class Bit extends ColumnEncoder {
        Bit(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long value = source.getLong(row);
            if (value != 0 && value != 1) {
                throw outOfRange(value, 0, 1);
            }
            int at = begin(out, 1);
            out.buffer()[at] = (byte) value;
        }
    }

    /** tinyint. */
    static final class TinyInt extends ColumnEncoder {
        TinyInt(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long value = source.getLong(row);
            if ((value & 0xFF) != value) {
                throw outOfRange(value, 0, 255);
            }
            int at = begin(out, 1);
            out.buffer()[at] = (byte) value;
        }
    }

    /** smallint. */
    static final class SmallInt extends ColumnEncoder {
        SmallInt(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long value = source.getLong(row);
            if ((short) value != value) {
                throw outOfRange(value, Short.MIN_VALUE, Short.MAX_VALUE);
            }
            int at = begin(out, 2);
            LittleEndian.putShort(out.buffer(), at, (short) value);
        }
    }

    /** int. */
    static final class Int extends ColumnEncoder {
        Int(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long value = source.getLong(row);
            if ((int) value != value) {
                throw outOfRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            }
            int at = begin(out, 4);
            LittleEndian.putInt(out.buffer(), at, (int) value);
        }
    }

    /** bigint. */
    static final class BigInt extends ColumnEncoder {
        BigInt(TypeInfo type) {
            super(type);
        }

        @Override
        void encode(TdsWriter out, ColumnSource source, int row) throws IOException {
            long value = source.getLong(row);
            int at = begin(out, 8);
            LittleEndian.putLong(out.buffer(), at, value);
        }
    }
}
