package dev.tidegate.tds.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values written from streams and readers. */
class StreamedValueTest {
    private static Object roundTrip(TypeInfo type, Object value) throws IOException {
        return ValueCodec.read(Wire.reader(Wire.payload(out -> ValueCodec.write(out, type, value)), 700), type);
    }

    @ParameterizedTest
    @CsvSource({
        "nvarchar(max), 0", "nvarchar(max), 1", "nvarchar(max), 4096", "nvarchar(max), 100000", "xml, 5000",
        "varchar(max), 0", "varchar(max), 4095", "varchar(max), 100000", "json, 4095", "json, 100000"
    })
    void textComesFromAReader(String sql, int length) throws IOException {
        // A pair of surrogates stands across the end of a piece.
        String character = sql.startsWith("varchar") ? "€" : "\uD83D\uDE00";
        String text = "x".repeat(length) + character + "y".repeat(length);
        assertThat(roundTrip(TypeInfo.ofSql(sql), new StringReader(text))).isEqualTo(text);
        assertThat(roundTrip(TypeInfo.ofSql(sql), new StringReader(""))).isEqualTo("");
    }

    @Test
    void bytesComeFromAStream() throws IOException {
        byte[] bytes = new byte[100_001];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        assertThat(roundTrip(TypeInfo.ofSql("varbinary(max)"), new ByteArrayInputStream(bytes)))
                .isEqualTo(bytes);
    }

    @Test
    void aCharacterThatDoesNotFitIsNamedByItsPlaceInTheWhole() {
        TypeInfo type = TypeInfo.ofSql("varchar(max)");
        Reader text = new StringReader("x".repeat(10_000) + "\uD83D\uDE00");
        assertThatThrownBy(() -> Wire.payload(out -> ValueCodec.write(out, type, text)))
                .isInstanceOf(ValueOutOfRangeException.class)
                .hasMessageContaining("U+1F600 at index 10000 does not exist");
        Reader half = new StringReader("x\uD83D");
        assertThatThrownBy(() -> Wire.payload(out -> ValueCodec.write(out, TypeInfo.json(), half)))
                .isInstanceOf(ValueOutOfRangeException.class)
                .hasMessageContaining("U+D83D at index 1 does not exist in UTF-8");
    }

    @Test
    void aStreamThatFailsIsToldApartFromTheWire() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk gone");
            }
        };
        TypeInfo type = TypeInfo.ofSql("varbinary(max)");
        assertThatThrownBy(() -> Wire.payload(out -> ValueCodec.write(out, type, broken)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("disk gone");
    }

    @Test
    void aTypeOfALengthTakesNoStream() {
        TypeInfo type = TypeInfo.ofSql("varbinary(10)");
        assertThatThrownBy(
                        () -> Wire.payload(out -> ValueCodec.write(out, type, new ByteArrayInputStream(new byte[1]))))
                .isInstanceOf(ValueOutOfRangeException.class);
    }
}
