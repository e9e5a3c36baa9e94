package dev.tidegate.arrow.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.Test;

/** A vector's offsets come from whoever made the batch. */
class PlacesTest {
    @Test
    void valuesAreNotReadAtOnceIfTheirOffsetsDecrease() {
        try (BufferAllocator allocator = new RootAllocator();
                VarCharVector vector = new VarCharVector("x", allocator)) {
            vector.setSafe(0, bytes("abcd"));
            vector.setSafe(1, bytes("ef"));
            vector.setSafe(2, bytes("g"));
            vector.setValueCount(3);
            Places places = new Places();
            places.begin(vector);
            int[] starts = new int[4];
            assertThat(places.read(0, 3, starts)).startsWith(bytes("abcdefg"));
            assertThat(starts).containsExactly(0, 4, 6, 7);

            setOffset(vector, 1, 9);
            assertThat(places.read(0, 3, starts)).as("0, 9, 6, 7").isNull();
            setOffset(vector, 1, Integer.MAX_VALUE);
            assertThat(places.read(0, 3, starts)).as("0, the most, 6, 7").isNull();
            setOffset(vector, 1, -1);
            assertThat(places.read(0, 3, starts)).as("0, -1, 6, 7").isNull();
            setOffset(vector, 1, 4);
            setOffset(vector, 3, 2);
            assertThat(places.read(2, 1, starts)).as("6, 2").isNull();
            assertThat(places.length(2)).isNegative();
            assertThat(places.read(0, 2, starts)).startsWith(bytes("abcdef"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void setOffset(VarCharVector vector, int index, int offset) {
        vector.getOffsetBuffer().setInt((long) index * VarCharVector.OFFSET_WIDTH, offset);
    }
}
