package dev.tidegate.testkit.capture;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.tds.type.TypeInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All tokens and rows of a message, decoded; and the way back.
 *
 * @param known the columns of the message before: a server may leave them out the next time
 * @param items {@link Token}s, and {@link Row}s in place of their markers
 */
record TokenStream(ColMetadata known, List<Object> items) {
    private static final int TOKEN_LENGTH = 1;

    static TokenStream read(TdsReader in, TdsVersion version, ColMetadata known) throws IOException {
        TokenReader tokens = new TokenReader(in, version);
        List<Object> items = new ArrayList<>();
        RowDecoder decoder = RowDecoder.of(types(known));
        while (!in.atEnd()) {
            Token token = tokens.next();
            if (token instanceof RowMarker marker) {
                items.add(new Row(marker, decoder.decode(in, marker)));
                continue;
            }
            items.add(token);
            if (token instanceof ColMetadata metadata && !metadata.columns().isEmpty()) {
                decoder = RowDecoder.of(types(metadata));
            }
        }
        return new TokenStream(known, items);
    }

    void write(TdsWriter out, TdsVersion version) throws IOException {
        TokenWriter tokens = new TokenWriter(out, version);
        List<TypeInfo> types = types(known);
        for (Object item : items) {
            if (item instanceof Row row && row.marker() == RowMarker.ROW) {
                RowEncoder.of(types).encode(out, row.values());
            } else if (item instanceof Row row) {
                writeCompressed(out, tokens, types, row.values());
            } else {
                tokens.write((Token) item);
                if (item instanceof ColMetadata metadata && !metadata.columns().isEmpty()) {
                    types = types(metadata);
                }
            }
        }
    }

    /** The columns that a message after this one may leave out. */
    ColMetadata lastColumns() {
        return all(ColMetadata.class).stream()
                .filter(metadata -> !metadata.columns().isEmpty())
                .reduce(known, (first, second) -> second);
    }

    /** The items of one kind, in order. */
    <T> List<T> all(Class<T> kind) {
        return items.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<TypeInfo> types(ColMetadata metadata) {
        return metadata.columns().stream().map(Column::type).toList();
    }

    /** An encoder writes plain rows only: the values that are there are taken from one, and the bitmap is put before them. */
    private static void writeCompressed(TdsWriter out, TokenWriter tokens, List<TypeInfo> types, Object[] values)
            throws IOException {
        byte[] nulls = new byte[(values.length + 7) / 8];
        List<TypeInfo> present = new ArrayList<>();
        List<Object> rest = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                nulls[i / 8] |= (byte) (1 << i % 8);
            } else {
                present.add(types.get(i));
                rest.add(values[i]);
            }
        }
        tokens.write(RowMarker.NBCROW);
        out.writeBytes(nulls);
        byte[] row = payload(scratch -> RowEncoder.of(present).encode(scratch, rest.toArray()));
        out.writeBytes(row, TOKEN_LENGTH, row.length - TOKEN_LENGTH);
    }

    private static byte[] payload(Encoding.Writing writing) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        TdsWriter out = new TdsWriter(wire);
        out.begin(PacketType.RESPONSE);
        writing.to(out);
        out.end();
        return new RecordedMessage(Direction.SERVER, 0, Encoding.packets(wire.toByteArray()), true).payload();
    }
}
