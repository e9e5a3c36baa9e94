package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnsupportedCollationException;
import java.io.IOException;

/** char and varchar of a code page that is not supported: only NULL can be handed on. */
final class UnreadableDecoder extends BoundedDecoder {
    private final UnreadableValues unreadable;
    private final UnsupportedCollationException why;

    UnreadableDecoder(TypeInfo type, UnreadableValues unreadable, UnsupportedCollationException why) {
        super(type);
        this.unreadable = unreadable;
        this.why = why;
    }

    @Override
    RowLocator.Form form() {
        return RowLocator.Form.OTHER;
    }

    @Override
    int decode(byte[] bytes, int offset, ColumnSink sink, int row) throws IOException {
        int end = skip(bytes, offset);
        if (layout.contentLength(bytes, offset) >= 0) {
            unreadable.add(this, why.getMessage(), why);
        }
        sink.setNull(row);
        return end;
    }

    @Override
    Object read(TdsReader in) throws IOException {
        int length = layout.require(in, 0);
        in.advance(layout.prefix + Math.max(length, 0));
        if (length >= 0) {
            unreadable.add(this, why.getMessage(), why);
        }
        return null;
    }
}
