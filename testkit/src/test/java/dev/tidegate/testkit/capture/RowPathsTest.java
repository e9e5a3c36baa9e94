package dev.tidegate.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.RowCursor;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways to read a row agree on recorded ones: as objects, in place by a cursor, and skipping every column. */
@Timeout(60)
class RowPathsTest {
    /** Reads one row. */
    private interface RowReading {
        void read(TdsReader in, RowMarker marker, List<TypeInfo> types, Object[] expected) throws IOException;
    }

    static Stream<Capture> captures() {
        return Captures.all().filter(capture -> !capture.isMalformed());
    }

    @ParameterizedTest
    @MethodSource("captures")
    void aCursorSeesTheSameValues(Capture capture) throws IOException {
        readRows(capture, (in, marker, types, expected) -> {
            RowCursor cursor = new RowCursor(types);
            cursor.load(in, marker);
            for (int i = 0; i < expected.length; i++) {
                assertThat(cursor.isNull(i)).as("column %d", i).isEqualTo(expected[i] == null);
                assertThat(cursor.getObject(i)).as("column %d", i).isEqualTo(expected[i]);
            }
            cursor.finish();
        });
    }

    @ParameterizedTest
    @MethodSource("captures")
    void columnsThatNobodyWantsAreSkippedExactly(Capture capture) throws IOException {
        readRows(
                capture,
                (in, marker, types, expected) ->
                        RowDecoder.of(types).decode(in, marker, new ColumnSink[types.size()], 0));
    }

    private static void readRows(Capture capture, RowReading reading) throws IOException {
        for (Dialogue.Decoded decoded : Dialogue.decode(capture)) {
            if (decoded.message().direction() == Direction.SERVER
                    && decoded.content() instanceof TokenStream expected) {
                readRows(decoded, expected, reading);
            }
        }
    }

    private static void readRows(Dialogue.Decoded decoded, TokenStream expected, RowReading reading)
            throws IOException {
        TdsReader in = new TdsReader(decoded.message().stream());
        in.beginMessage();
        TokenReader tokens = new TokenReader(in, decoded.version());
        Iterator<Row> rows = expected.all(Row.class).iterator();
        List<TypeInfo> types = types(expected.known());
        while (!in.atEnd()) {
            Token token = tokens.next();
            if (token instanceof RowMarker marker) {
                reading.read(in, marker, types, rows.next().values());
            } else if (token instanceof ColMetadata metadata
                    && !metadata.columns().isEmpty()) {
                types = types(metadata);
            }
        }
        assertThat(rows).isExhausted();
    }

    private static List<TypeInfo> types(ColMetadata metadata) {
        return metadata.columns().stream().map(Column::type).toList();
    }
}
