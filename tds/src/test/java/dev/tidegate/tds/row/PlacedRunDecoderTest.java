package dev.tidegate.tds.row;

import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The same where the values of fixed width are put into memory. */
class PlacedRunDecoderTest extends RunDecoderTest {
    /** Takes values from memory, in the middle of which they stand, and tells what must not be there. */
    private static final class PlacedRecorder extends RunRecorder {
        private static final int BEFORE = 3;
        private static final byte NOTHING = 0x5A;

        private final SqlTypeName type;
        private final int width;
        private ByteBuffer memory;

        PlacedRecorder(TypeInfo type, int width) {
            super(type);
            this.type = type.sqlType();
            this.width = width;
        }

        @Override
        public ByteBuffer memory() {
            byte[] nothing = new byte[BEFORE + 1024 * width + BEFORE];
            java.util.Arrays.fill(nothing, NOTHING);
            memory = ByteBuffer.wrap(nothing).order(ByteOrder.LITTLE_ENDIAN);
            return memory;
        }

        @Override
        public int place(int row) {
            return BEFORE;
        }

        @Override
        public void setPlaced(ValueRun run) {
            int nulls = 0;
            for (int i = 0; i < run.count(); i++) {
                if (nulls < run.nulls() && run.nullAt(nulls) == i) {
                    nulls++;
                    setNull(run.row() + i);
                } else {
                    take(run.row() + i, BEFORE + i * width);
                }
            }
            for (int i = 0; i < BEFORE; i++) {
                if (memory.get(i) != NOTHING || memory.get(BEFORE + run.count() * width + i) != NOTHING) {
                    throw new AssertionError("bytes before or behind the values were written");
                }
            }
        }

        private void take(int row, int at) {
            switch (type) {
                case TINYINT -> setLong(row, memory.get(at) & 0xFF);
                case SMALLINT -> setLong(row, memory.getShort(at));
                case INT -> setLong(row, memory.getInt(at));
                case BIGINT -> setLong(row, memory.getLong(at));
                case DATE -> setDate(row, memory.getInt(at));
                case REAL -> setDouble(row, memory.getFloat(at));
                case FLOAT -> setDouble(row, memory.getDouble(at));
                case UNIQUEIDENTIFIER ->
                    setUuid(row, Long.reverseBytes(memory.getLong(at)), Long.reverseBytes(memory.getLong(at + 8)));
                default -> setDecimal(row, memory.getLong(at + 8), memory.getLong(at));
            }
        }
    }

    @Override
    RunRecorder recorder(TypeInfo type) {
        int width = switch (type.sqlType()) {
            case TINYINT -> 1;
            case SMALLINT -> 2;
            case INT, DATE, REAL -> 4;
            case BIGINT, FLOAT -> 8;
            case DECIMAL, NUMERIC, MONEY, SMALLMONEY, UNIQUEIDENTIFIER -> 16;
            default -> 0;
        };
        return width == 0 ? super.recorder(type) : new PlacedRecorder(type, width);
    }
}
