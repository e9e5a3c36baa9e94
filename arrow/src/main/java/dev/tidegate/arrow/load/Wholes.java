package dev.tidegate.arrow.load;

import dev.tidegate.tds.LittleEndian;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Whole numbers of one width, as they stand in a buffer. */
enum Wholes {
    BOOLEAN(0) {
        @Override
        long get(ArrowBuf values, int row) {
            return values.getByte(row >> 3) >> (row & 7) & 1;
        }

        @Override
        void read(byte[] window, int count, long[] into) {
            throw new IllegalStateException("bits are read one by one");
        }
    },
    INT8(1) {
        @Override
        long get(ArrowBuf values, int row) {
            return values.getByte(row);
        }

        @Override
        void read(byte[] window, int count, long[] into) {
            for (int i = 0; i < count; i++) {
                into[i] = window[i];
            }
        }
    },
    UINT8(1) {
        @Override
        long get(ArrowBuf values, int row) {
            return values.getByte(row) & 0xFF;
        }

        @Override
        void read(byte[] window, int count, long[] into) {
            for (int i = 0; i < count; i++) {
                into[i] = window[i] & 0xFF;
            }
        }
    },
    INT16(2) {
        @Override
        long get(ArrowBuf values, int row) {
            return values.getShort(2L * row);
        }

        @Override
        void read(byte[] window, int count, long[] into) {
            for (int i = 0; i < count; i++) {
                into[i] = LittleEndian.getShort(window, 2 * i);
            }
        }
    },
    UINT16(2) {
        @Override
        long get(ArrowBuf values, int row) {
            return values.getShort(2L * row) & 0xFFFF;
        }

        @Override
        void read(byte[] window, int count, long[] into) {
            for (int i = 0; i < count; i++) {
                into[i] = LittleEndian.getUnsignedShort(window, 2 * i);
            }
        }
    },
    INT32(4) {
        @Override
        long get(ArrowBuf values, int row) {
            return values.getInt(4L * row);
        }

        @Override
        void read(byte[] window, int count, long[] into) {
            for (int i = 0; i < count; i++) {
                into[i] = LittleEndian.getInt(window, 4 * i);
            }
        }
    },
    UINT32(4) {
        @Override
        long get(ArrowBuf values, int row) {
            return values.getInt(4L * row) & 0xFFFF_FFFFL;
        }

        @Override
        void read(byte[] window, int count, long[] into) {
            for (int i = 0; i < count; i++) {
                into[i] = LittleEndian.getInt(window, 4 * i) & 0xFFFF_FFFFL;
            }
        }
    },
    INT64(8) {
        @Override
        long get(ArrowBuf values, int row) {
            return values.getLong(8L * row);
        }

        @Override
        void read(byte[] window, int count, long[] into) {
            for (int i = 0; i < count; i++) {
                into[i] = LittleEndian.getLong(window, 8 * i);
            }
        }
    };

    private final int width;

    Wholes(int width) {
        this.width = width;
    }

    /** Bytes of a number; 0 if it has less than one. */
    int width() {
        return width;
    }

    abstract long get(ArrowBuf values, int row);

    /** Numbers that stand side by side from the array's start on. */
    abstract void read(byte[] window, int count, long[] into);

    /** @return null for a type that is none of whole numbers and booleans, or has 64 bits without a sign */
    static Wholes of(ArrowType type) {
        if (type instanceof ArrowType.Bool) {
            return BOOLEAN;
        }
        if (!(type instanceof ArrowType.Int whole)) {
            return null;
        }
        boolean signed = whole.getIsSigned();
        return switch (whole.getBitWidth()) {
            case 8 -> signed ? INT8 : UINT8;
            case 16 -> signed ? INT16 : UINT16;
            case 32 -> signed ? INT32 : UINT32;
            default -> signed ? INT64 : null;
        };
    }
}
