package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.Samples.Table;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypedValue;
import dev.tidegate.tds.type.UnreadableValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Rows of any columns survive the wire, whichever way they are written and read. */
class RowRoundTripTest {
    @Provide
    Arbitrary<Table> tables() {
        return Samples.tables();
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void objectsAreReadAsObjects(
            @ForAll("tables") Table table,
            @ForAll boolean compressed,
            @ForAll @IntRange(min = 1, max = 600) int packetPayload)
            throws IOException {
        TdsReader in = Wire.reader(Samples.encode(table, compressed), packetPayload);
        RowDecoder decoder = RowDecoder.of(table.types());
        for (Object[] row : table.rows()) {
            assertThat(decoder.decode(in, marker(in))).isEqualTo(row);
        }
        assertThat(in.atEnd()).isTrue();
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void sinksAreToldTheSame(
            @ForAll("tables") Table table,
            @ForAll boolean compressed,
            @ForAll @IntRange(min = 1, max = 600) int packetPayload)
            throws IOException {
        TdsReader in = Wire.reader(Samples.encode(table, compressed), packetPayload);
        RowDecoder decoder = RowDecoder.of(table.types());
        RecordingSink[] sinks = table.types().stream().map(RecordingSink::new).toArray(RecordingSink[]::new);
        for (int row = 0; row < table.rows().size(); row++) {
            decoder.decode(in, marker(in), sinks, row);
        }
        assertThat(in.atEnd()).isTrue();
        for (int row = 0; row < table.rows().size(); row++) {
            int number = row;
            Object[] told =
                    Arrays.stream(sinks).map(sink -> sink.values.get(number)).toArray();
            assertThat(told).isEqualTo(table.rows().get(row));
        }
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void columnsAndRowsCanBeSkipped(
            @ForAll("tables") Table table, @ForAll boolean compressed, @ForAll @Size(8) boolean[] wanted)
            throws IOException {
        TdsReader in = Wire.reader(Samples.encode(table, compressed), 200);
        RowDecoder decoder = RowDecoder.of(table.types());
        RecordingSink[] sinks = new RecordingSink[table.types().size()];
        for (int i = 0; i < sinks.length; i++) {
            sinks[i] = wanted[i] ? new RecordingSink(table.types().get(i)) : null;
        }
        int kept = 0;
        for (int row = 0; row < table.rows().size(); row++) {
            if (wanted[row]) {
                decoder.decode(in, marker(in), sinks, kept++);
            } else {
                decoder.skip(in, marker(in));
            }
        }
        assertThat(in.atEnd()).isTrue();
        for (RecordingSink sink : sinks) {
            assertThat(sink == null ? kept : sink.values.size()).isEqualTo(kept);
        }
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void aCursorReadsColumnsInAnyOrder(
            @ForAll("tables") Table table,
            @ForAll boolean compressed,
            @ForAll @IntRange(min = 1, max = 600) int packetPayload,
            @ForAll long seed)
            throws IOException {
        TdsReader in = Wire.reader(Samples.encode(table, compressed), packetPayload);
        RowCursor cursor = new RowCursor(table.types());
        Random random = new Random(seed);
        for (Object[] row : table.rows()) {
            cursor.load(in, marker(in));
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, row.length).boxed().toList());
            Collections.shuffle(order, random);
            // Some columns are left unread.
            for (int column : order.subList(0, random.nextInt(row.length + 1))) {
                assertThat(cursor.isNull(column)).isEqualTo(row[column] == null);
                assertThat(new Object[] {cursor.getObject(column)}).isEqualTo(new Object[] {row[column]});
                assertThat(new Object[] {cursor.getObject(column)}).isEqualTo(new Object[] {row[column]});
            }
            cursor.finish();
        }
        assertThat(in.atEnd()).isTrue();
    }

    /** A source has no base type for a variant to tell. */
    @Provide
    Arbitrary<Table> tablesForSources() {
        return Samples.tables(TypedValue.types().filter(type -> type.sqlType() != SqlTypeName.SQL_VARIANT));
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void sourcesWriteTheBytesThatObjectsWrite(
            @ForAll("tablesForSources") Table table, @ForAll @IntRange(min = 512, max = 1000) int packetSize)
            throws IOException {
        RowEncoder encoder = RowEncoder.of(table.types());
        ColumnSource[] sources = new ColumnSource[table.types().size()];
        for (int i = 0; i < sources.length; i++) {
            int column = i;
            List<Object> values = new ArrayList<>();
            table.rows().forEach(row -> values.add(row[column]));
            sources[i] = new ListSource(table.types().get(i), values);
        }
        byte[] written = Wire.payload(
                out -> {
                    for (int row = 0; row < table.rows().size(); row++) {
                        encoder.encode(out, sources, row);
                    }
                },
                packetSize);
        assertThat(written).isEqualTo(Samples.encode(table, false));
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void aRowThatIsCutIsRefused(@ForAll("tables") Table table, @ForAll boolean compressed) throws IOException {
        Table one = new Table(table.types(), table.rows().subList(0, 1));
        byte[] payload = Samples.encode(one, compressed);
        int step = Math.max(1, payload.length / 40);
        for (int cut = 1; cut < payload.length; cut += step) {
            byte[] part = Arrays.copyOf(payload, cut);
            assertThatThrownBy(() -> readWith(one.types(), part, 0)).isInstanceOf(TdsProtocolException.class);
            assertThatThrownBy(() -> readWith(one.types(), part, 1)).isInstanceOf(TdsProtocolException.class);
            assertThatThrownBy(() -> readWith(one.types(), part, 2)).isInstanceOf(TdsProtocolException.class);
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void arbitraryBytesAreAnAnswerOrAnIoException(
            @ForAll("typeLists") List<TypeInfo> types,
            @ForAll @Size(max = 80) byte[] bytes,
            @ForAll @IntRange(max = 2) int how)
            throws IOException {
        byte[] payload = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, payload, 1, bytes.length);
        payload[0] = (byte) (bytes.length % 2 == 0 ? 0xD1 : 0xD2);
        try {
            readWith(types, payload, how);
        } catch (TdsProtocolException | UnreadableValueException e) {
            assertThat(e).hasMessageMatching("(?s).{10,}");
        }
    }

    @Provide
    Arbitrary<List<TypeInfo>> typeLists() {
        return TypedValue.types().list().ofMinSize(1).ofMaxSize(8);
    }

    private static void readWith(List<TypeInfo> types, byte[] payload, int how) throws IOException {
        TdsReader in = Wire.reader(payload, 50);
        RowMarker marker = marker(in);
        if (how == 0) {
            RowDecoder.of(types).decode(in, marker);
        } else if (how == 1) {
            ColumnSink[] sinks = types.stream().map(RecordingSink::new).toArray(ColumnSink[]::new);
            RowDecoder.of(types).decode(in, marker, sinks, 0);
        } else {
            RowCursor cursor = new RowCursor(types);
            cursor.load(in, marker);
            for (int i = 0; i < types.size(); i++) {
                cursor.getObject(i);
            }
            cursor.finish();
        }
    }

    static RowMarker marker(TdsReader in) throws IOException {
        int token = in.readUnsignedByte();
        assertThat(token).isIn(0xD1, 0xD2);
        return token == 0xD1 ? RowMarker.ROW : RowMarker.NBCROW;
    }
}
