package dev.tidegate.duckdb.scan;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Binary types and UDTs, as Base64 text: the JDBC driver has no way to write a BLOB vector, so that {@code from_base64} makes it one. */
final class BytesSink extends StringSink {
    private final Base64.Encoder encoder = Base64.getEncoder();

    BytesSink(String column) {
        super(column);
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        ByteBuffer encoded = encoder.encode(ByteBuffer.wrap(bytes, offset, length));
        put(row, encoded.array());
    }
}
