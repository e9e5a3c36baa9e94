package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.type.DecimalBytes;
import dev.tidegate.tds.type.MoneyBytes;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decoders of numbers that have digits after the point. */
final class NumberDecoders {
    /** Bytes of a decimal whose magnitude is one number of 32 bits; a sign is included. */
    private static final int OF_INT = 1 + Integer.BYTES;

    /** Bytes of a decimal whose magnitude is one number of 64 bits. */
    private static final int OF_LONG = 1 + Long.BYTES;

    private NumberDecoders() {}

    /** In 16 bytes. */
    private static void putWide(ByteBuffer target, int at, long value) {
        target.putLong(at, value);
        target.putLong(at + Long.BYTES, value >> 63);
    }

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

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            double[] values = run.doubles();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                values[i] = at < 0 ? 0 : Float.intBitsToFloat(LittleEndian.getInt(bytes, at));
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            for (int i = 0, to = at; i < run.count(); i++, to += Float.BYTES) {
                target.putInt(to, LittleEndian.getInt(bytes, run.anyStart(i)));
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setDoubles(run);
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

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            double[] values = run.doubles();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                values[i] = at < 0 ? 0 : Double.longBitsToDouble(LittleEndian.getLong(bytes, at));
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            for (int i = 0, to = at; i < run.count(); i++, to += Double.BYTES) {
                target.putLong(to, LittleEndian.getLong(bytes, run.anyStart(i)));
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setDoubles(run);
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

        @Override
        void fill(ValueRun run) throws TdsProtocolException {
            if (layout.maxContent == OF_INT || layout.maxContent == OF_LONG) {
                decodeShort(run);
            } else {
                decodeLong(run);
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setDecimals(run);
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) throws TdsProtocolException {
            if (layout.maxContent == OF_INT || layout.maxContent == OF_LONG) {
                putShort(run, target, at);
            } else {
                decodeLong(run);
                target.slice(at, 2 * Long.BYTES * run.count())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer()
                        .put(run.pairs(), 0, 2 * run.count());
            }
        }

        private void putShort(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            long mask = layout.maxContent == OF_LONG ? -1 : 0xFFFF_FFFFL;
            for (int i = 0, to = at; i < run.count(); i++, to += 2 * Long.BYTES) {
                int from = run.anyStart(i);
                long magnitude = LittleEndian.getLong(bytes, from + 1) & mask;
                // All ones for a negative number, whose sign byte is 0.
                long sign = (long) (bytes[from] & 0xFF) - 1 >> 63;
                long low = (magnitude ^ sign) - sign;
                target.putLong(to, low);
                target.putLong(to + Long.BYTES, magnitude == 0 ? 0 : sign);
            }
        }

        /** Of up to 19 digits: the magnitude is one number of 32 or 64 bits. */
        private void decodeShort(ValueRun run) {
            byte[] bytes = run.bytes();
            long[] pairs = run.pairs();
            boolean wide = layout.maxContent == OF_LONG;
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                if (at < 0) {
                    pairs[2 * i] = 0;
                    pairs[2 * i + 1] = 0;
                    continue;
                }
                long magnitude =
                        wide ? LittleEndian.getLong(bytes, at + 1) : LittleEndian.getInt(bytes, at + 1) & 0xFFFF_FFFFL;
                // All ones for a negative number, whose sign byte is 0.
                long sign = (long) (bytes[at] & 0xFF) - 1 >> 63;
                pairs[2 * i] = (magnitude ^ sign) - sign;
                pairs[2 * i + 1] = magnitude == 0 ? 0 : sign;
            }
        }

        private void decodeLong(ValueRun run) throws TdsProtocolException {
            byte[] bytes = run.bytes();
            long[] pairs = run.pairs();
            int length = layout.maxContent;
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                if (at < 0) {
                    pairs[2 * i] = 0;
                    pairs[2 * i + 1] = 0;
                    continue;
                }
                DecimalBytes.check(bytes, at, length);
                pairs[2 * i] = DecimalBytes.low(bytes, at, length);
                pairs[2 * i + 1] = DecimalBytes.high(bytes, at, length);
            }
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

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            long[] pairs = run.pairs();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                long value = at < 0 ? 0 : LittleEndian.getInt(bytes, at);
                pairs[2 * i] = value;
                pairs[2 * i + 1] = value >> 63;
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            for (int i = 0, to = at; i < run.count(); i++, to += 2 * Long.BYTES) {
                putWide(target, to, LittleEndian.getInt(bytes, run.anyStart(i)));
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setDecimals(run);
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

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            long[] pairs = run.pairs();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                long value = at < 0 ? 0 : MoneyBytes.get(bytes, at, 8);
                pairs[2 * i] = value;
                pairs[2 * i + 1] = value >> 63;
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            for (int i = 0, to = at; i < run.count(); i++, to += 2 * Long.BYTES) {
                putWide(target, to, MoneyBytes.get(bytes, run.anyStart(i), 8));
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setDecimals(run);
        }
    }
}
