package dev.tidegate.tds.row;

import dev.tidegate.tds.type.GuidBytes;
import dev.tidegate.tds.type.TextBytes;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/** Decoders of values that are handed on as the bytes that they are. */
final class BytesDecoders {
    private BytesDecoders() {}

    /** uniqueidentifier. */
    static final class Guid extends BoundedDecoder {
        Guid(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setUuid(row, GuidBytes.high(bytes, at), GuidBytes.low(bytes, at));
            return at + length;
        }

        @Override
        void fill(ValueRun run) {
            byte[] bytes = run.bytes();
            long[] pairs = run.pairs();
            for (int i = 0; i < run.count(); i++) {
                int at = run.start(i);
                pairs[2 * i + 1] = at < 0 ? 0 : GuidBytes.high(bytes, at);
                pairs[2 * i] = at < 0 ? 0 : GuidBytes.low(bytes, at);
            }
        }

        @Override
        void put(ValueRun run, ByteBuffer target, int at) {
            byte[] bytes = run.bytes();
            for (int i = 0, to = at; i < run.count(); i++, to += 2 * Long.BYTES) {
                int from = run.anyStart(i);
                target.putLong(to, Long.reverseBytes(GuidBytes.high(bytes, from)));
                target.putLong(to + Long.BYTES, Long.reverseBytes(GuidBytes.low(bytes, from)));
            }
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setUuids(run);
        }
    }

    /** nchar and nvarchar. */
    static final class Utf16 extends BoundedDecoder {
        Utf16(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            TextBytes.checkUtf16(length);
            sink.setUtf16(row, bytes, at, length);
            return at + length;
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setUtf16s(run);
        }
    }

    /** char and varchar. */
    static final class Text extends BoundedDecoder {
        private final Charset charset;

        Text(TypeInfo type) {
            super(type);
            this.charset = TextBytes.charsetOf(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setText(row, bytes, at, length, charset);
            return at + length;
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setTexts(run, charset);
        }
    }

    /** binary, varbinary and vector. */
    static final class Binary extends BoundedDecoder {
        Binary(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
            int length = layout.contentLength(bytes, offset);
            if (length < 0) {
                return setNull(offset, sink, row);
            }
            int at = offset + layout.prefix;
            sink.setBytes(row, bytes, at, length);
            return at + length;
        }

        @Override
        void give(ValueRun run, RunSink sink) {
            sink.setBinaries(run);
        }
    }

    /** The type of an untyped NULL. */
    static final class Nothing extends BoundedDecoder {
        Nothing(TypeInfo type) {
            super(type);
        }

        @Override
        int decode(byte[] bytes, int offset, ColumnSink sink, int row) {
            return setNull(offset, sink, row);
        }
    }
}
