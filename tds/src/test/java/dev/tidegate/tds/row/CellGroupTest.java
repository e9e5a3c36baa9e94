package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.Wire;
import dev.tidegate.tds.type.TypeInfo;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of the rows' values is told by {@link RunDecoderTest}; here, which shapes are known. */
class CellGroupTest {
    private static final byte[] NONE_NULL = Wire.hex("04 01000000 04 02000000");
    private static final byte[] FIRST_NULL = Wire.hex("00 04 02000000");
    private static final byte[] BOTH_NULL = Wire.hex("00 00");

    private final CellGroup group = groups("int", "int")[0];

    private static CellGroup[] groups(String... types) {
        return CellGroup.of(Stream.of(types)
                .map(type -> ColumnDecoders.of(TypeInfo.ofSql(type), 1, null))
                .toArray(ColumnDecoder[]::new));
    }

    /** @param places of the two columns' values in each of the last rows */
    private void learn(int first, int second) {
        int rows = 4;
        int[] places = new int[2 * rows];
        Arrays.fill(places, 0, rows, first);
        Arrays.fill(places, rows, 2 * rows, second);
        group.learn(places, rows, rows);
    }

    private boolean knows(byte[] cells) {
        byte[] bytes = Arrays.copyOf(cells, cells.length + 8);
        return group.shapeAt(bytes, 0, cells.length) != null;
    }

    @Test
    void theLastShapeIsGivenUpForOneWithFewerNulls() {
        assertThat(knows(NONE_NULL)).isTrue();
        assertThat(knows(BOTH_NULL)).isFalse();
        learn(-1, -1);
        assertThat(knows(BOTH_NULL)).isTrue();
        assertThat(knows(FIRST_NULL)).isFalse();
        learn(-1, 1);
        assertThat(knows(FIRST_NULL)).isTrue();
        assertThat(knows(BOTH_NULL)).isFalse();
        assertThat(knows(NONE_NULL)).isTrue();
    }

    @Test
    void aShapeStaysWhileRowsHaveNoNulls() {
        learn(-1, -1);
        learn(1, 6);
        assertThat(knows(BOTH_NULL)).isTrue();
        assertThat(knows(NONE_NULL)).isTrue();
    }

    @Test
    void aGroupHasNotMuchMoreThan64KilobytesOfARow() {
        assertThat(groups("int", "char(8000)", "bit")).hasSize(1);
        String[] wide = new String[20];
        Arrays.fill(wide, "char(8000)");
        CellGroup[] groups = groups(wide);
        assertThat(groups).hasSize(3);
        assertThat(groups[0].end).isEqualTo(9).isEqualTo(groups[1].first);
        assertThat(groups[1].end).isEqualTo(18).isEqualTo(groups[2].first);
        assertThat(groups[2].end).isEqualTo(20);
    }
}
