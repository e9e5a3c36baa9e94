package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.Wire;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.TypeInfo;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which rows of some bytes become a run, and whether these are known to be alike; {@link RunDecoderTest} tells what they hold. */
class RowLocatorTest {
    private static final String PLAIN = "D1 0300 616263 04 01000000 04 02000000";
    private static final String FIRST_NULL = "D1 0300 616263 00 04 02000000";
    private static final String SECOND_NULL = "D1 0300 616263 04 01000000 00";
    private static final int TEXT = 0;
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private final RowLocator locator = new RowLocator(Stream.of("char(3)", "int", "int")
            .map(type -> ColumnDecoders.of(TypeInfo.ofSql(type), 1, null))
            .toArray(ColumnDecoder[]::new));

    private final ValueRun run = new ValueRun();

    private int locate(byte[] rows, int limit) {
        byte[] bytes = Arrays.copyOf(rows, rows.length + 8);
        run.begin(bytes, 0, locator.room());
        return locator.locate(bytes, 1, limit, RowMarker.ROW, 100);
    }

    private int locate(String... rows) {
        byte[] bytes = Wire.hex(String.join(" ", rows));
        return locate(bytes, bytes.length);
    }

    private int[] nulls(int column, int rows) {
        locator.turn(run, column, rows);
        return IntStream.range(0, run.nulls()).map(run::nullAt).toArray();
    }

    @Test
    void rowsBeforeOneThatIsCutAnywhereStayAlike() {
        byte[] three = Wire.hex(String.join(" ", PLAIN, PLAIN, PLAIN));
        for (int limit = three.length / 3 * 2; limit < three.length; limit++) {
            assertThat(locate(three, limit)).as("%d bytes", limit).isEqualTo(2);
            locator.turn(run, TEXT, 2);
            assertThat(run.commonLength()).as("%d bytes", limit).isEqualTo(3);
            assertThat(run.start(1)).isEqualTo(three.length / 3 + 3);
        }
    }

    @Test
    void aShorterRowAtTheEndIsNotTakenForACutOne() {
        assertThat(locate(PLAIN, PLAIN, FIRST_NULL)).isEqualTo(3);
        assertThat(nulls(FIRST, 3)).containsExactly(2);
        assertThat(nulls(SECOND, 3)).isEmpty();
        locator.turn(run, TEXT, 3);
        assertThat(run.length(2)).isEqualTo(3);
    }

    @Test
    void nullsStayInOrderWhenTheLastRowHasOthers() {
        String[] learnt = new String[4];
        Arrays.fill(learnt, FIRST_NULL);
        assertThat(locate(learnt)).isEqualTo(4);
        assertThat(locate(FIRST_NULL, FIRST_NULL, "D1 0300 616263 00 00")).isEqualTo(3);
        assertThat(nulls(FIRST, 3)).containsExactly(0, 1, 2);
        assertThat(nulls(SECOND, 3)).containsExactly(2);
        assertThat(locate(FIRST_NULL, FIRST_NULL, SECOND_NULL)).isEqualTo(3);
        assertThat(nulls(FIRST, 3)).containsExactly(0, 1);
        assertThat(nulls(SECOND, 3)).containsExactly(2);
    }
}
