package dev.tidegate.tds;

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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens and rows of a response or a bulk load.
 *
 * @param parts tokens, and {@link Row}s of the columns described last
 */
public record TokenStream(List<Object> parts) {
    /** The values of a row in their Java forms. */
    public record Row(RowMarker marker, Object[] values) {
        @Override
        public String toString() {
            return marker + Arrays.deepToString(values);
        }
    }

    public void write(TdsWriter out, TdsVersion version) throws IOException {
        TokenWriter tokens = new TokenWriter(out, version);
        RowEncoder rows = null;
        for (Object part : parts) {
            if (part instanceof Row row) {
                if (row.marker == RowMarker.ROW) {
                    rows.encode(out, row.values);
                } else {
                    rows.encodeNbc(out, row.values);
                }
            } else {
                tokens.write((Token) part);
                if (part instanceof ColMetadata metadata && !metadata.columns().isEmpty()) {
                    rows = RowEncoder.of(types(metadata));
                }
            }
        }
    }

    public static TokenStream read(TdsReader in, TdsVersion version) throws IOException {
        TokenReader tokens = new TokenReader(in, version);
        List<Object> parts = new ArrayList<>();
        while (!in.atEnd()) {
            Token token = tokens.next();
            if (token instanceof RowMarker marker) {
                parts.add(
                        new Row(marker, RowDecoder.of(types(tokens.metadata())).decode(in, marker)));
            } else {
                parts.add(token);
            }
        }
        return new TokenStream(parts);
    }

    private static List<TypeInfo> types(ColMetadata metadata) {
        return metadata.columns().stream().map(Column::type).toList();
    }
}
