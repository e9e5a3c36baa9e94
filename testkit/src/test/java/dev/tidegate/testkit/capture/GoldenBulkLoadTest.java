package dev.tidegate.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bulk loads decode to the rows that the heads of their files say were sent. */
@Timeout(60)
class GoldenBulkLoadTest {
    private static final UUID TEDIOUS_UUID = UUID.fromString("6F9619FF-8B86-D011-B42D-00C04FC964FF");

    /** One BulkLoad message. */
    private record Load(ColMetadata columns, List<Object[]> rows, List<Done> end) {
        static Load of(TokenStream tokens) {
            return new Load(
                    tokens.all(ColMetadata.class).get(0),
                    tokens.all(Row.class).stream().map(Row::values).toList(),
                    tokens.all(Done.class));
        }

        List<String> columnNames() {
            return columns.columns().stream().map(Column::name).toList();
        }
    }

    @Test
    void fiveThousandRowsInBatches() throws IOException {
        List<Load> loads = loads("bulk-5000-rows");
        // the driver finds out that there are no more rows when it has begun another load
        assertThat(loads).extracting(load -> load.rows().size()).containsExactly(1000, 1000, 1000, 1000, 1000, 0);
        assertThat(loads).allSatisfy(load -> {
            assertThat(load.columnNames()).containsExactly("id", "name", "amount", "f", "d");
            assertThat(load.end()).hasSize(1);
        });
        int i = 0;
        for (Object[] row : loads.stream().flatMap(load -> load.rows().stream()).toList()) {
            i++;
            assertThat(row)
                    .containsExactly(
                            i,
                            i % 10 == 0 ? null : "name " + i,
                            BigDecimal.valueOf(i * 25L, 2),
                            i / 4.0,
                            // the driver declares the column as text
                            LocalDate.of(2020, 1, 1).plusDays(i % 1000).toString());
        }
    }

    /** The server's reading of the load is in the file; it differs from what was sent in the columns named here. */
    @Test
    void everyTypeThatCanBeLoaded() throws IOException {
        Capture capture = Captures.read("bulk-all-types");
        List<Load> loads = loads("bulk-all-types");
        assertThat(loads).hasSize(1);
        Load load = loads.get(0);
        List<List<String>> readBack = capture.steps()
                .get(2)
                .expectations(Expectation.Row.class)
                .map(Expectation.Row::cells)
                .toList();
        assertThat(load.rows()).hasSize(3);
        for (int r = 0; r < 3; r++) {
            Object[] row = load.rows().get(r);
            for (int c = 0; c < row.length; c++) {
                String name = load.columns().columns().get(c).name();
                String cell = readBack.get(r).get(c);
                switch (name) {
                    // sent as the text of the column's values, which the server misreads
                    case "c_uniqueidentifier" ->
                        assertThat(row[c])
                                .isIn(
                                        "6F9619FF-8B86-D011-B42D-00C04FC964FF",
                                        null,
                                        "00000000-0000-0000-0000-000000000001");
                    // sent unpadded; the server pads
                    case "c_char_10", "c_nchar_10", "c_binary_8" ->
                        assertThat(RecordedValue.matches(row[c], cell) || startsLike(row[c], cell))
                                .as("%s: %s and %s", name, row[c], cell)
                                .isTrue();
                    // the server loses the fraction when it writes or reads the column
                    case "c_time_6" ->
                        assertThat(String.valueOf(row[c]).toUpperCase(Locale.ROOT))
                                .startsWith(cell);
                    default ->
                        assertThat(RecordedValue.matches(row[c], cell))
                                .as("%s: %s and %s", name, row[c], cell)
                                .isTrue();
                }
            }
        }
    }

    private static boolean startsLike(Object value, String cell) {
        String text = value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : (String) value;
        return (cell.startsWith("0x") ? cell.substring(2) : CellText.unquote(cell)).startsWith(text);
    }

    @Test
    void aLoadWithHintsAndOneWithADuplicateKey() throws IOException {
        assertThat(loads("bulk-in-transaction"))
                .singleElement()
                .satisfies(load ->
                        assertThat(load.rows()).containsExactly(new Object[] {100, "a"}, new Object[] {200, null}));
        assertThat(loads("bulk-duplicate-key"))
                .singleElement()
                .satisfies(load -> assertThat(load.rows())
                        .containsExactly(new Object[] {1, "a"}, new Object[] {2, "b"}, new Object[] {2, "c"}));
    }

    @Test
    void freeTdsEndsItsLoadsWithoutDone() throws IOException {
        assertThat(loads("freetds-bcp-server-refuses")).singleElement().satisfies(load -> {
            assertThat(load.end()).isEmpty();
            assertThat(load.rows())
                    .containsExactly(
                            new Object[] {1, "ab"}, new Object[] {2, null}, new Object[] {3, "abcde"}, new Object[] {
                                1, "zz"
                            });
        });
        List<Load> loads = loads("freetds-bcp-in");
        assertThat(loads).hasSize(1);
        int i = 0;
        for (Object[] row : loads.get(0).rows()) {
            i++;
            assertThat(row)
                    .containsExactly(
                            i,
                            "name" + i,
                            new BigDecimal(i + ".2500"),
                            i / 2.0,
                            LocalDateTime.of(2024, 2, 1, 0, 0).plusDays(i));
        }
        assertThat(i).as("rows of the first batch").isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"tedious-bulk, 20", "tedious-bulk-duplicate, 5", "malformed-row-cut-by-error, 20"})
    void tediousLoads(String capture, int rows) throws IOException {
        assertThat(loads(capture)).singleElement().satisfies(load -> {
            assertThat(load.rows()).hasSize(rows);
            for (int i = 1; i <= rows; i++) {
                int id = capture.endsWith("duplicate") && i == rows ? 1 : i;
                assertThat(load.rows().get(i - 1))
                        .containsExactly(
                                id,
                                "n" + i,
                                i % 3 == 0 ? null : "v" + i,
                                BigDecimal.valueOf(i * 1500L, 3),
                                LocalDateTime.of(2024, 2, 29, 0, 0, i),
                                i / 4.0,
                                i % 2 == 1,
                                ByteBuffer.allocate(4).putInt(i).array(),
                                TEDIOUS_UUID,
                                "m".repeat(10 * i),
                                LocalDate.of(2024, 2, 29));
            }
        });
    }

    @Test
    void aLoadThatIsGivenUpSaysSo() {
        assertThat(Captures.read("bulk-value-too-long")
                        .messages(Direction.CLIENT)
                        .filter(message -> message.type() == PacketType.BULK_LOAD.code()))
                .singleElement()
                .satisfies(
                        message -> assertThat(message.lastStatus()).isEqualTo(PacketStatus.EOM | PacketStatus.IGNORE));
    }

    private static List<Load> loads(String name) throws IOException {
        List<Load> loads = new ArrayList<>();
        Dialogue dialogue = new Dialogue();
        for (RecordedMessage message : Captures.read(name).messages()) {
            if (message.direction() == Direction.CLIENT || !name.startsWith("malformed-")) {
                Dialogue.Decoded decoded = dialogue.next(message);
                if (message.type() == PacketType.BULK_LOAD.code()) {
                    loads.add(Load.of((TokenStream) decoded.content()));
                }
            }
        }
        return loads;
    }
}
