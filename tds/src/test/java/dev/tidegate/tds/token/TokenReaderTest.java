package dev.tidegate.tds.token;

import static dev.tidegate.tds.Wire.hex;
import static dev.tidegate.tds.Wire.payload;
import static dev.tidegate.tds.Wire.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens in bytes: the specification's samples, the forms of other versions, and tokens that lie. */
class TokenReaderTest {
    /** [MS-TDS] 4.7. */
    private static final byte[] BATCH_RESPONSE = hex("""
        81 01 00 00 00 00 00 20 00 A7 03 00 09 04 D0 00 34 03 62 00 61 00 72 00
        D1 03 00 66 6F 6F FD 10 00 C1 00 01 00 00 00 00 00 00 00
        """);

    @Test
    void theSpecificationsResponseIsReadAndWritten() throws IOException {
        TdsReader in = reader(BATCH_RESPONSE);
        TokenReader tokens = new TokenReader(in, TdsVersion.V7_2);
        assertThat(tokens.metadata()).isNull();

        ColMetadata metadata = (ColMetadata) tokens.next();
        Column bar = new Column("bar", TypeInfo.varchar(3, Collation.DEFAULT), Column.COMPUTED);
        assertThat(metadata.columns()).containsExactly(bar);
        assertThat(tokens.metadata()).isSameAs(metadata);
        assertThat(tokens.next()).isEqualTo(RowMarker.ROW);
        assertThat(ValueCodec.read(in, bar.type())).isEqualTo("foo");
        Done done = (Done) tokens.next();
        assertThat(done).isEqualTo(new Done(Done.Kind.DONE, Done.COUNT, Done.COMMAND_SELECT, 1));
        assertThat(in.atEnd()).isTrue();

        assertThat(payload(out -> {
                    TokenWriter writer = new TokenWriter(out, TdsVersion.V7_2);
                    writer.write(metadata);
                    writer.write(RowMarker.ROW);
                    ValueCodec.write(out, bar.type(), "foo");
                    writer.write(done);
                }))
                .isEqualTo(BATCH_RESPONSE);
    }

    @Test
    void version71HasShorterUserTypesCountsAndLines() throws IOException {
        assertToken(
                TdsVersion.V7_1,
                "81 0200 0000 0900 26 04 01 6100  0000 0900 23 FFFFFF7F 0904D00034 0100 7400 01 7800",
                new ColMetadata(List.of(
                        new Column("a", TypeInfo.integer(), 9),
                        new Column(
                                "x",
                                new TypeInfo(DataType.TEXT, Integer.MAX_VALUE, 0, 0, Collation.DEFAULT, null),
                                9,
                                0,
                                List.of("t")))));
    }

    @Test
    void doneOfBothForms() throws IOException {
        assertToken(TdsVersion.V7_1, "FD 1000 C100 FFFFFFFF", new Done(Done.Kind.DONE, 0x10, 0xC1, 0xFFFF_FFFFL));
        assertToken(
                TdsVersion.V7_2,
                "FE 2200 0000 0100000001000000",
                new Done(Done.Kind.DONEPROC, Done.ATTENTION | Done.ERROR, 0, 0x1_0000_0001L));
        assertToken(TdsVersion.V7_4, "FF 0100 C300 0000000000000000", new Done(Done.Kind.DONEINPROC, 1, 0xC3, 0));
        Done huge = new Done(Done.Kind.DONE, Done.COUNT, 0, 1L << 40);
        assertThat(payload(out -> new TokenWriter(out, TdsVersion.V7_1).write(huge)))
                .isEqualTo(hex("FD 1000 0000 FFFFFFFF"));
    }

    @Test
    void messagesOfBothForms() throws IOException {
        assertToken(
                TdsVersion.V7_4,
                "AA 1600 51C30000 01 10 0300 6200 6100 6400 01 7300 00 07000000",
                new ServerMessage(true, 50001, 1, 16, "bad", "s", "", 7));
        assertToken(
                TdsVersion.V7_1,
                "AB 0E00 00000000 01 00 0100 6100 00 00 0900",
                new ServerMessage(false, 0, 1, 0, "a", "", "", 9));
    }

    @Test
    void aMessageTooLongForItsTokenIsCut() throws IOException {
        ServerMessage message = new ServerMessage(true, 1, 1, 16, "x".repeat(70_000), "s".repeat(300), "p", 1);

        byte[] wire = payload(out -> new TokenWriter(out, TdsVersion.V7_4).write(message));
        ServerMessage read = (ServerMessage) new TokenReader(reader(wire), TdsVersion.V7_4).next();
        assertThat(read.text()).startsWith("xxx").hasSizeGreaterThan(30_000);
        assertThat(read.server()).hasSize(255);
        assertThat(read.procedure()).isEqualTo("p");
    }

