package dev.tidegate.tds.row;

import dev.tidegate.tds.type.TypeInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Gives Java forms in runs.
 *
 * @param inBlocks whether text and bytes are given as they would stand in a column, else value by value
 */
record ListRuns(ListSource values, boolean inBlocks) implements RunSource {
    ListRuns(TypeInfo type, List<Object> values, boolean inBlocks) {
        this(new ListSource(type, values), inBlocks);
    }

    @Override
    public boolean givesUtf8() {
        return inBlocks;
    }

    /** What stands in front, and where a value is NULL, is nobody's text. */
    @Override
    public byte[] getUtf8(int first, int count, boolean[] nulls, int[] starts) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0xFF);
        for (int i = 0; i < count; i++) {
            starts[i] = block.size();
            if (isNull(first + i)) {
                block.write(0xFE);
            } else {
                block.writeBytes(getText(first + i).toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        starts[count] = block.size();
        return block.toByteArray();
    }

    @Override
    public boolean givesBinary() {
        return inBlocks;
    }

    @Override
    public byte[] getBinary(int first, int count, boolean[] nulls, int[] starts) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(1);
        for (int i = 0; i < count; i++) {
            starts[i] = block.size();
            block.writeBytes(isNull(first + i) ? new byte[9_000] : getBytes(first + i));
        }
        starts[count] = block.size();
        return block.toByteArray();
    }

    @Override
    public boolean isNull(int row) {
        return values.isNull(row);
    }

    @Override
    public long getLong(int row) {
        return values.getLong(row);
    }

    @Override
    public double getDouble(int row) {
        return values.getDouble(row);
    }

    @Override
    public long getDecimalLow(int row) {
        return values.getDecimalLow(row);
    }

    @Override
    public long getDecimalHigh(int row) {
        return values.getDecimalHigh(row);
    }

    @Override
    public int getEpochDay(int row) {
        return values.getEpochDay(row);
    }

    @Override
    public long getTicks(int row) {
        return values.getTicks(row);
    }

    @Override
    public int getOffsetMinutes(int row) {
        return values.getOffsetMinutes(row);
    }

    @Override
    public long getUuidHigh(int row) {
        return values.getUuidHigh(row);
    }

    @Override
    public long getUuidLow(int row) {
        return values.getUuidLow(row);
    }

    @Override
    public CharSequence getText(int row) {
        return values.getText(row);
    }

    @Override
    public byte[] getBytes(int row) {
        return values.getBytes(row);
    }
}
