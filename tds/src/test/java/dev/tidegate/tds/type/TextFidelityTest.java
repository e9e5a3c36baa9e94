package dev.tidegate.tds.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.RowCursor;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.FedAuthInfo;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.token.TokenWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No text is changed silently: what a Java String and SQL Server both hold comes through, and the rest is an error. */
class TextFidelityTest {
    /** Halves of pairs alone, in the wrong order, and beside each other. */
    private static final String UNPAIRED = "a\uD83D" + "b\uDE00\uD83D\uD83D\uDE00\uDE00c\uFFFD\uFFFE\0";

    @Test
    void unpairedSurrogatesComeThroughEveryMessage() throws IOException {
        SqlBatch batch = new SqlBatch(RequestHeaders.NONE, UNPAIRED);
        Wire.assertReadsBack(
                Wire.payload(out -> batch.write(out, TdsVersion.V7_4)),
                in -> SqlBatch.read(in, TdsVersion.V7_4),
                batch);

        Login7 login = Login7.builder()
                .userName(UNPAIRED)
                .password(UNPAIRED)
                .database(UNPAIRED)
                .newPassword(UNPAIRED)
                .build();
        Wire.assertReadsBack(Wire.payload(login::write), Login7::read, login);
    }

    @Test
    void unpairedSurrogatesComeThroughEveryToken() throws IOException {
        ServerMessage message = new ServerMessage(true, 1, 1, 16, UNPAIRED, UNPAIRED, UNPAIRED, 1);
        FedAuthInfo info = new FedAuthInfo(UNPAIRED, UNPAIRED);
        byte[] wire = Wire.payload(out -> {
            TokenWriter tokens = new TokenWriter(out, TdsVersion.V7_4);
            tokens.write(message);
            tokens.write(info);
        });
        TokenReader tokens = new TokenReader(Wire.reader(wire, 3), TdsVersion.V7_4);
        assertThat(tokens.next()).isEqualTo(message);
        assertThat(tokens.next()).isEqualTo(info);
    }

    @Property(tries = 500)
    void anyStringIsReadAsItWasWritten(@ForAll String text) throws IOException {
        byte[] wire = Wire.payload(out -> out.writeUtf16(text));
        assertThat(Wire.reader(wire, 5).readUtf16(text.length(), text.length(), "text"))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "Latin1_General_CI_AS, 61816263, 0x81 at byte 1, code page windows-1252",
        "Greek_CI_AS, FF, 0xFF at byte 0, code page windows-1253",
        "Japanese_CI_AS, 6181FF62, 0x81FF at byte 1, code page windows-31j",
        "Latin1_General_100_CI_AS_SC_UTF8, 6162C3, 0xC3 at byte 2, UTF-8",
        "Latin1_General_100_CI_AS_SC_UTF8, 61EDA08062, 0xEDA080 at byte 1, UTF-8",
        "Latin1_General_100_CI_AS_SC_UTF8, EFBFBD80, 0x80 at byte 3, UTF-8"
    })
    void bytesThatAreNoCharacterAreAnError(String collation, String hex, String where, String charset)
            throws IOException {
        for (String sql : List.of("varchar(9)", "varchar(max)", "char(9)")) {
            TypeInfo type = TypeInfo.ofSql(sql, Collation.ofName(collation).orElseThrow());
            byte[] wire = row(type, Wire.hex(hex));
            List<TypeInfo> types = List.of(type, TypeInfo.integer());

            RowDecoder decoder = RowDecoder.of(types);
            TdsReader in = Wire.reader(wire, 4);
            assertThatThrownBy(() -> decoder.decode(in, RowMarker.ROW))
                    .isInstanceOf(UnreadableValueException.class)
                    .hasMessageStartingWith("column 1: " + where)
                    .hasMessageContaining(charset);
            assertThat(in.atEnd()).as("the row has been read to its end").isTrue();

            RowCursor cursor = new RowCursor(types);
            cursor.load(Wire.reader(wire, 4), RowMarker.ROW);
            assertThatThrownBy(() -> cursor.getString(0)).hasMessageStartingWith("column 1: " + where);
            assertThat(cursor.getInt(1)).isEqualTo(7);
            RowCursor streamed = new RowCursor(types);
            streamed.load(Wire.reader(wire, 4), RowMarker.ROW);
            assertThatThrownBy(() -> drain(streamed.reader(0))).isInstanceOf(CharacterCodingException.class);
        }
    }

    @Test
    void theReplacementCharacterItselfIsGoodText() throws IOException {
        TypeInfo type = TypeInfo.ofSql("varchar(9)", Collation.UTF8);
        assertThat(RowDecoder.of(List.of(type, TypeInfo.integer()))
                        .decode(Wire.reader(row(type, Wire.hex("61EFBFBD62"))), RowMarker.ROW))
                .containsExactly("a\uFFFDb", 7);
    }

    private static byte[] row(TypeInfo type, byte[] text) throws IOException {
        return Wire.payload(out -> {
            if (type.isChunked()) {
                PlpWriter.writeBytes(out, text, text.length);
            } else {
                out.writeShort(text.length);
                out.writeBytes(text);
            }
            ValueCodec.write(out, TypeInfo.integer(), 7);
        });
    }

    private static void drain(Reader reader) throws IOException {
        reader.transferTo(new StringWriter());
    }
}
