package dev.tidegate.arrow.load;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Reads whole numbers of one width out of a buffer. */
@FunctionalInterface
interface Wholes {
    long get(ArrowBuf values, int row);

    /** @return null for a type that is none of whole numbers and booleans, or has 64 bits without a sign */
    static Wholes of(ArrowType type) {
        if (type instanceof ArrowType.Bool) {
            return (values, row) -> values.getByte(row >> 3) >> (row & 7) & 1;
        }
        if (!(type instanceof ArrowType.Int whole)) {
            return null;
        }
        boolean signed = whole.getIsSigned();
        return switch (whole.getBitWidth()) {
            case 8 -> signed ? (values, row) -> values.getByte(row) : (values, row) -> values.getByte(row) & 0xFF;
            case 16 ->
                signed
                        ? (values, row) -> values.getShort(2L * row)
                        : (values, row) -> values.getShort(2L * row) & 0xFFFF;
            case 32 ->
                signed
                        ? (values, row) -> values.getInt(4L * row)
                        : (values, row) -> values.getInt(4L * row) & 0xFFFF_FFFFL;
            default -> signed ? (values, row) -> values.getLong(8L * row) : null;
        };
    }
}
