package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.LittleEndian;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;

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
    }
}
