package dev.tidegate.tds.row;

import dev.tidegate.tds.Wire;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypedValue;
import dev.tidegate.tds.type.ValueCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;

/** Rows to encode and decode. */
final class Samples {
    private Samples() {}

    /** A table of one to eight columns and one to four rows. */
    record Table(List<TypeInfo> types, List<Object[]> rows) {
        @Override
        public String toString() {
            return types.stream().map(TypeInfo::toSql).toList() + " "
                    + rows.stream()
                            .map(Arrays::deepToString)
                            .map(text -> text.substring(0, Math.min(300, text.length())))
                            .toList();
        }
    }

    static Arbitrary<Table> tables() {
        return tables(TypedValue.types());
    }

    static Arbitrary<Table> tables(Arbitrary<TypeInfo> types) {
        return types.list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .flatMap(chosen -> row(chosen).list().ofMinSize(1).ofMaxSize(4).map(rows -> new Table(chosen, rows)));
    }

    private static Arbitrary<Object[]> row(List<TypeInfo> types) {
        List<Arbitrary<Object>> cells = types.stream().map(Samples::cell).toList();
        return net.jqwik.api.Combinators.combine(cells).as(List::toArray);
    }

    private static Arbitrary<Object> cell(TypeInfo type) {
        boolean nullable = new TypedValue(type, null).canBeNull();
        return TypedValue.valuesOf(type).asGeneric().injectNull(nullable ? 0.3 : 0);
    }

    /** The payload of a table's rows, token bytes included. */
    static byte[] encode(Table table, boolean compressed) throws IOException {
        RowEncoder encoder = RowEncoder.of(table.types());
        return Wire.payload(out -> {
            for (Object[] row : table.rows()) {
                if (compressed) {
                    encoder.encodeNbc(out, row);
                } else {
                    encoder.encode(out, row);
                }
            }
        });
    }

    static byte[] vectorBytes(float[] vector, TypeInfo type) {
        try {
            byte[] payload = Wire.payload(out -> ValueCodec.write(out, type, vector));
            return Arrays.copyOfRange(payload, 2, payload.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static float[] vector(byte[] bytes) {
        try {
            TypeInfo type = TypeInfo.vector(
                    ByteBuffer.wrap(new byte[] {bytes[3], bytes[2]}).getShort(), bytes[4]);
            byte[] payload = Wire.payload(out -> {
                out.writeShort(bytes.length);
                out.writeBytes(bytes);
            });
            return (float[]) ValueCodec.read(Wire.reader(payload), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
