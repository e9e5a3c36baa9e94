package dev.tidegate.jdbc.convert;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.util.UUID;

/** Bytes of binary values. Text has none without a character set, so asking for them is an error. */
final class BinaryConversion {
    private BinaryConversion() {}

    static byte[] toBytes(Cell cell) throws SQLException {
        if (cell.value() instanceof byte[] bytes) {
            return bytes;
        }
        if (cell.value() instanceof UUID uuid) {
            return ofUuid(uuid);
        }
        throw cell.unconvertible("bytes");
    }

    /** The first three groups have their bytes reversed, as CAST(… AS binary(16)) has them. */
    static byte[] ofUuid(UUID uuid) {
        long high = uuid.getMostSignificantBits();
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (high >>> 32))
                .putShort((short) (high >>> 16))
                .putShort((short) high)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    static UUID toUuid(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long high = (in.getInt() & 0xFFFF_FFFFL) << 32;
        high |= (in.getShort() & 0xFFFFL) << 16;
        high |= in.getShort() & 0xFFFFL;
        return new UUID(high, in.order(ByteOrder.BIG_ENDIAN).getLong());
    }
}
