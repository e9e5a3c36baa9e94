package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.ContentReader;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnreadableValueException;
import java.io.IOException;

/** Decodes cells that fit in the reader's buffer. */
abstract class BoundedDecoder extends ColumnDecoder {
    final CellLayout layout;

    BoundedDecoder(TypeInfo type) {
        this(type, CellLayout.of(type));
    }

    private BoundedDecoder(TypeInfo type, CellLayout layout) {
        super(type, layout.maxLength());
        this.layout = layout;
    }

    @Override
    final void fetch(TdsReader in, boolean wanted) throws IOException {
        layout.require(in, 0);
    }

    @Override
    final int skip(byte[] bytes, int offset) throws IOException {
        return offset + layout.prefix + Math.max(layout.contentLength(bytes, offset), 0);
    }

    @Override
    RowLocator.Form form() {
        return layout.form();
    }

    @Override
    final int maxContent() {
        return layout.maxContent;
    }

    @Override
    Object read(TdsReader in) throws IOException {
        int length = layout.require(in, 0);
        int cell = layout.prefix + Math.max(length, 0);
        try {
            Object value =
                    length < 0 ? null : ContentReader.read(type, in.buffer(), in.offset() + layout.prefix, length);
            in.advance(cell);
            return value;
        } catch (UnreadableValueException e) {
            in.advance(cell);
            throw e;
        }
    }

    final int setNull(int offset, ColumnSink sink, int row) {
        sink.setNull(row);
        return offset + layout.prefix;
    }
}
