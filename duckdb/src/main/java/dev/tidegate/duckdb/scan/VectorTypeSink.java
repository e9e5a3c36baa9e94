package dev.tidegate.duckdb.scan;

import static dev.tidegate.tds.type.VectorBytes.HEADER_LENGTH;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The vector type of SQL Server 2025, as text such as {@code [1.0, 2.5]} that DuckDB casts to {@code FLOAT[n]}. A value is eight bytes of
 * header and the elements as 32-bit floats; the shortest decimal form of a float reads back as the same float.
 */
final class VectorTypeSink extends StringSink {
    VectorTypeSink(String column) {
        super(column);
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        if (length < HEADER_LENGTH || (length - HEADER_LENGTH) % Float.BYTES != 0) {
            throw misfit(row, length + " bytes", "this is not the form of a vector value");
        }
        ByteBuffer elements = ByteBuffer.wrap(bytes, offset + HEADER_LENGTH, length - HEADER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder text = new StringBuilder("[");
        while (elements.hasRemaining()) {
            text.append(text.length() > 1 ? ", " : "").append(elements.getFloat());
        }
        put(row, text.append(']').toString().getBytes(StandardCharsets.US_ASCII));
    }
}