    @Test
    void environmentChangesInBytes() throws IOException {
        assertToken(TdsVersion.V7_4, "E3 0700 01 01 6100 01 6200", new EnvChange.Text(EnvChange.DATABASE, "a", "b"));
        assertToken(
                TdsVersion.V7_4, "E3 0800 07 05 0904D00034 00", new EnvChange.CollationChange(Collation.DEFAULT, null));
        assertToken(
                TdsVersion.V7_4,
                "E3 0B00 08 08 0100000000000000 00",
                new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 1, 0));
        assertToken(
                TdsVersion.V7_4,
                "E3 0B00 09 00 08 0100000000000000",
                new EnvChange.Transaction(EnvChange.COMMIT_TRANSACTION, 0, 1));
        assertToken(TdsVersion.V7_4, "E3 0300 12 00 00", new EnvChange.ResetAcknowledged());
        assertToken(
                TdsVersion.V7_4,
                "E3 0E00 14 0900 00 9905 0200 6100 6200 0000",
                new EnvChange.Routing(0, 1433, "ab", null));
        assertToken(
                TdsVersion.V7_4,
                "E3 1200 15 0D00 00 9905 0200 6100 6200 0100 6400 0000",
                new EnvChange.Routing(0, 1433, "ab", "d"));
    }

    @Test
    void loginTokensInBytes() throws IOException {
        assertToken(
                TdsVersion.V7_4, "AD 0C00 01 74000004 01 7300 10000FA0", new LoginAck(1, 0x74000004, "s", 0x10000FA0));
        Map<Integer, byte[]> features = new LinkedHashMap<>();
        features.put(0x0A, hex("01"));
        features.put(0x02, hex(""));
        assertToken(TdsVersion.V7_4, "AE 0A 01000000 01 02 00000000 FF", new FeatureExtAck(features));
        assertToken(
                TdsVersion.V7_4,
                "EE 1A000000 02000000 01 02000000 16000000 02 02000000 18000000 6100 6200",
                new FedAuthInfo("a", "b"));
        assertToken(TdsVersion.V7_4, "ED 0200 0102", new SspiToken(hex("0102")));
        assertToken(
                TdsVersion.V7_4,
                "E4 0A000000 05000000 01 09 03 010203",
                new SessionState(5, true, Map.of(9, hex("010203"))));
    }

    @Test
    void tokensOfAResultInBytes() throws IOException {
        assertToken(TdsVersion.V7_4, "79 FEFFFFFF", new ReturnStatus(-2));
        assertToken(TdsVersion.V7_4, "A9 0400 0100 0200", new Order(List.of(1, 2)));
        assertToken(TdsVersion.V7_4, "A4 0900 02 0100 6400 0100 7400", new TabName(List.of(List.of("d", "t"))));
        assertToken(TdsVersion.V7_1, "A4 0400 0100 7400", new TabName(List.of(List.of("t"))));
        assertToken(
                TdsVersion.V7_4,
                "A5 0900 01 01 08 02 01 20 01 6100",
                new ColInfo(List.of(
                        new ColInfo.Entry(1, 1, ColInfo.Entry.KEY, null),
                        new ColInfo.Entry(2, 1, ColInfo.Entry.DIFFERENT_NAME, "a"))));
        assertToken(
                TdsVersion.V7_4,
                "AC 0200 01 7000 01 00000000 0900 26 04 04 06000000",
                new ReturnValue(2, "p", 1, 0, 9, TypeInfo.integer(), 6));
        assertToken(TdsVersion.V7_4, "81 FFFF", new ColMetadata(List.of()));
    }

    @Test
    void dataClassificationIsWalkedThroughAsItsVersionSays() throws IOException {
        String labels = "0100 01 6C00 01 3100";
        String types = "0100 01 7400 00";
        byte[] first = hex(labels + types + "0100 0100 0000 0000");
        byte[] second = hex(labels + types + "0A000000 0100 0100 0000 0000 0A000000");
        Token marker = new ReturnStatus(0);

        TokenReader one = tokens(hex("A3" + toHex(first) + "79 00000000"));
        assertThat(one.next()).usingRecursiveComparison().isEqualTo(new DataClassification(first));
        assertThat(one.next()).isEqualTo(marker);

        TokenReader two = tokens(hex("AE 09 02000000 02 01 FF A3" + toHex(second) + "79 00000000"));
        two.next();
        assertThat(two.next()).usingRecursiveComparison().isEqualTo(new DataClassification(second));
        assertThat(two.next()).isEqualTo(marker);
        assertThat(payload(out -> new TokenWriter(out, TdsVersion.V7_4).write(new DataClassification(second))))
                .isEqualTo(hex("A3" + toHex(second)));
        for (int length = 0; length < first.length; length++) {
            TokenReader cut = tokens(hex("A3" + toHex(Arrays.copyOf(first, length))));
            assertThatThrownBy(cut::next).isInstanceOf(TdsProtocolException.class);
        }
    }

    @Test
    void offsetsAreSkipped() throws IOException {
        assertThat(tokens(hex("78 D000 0500 79 01000000")).next()).isEqualTo(new ReturnStatus(1));
    }

    @ParameterizedTest
    @CsvSource({
        "'00', no token begins with 0x0",
        "'A8', no token begins with 0xa8",
        "'88', uses COMPUTE",
        "'D3', uses COMPUTE",
        "'D1', a row comes before the description of its columns",
        "'D2', a row comes before the description of its columns",
        "'', 1 bytes short",
        "'81 0100 00000000 0008 26 04 00', column 1 is encrypted",
        "'AC 0000 00 01 00000000 0008 26 04 00', is encrypted",
        "'E3 0800 01 01 6100 01 6200', claims a length of 8",
        "'E3 0600 01 01 6100 01 6200', claims a length of 6",
        "'E3 0000 01 00 00', claims a length of 0",
        "'E3 0700 07 04 0904D000 00', has 4 bytes; not 5",
        "'E3 0500 08 01 00 00', has 1 bytes; not 8",
        "'E3 0E00 14 0800 00 9905 0200 6100 6200 0000', routing data claims 8 bytes",
        "'AA 1900 51C30000 01 10 0300 6200 6100 6400 01 7300 00 07000000', ERROR claims a length of 25",
        "'AD 0D00 01 74000004 01 7300 10000FA0', LOGINACK claims a length of 13",
        "'AE 0A FFFFFFFF 01', feature 0xa claims a length of 4294967295",
        "'AE 0A 00000000 0A 00000000 FF', acknowledged twice",
        "'EE FFFFFFFF', FEDAUTHINFO claims a length of 4294967295",
        "'EE 04000000 01000000', cannot hold the entries",
        "'EE 04000000 FFFFFFFF', cannot hold the entries",
        "'EE 0F000000 01000000 01 04000000 0D000000 6100', entry 1 lies at 13 with 4 bytes",
        "'EE 0F000000 01000000 01 02000000 0C000000 6100', entry 1 lies at 12",
        "'EE 10000000 01000000 01 03000000 0D000000 610062', text of 3 bytes; an odd number",
        "'E4 FFFFFFFF', SESSIONSTATE claims a length of 4294967295",
        "'E4 0A000000 05000000 01 09 04 01020300', session state 9 claims 4 bytes",
        "'E4 0B000000 05000000 01 09 FF FFFFFFFF', session state 9 claims 4294967295 bytes",
        "'E4 09000000 05000000 01 09 00 09 00', stands twice",
        "'A9 0300 010002', ORDER cannot have 3 bytes",
        "'A4 0800 02 0100 6400 0100 7400', TABNAME claims a length of 8",
        "'A5 0400 01 01 08 02 01 08', COLINFO claims a length of 4"
    })
    void whatLiesIsRefused(String hex, String because) {
        assertThatThrownBy(() -> tokens(hex(hex)).next())
                .isInstanceOf(TdsProtocolException.class)
                .hasMessageContaining(because.replace(';', ','));
    }

    @Test
    void theErrorNamesThePosition() throws IOException {
        TokenReader tokens = tokens(hex("79 00000000 42"));
        tokens.next();
        assertThatThrownBy(tokens::next)
                .isInstanceOfSatisfying(
                        TdsProtocolException.class,
                        e -> assertThat(e.position()).isEqualTo(5))
                .hasMessageContaining("0x42")
                .hasMessageContaining("at byte 5");
    }

    @Test
    void whatDoesNotFitIsRefusedByTheWriter() {
        assertNotWritten(new SspiToken(new byte[70_000]), "at most 65535");
        assertNotWritten(new EnvChange.Other(15, new byte[70_000]), "at most 65535");
        assertNotWritten(new Order(Collections.nCopies(40_000, 1)), "ORDER of 80000 bytes");
        assertNotWritten(
                new ColMetadata(Collections.nCopies(0xFFFF, new Column("a", TypeInfo.integer(), 0))), "65535 columns");
    }

    private static void assertNotWritten(Token token, String because) {
        assertThatThrownBy(() -> payload(out -> new TokenWriter(out, TdsVersion.V7_4).write(token)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because);
    }

    private static void assertToken(TdsVersion version, String hex, Token token) throws IOException {
        Wire.assertReadsBack(hex(hex), in -> new TokenReader(in, version).next(), token);
        assertThat(payload(out -> new TokenWriter(out, version).write(token))).isEqualTo(hex(hex));
    }

    private static TokenReader tokens(byte[] payload) throws IOException {
        return new TokenReader(reader(payload), TdsVersion.V7_4);
    }

    private static String toHex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
