package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Decoders of whole numbers. */
final class IntegerDecoders {
    private IntegerDecoders() {}

    /** bit: 0 or 1. */
    static final class Bit extends BoundedDecoder {
        Bit(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setLong(row, bytes[at] == 0 ? 0 : 1);
            return at + length;
        }

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            int[] values = run.ints();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                int value = at < 0 ? 0 : bytes[at];
                // 1 for all but 0, without a branch: nothing foretells a bit.
                values[i] = (value | -value) >>> Integer.SIZE - 1;
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setInts(run);
        }
    }

    /** tinyint: 0 to 255. */
    static final class TinyInt extends BoundedDecoder {
        TinyInt(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setLong(row, bytes[at] & 0xFF);
            return at + length;
        }

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            int[] values = run.ints();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                values[i] = at < 0 ? 0 : bytes[at] & 0xFF;
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            for (int i = 0, to = at; i < run.count(); i++, to += Byte.BYTES) {
                target.put(to, bytes[run.anyStart(i)]);
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setInts(run);
        }
    }

    /** smallint. */
    static final class SmallInt extends BoundedDecoder {
        SmallInt(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setLong(row, LittleEndian.getShort(bytes, at));
            return at + length;
        }

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            int[] values = run.ints();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                values[i] = at < 0 ? 0 : LittleEndian.getShort(bytes, at);
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            for (int i = 0, to = at; i < run.count(); i++, to += Short.BYTES) {
                target.putShort(to, LittleEndian.getShort(bytes, run.anyStart(i)));
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setInts(run);
        }
    }

    /** int. */
    static final class Int extends BoundedDecoder {
        Int(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setLong(row, LittleEndian.getInt(bytes, at));
            return at + length;
        }

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            int[] values = run.ints();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                values[i] = at < 0 ? 0 : LittleEndian.getInt(bytes, at);
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            for (int i = 0, to = at; i < run.count(); i++, to += Integer.BYTES) {
                target.putInt(to, LittleEndian.getInt(bytes, run.anyStart(i)));
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setInts(run);
        }
    }

    /** bigint. */
    static final class BigInt extends BoundedDecoder {
        BigInt(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setLong(row, LittleEndian.getLong(bytes, at));
            return at + length;
        }

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            long[] values = run.longs();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                values[i] = at < 0 ? 0 : LittleEndian.getLong(bytes, at);
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            for (int i = 0, to = at; i < run.count(); i++, to += Long.BYTES) {
                target.putLong(to, LittleEndian.getLong(bytes, run.anyStart(i)));
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setLongs(run);
        }
    }
}
