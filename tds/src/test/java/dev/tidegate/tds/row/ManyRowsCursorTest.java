package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A cursor that has seen many rows, and so expects something of the next one, reads it as one that has seen none. */
class ManyRowsCursorTest {
    private static final int ROWS = 100;

    @Provide
    Arbitrary<Samples.Table> tables() {
        return Samples.tables();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void aLaterRowIsReadAsAFirstOne(
            @ForAll("tables") Samples.Table table,
            @ForAll @IntRange(min = 1, max = 3000) int packetPayload,
            @ForAll @IntRange(max = 100) int compressed,
            @ForAll long seed)
            throws IOException {
        byte[] payload = encode(table.types(), table.rows(), compressed, new Random(seed));
        assertSame(payload, packetPayload, table.types());
    }

    /** Over each byte of a late row are put others, wherever a length may stand. */
    @Example
    void aLieIsFoundAsInAFirstRow() throws IOException {
        List<TypeInfo> types = List.of(
                TypeInfo.integer(),
                TypeInfo.ofSql("char(3)"),
                TypeInfo.ofSql("decimal(9,2)"),
                TypeInfo.ofSql("varchar(5)"),
                TypeInfo.ofSql("nchar(2)"),
                TypeInfo.ofSql("datetime2(3)"));
        Object[] row = {
            7, "abc", new java.math.BigDecimal("1.25"), "text", "ab", java.time.LocalDateTime.of(2024, 2, 29, 1, 2)
        };
        byte[] payload = encode(types, List.<Object[]>of(row), 0, new Random(1));
        int length = payload.length / ROWS;
        int refused = 0;
        for (int at = payload.length - 2 * length; at < payload.length - length; at++) {
            for (int lie : new int[] {0, 1, 0x80, 0xFF}) {
                byte[] lying = payload.clone();
                lying[at] = (byte) lie;
                refused += assertSame(lying, 1000, types).contains("Exception") ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(10);
    }

    private static String assertSame(byte[] payload, int packetPayload, List<TypeInfo> types) throws IOException {
        RowCursor one = new RowCursor(types);
        String told = read(Wire.reader(payload, packetPayload), types, row -> one);
        assertThat(told).isEqualTo(read(Wire.reader(payload, packetPayload), types, row -> new RowCursor(types)));
        return told;
    }

    private static String read(TdsReader in, List<TypeInfo> types, IntFunction<RowCursor> cursors) {
        StringBuilder told = new StringBuilder();
        try {
            for (int row = 0; !in.atEnd(); row++) {
                RowCursor cursor = cursors.apply(row);
                cursor.load(in, RowRoundTripTest.marker(in));
                for (int column = 0; column < types.size(); column++) {
                    told.append(Arrays.deepToString(new Object[] {cursor.getObject(column)}))
                            .append(cursor.isNull(column));
                }
                cursor.finish();
                told.append('\n');
            }
        } catch (IOException | AssertionError e) {
            // An error may be another byte than a row's where one belongs.
            told.append(e.getClass().getSimpleName()).append(' ').append(e.getMessage());
        }
        return told.toString();
    }

    /** @param compressed how many of a hundred rows, about, have a bitmap of their NULLs */
    private static byte[] encode(List<TypeInfo> types, List<Object[]> rows, int compressed, Random random)
            throws IOException {
        RowEncoder encoder = RowEncoder.of(types);
        return Wire.payload(out -> {
            for (int i = 0; i < ROWS && !rows.isEmpty(); i++) {
                Object[] row = rows.get(i * 7 / 10 % rows.size());
                if (random.nextInt(100) < compressed) {
                    encoder.encodeNbc(out, row);
                } else {
                    encoder.encode(out, row);
                }
            }
        });
    }
}
