package dev.tidegate.tds;

import static dev.tidegate.tds.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.message.RpcParameter;
import dev.tidegate.tds.message.RpcRequest;
import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.message.TableValue;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.FeatureExtAck;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.SessionState;
import dev.tidegate.tds.token.SessionStates;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The examples of [MS-TDS] chapter 4 whole, packet headers included: read, and written again to the same bytes. The examples 4.1, 4.2
 * and 4.6 to 4.8 are with the tests of their messages; 4.3 and 4.11 are logins whose tokens mean nothing here.
 */
class SpecificationExamplesTest {
    private static final EnvChange MASTER = new EnvChange.Text(EnvChange.DATABASE, "master", "master");
    private static final EnvChange COLLATION = new EnvChange.CollationChange(Collation.DEFAULT, null);
    private static final EnvChange ENGLISH = new EnvChange.Text(EnvChange.LANGUAGE, "us_english", "");
    private static final EnvChange PACKET_SIZE = new EnvChange.Text(EnvChange.PACKET_SIZE, "4096", "4096");
    private static final String PROGRAM = "Microsoft SQL Server\0\0";

    /** What both login responses begin with, up to the length of the first message. */
    private static final String DATABASE_CHANGE = """
        E3 1B 00 01 06 6D 00 61 00 73 00 74 00 65 00 72 00 06 6D 00 61 00 73 00 74 00 65 00 72 00
        """;

    private static final String DATABASE_TEXT = """
        25 00 43 00 68 00 61 00 6E 00 67 00 65 00 64 00 20 00 64 00 61 00 74 00 61 00 62 00 61 00 73 00 65 00
        20 00 63 00 6F 00 6E 00 74 00 65 00 78 00 74 00 20 00 74 00 6F 00 20 00 27 00 6D 00 61 00 73 00 74 00
        65 00 72 00 27 00 2E 00
        """;

    private static final String COLLATION_AND_LANGUAGE = """
        E3 08 00 07 05 09 04 D0 00 34 00
        E3 17 00 02 0A 75 00 73 00 5F 00 65 00 6E 00 67 00 6C 00 69 00 73 00 68 00 00
        """;

    private static final String LANGUAGE_TEXT = """
        27 00 43 00 68 00 61 00 6E 00 67 00 65 00 64 00 20 00 6C 00 61 00 6E 00 67 00 75 00 61 00 67 00 65 00
        20 00 73 00 65 00 74 00 74 00 69 00 6E 00 67 00 20 00 74 00 6F 00 20 00 75 00 73 00 5F 00 65 00 6E 00
        67 00 6C 00 69 00 73 00 68 00 2E 00
        """;

    private static final String SIZE_CHANGE = "E3 13 00 04 04 34 00 30 00 39 00 36 00 04 34 00 30 00 39 00 36 00";

    private static final String PROGRAM_NAME = """
        16 4D 00 69 00 63 00 72 00 6F 00 73 00 6F 00 66 00 74 00 20 00 53 00 51 00 4C 00 20 00 53 00
        65 00 72 00 76 00 65 00 72 00 00 00 00 00
        """;

    private static final String DONE = "FD 00 00 00 00 00 00 00 00 00 00 00 00";

    @Test
    void loginResponse() throws IOException {
        assertResponse(
                "04 01 01 61 00 00 01 00" + DATABASE_CHANGE
                        + "AB 58 00 45 16 00 00 02 00" + DATABASE_TEXT + "00 00 00 00 00 00"
                        + COLLATION_AND_LANGUAGE + SIZE_CHANGE
                        + "AB 5C 00 47 16 00 00 01 00" + LANGUAGE_TEXT + "00 00 00 00 00 00"
                        + "AD 36 00 01 72 09 00 02" + PROGRAM_NAME + "00 00 00 00" + DONE,
                TdsVersion.V7_2,
                MASTER,
                info(5701, 2, "Changed database context to 'master'.", "", 0),
                COLLATION,
                ENGLISH,
                PACKET_SIZE,
                info(5703, 1, "Changed language setting to us_english.", "", 0),
                new LoginAck(1, TdsVersion.V7_2.code(), PROGRAM, 0),
                new Done(Done.Kind.DONE, Done.FINAL, 0, 0));
    }

    @Test
    void loginResponseWithFederatedAuthentication() throws IOException {
        String acknowledged = """
            C9 08 46 4E 58 49 0C 71 80 72 CD 69 F0 EC 3D E2 F6 ED 75 8C 77 7D 9C B8 BB 87 4A 9C 90 80 A4 EE
            40 B6 07 71 0E A8 3C 0E D7 DE 14 DE F3 8B 65 C2 06 8C F9 51 D3 BC 32 55 15 A5 E4 A2 45 62 78 80
            """;
        FeatureExtAck ack = new FeatureExtAck(Map.of(2, hex(acknowledged)));
        assertResponse(
                "04 01 01 BC 01 4A 01 00" + DATABASE_CHANGE
                        + "AB 62 00 45 16 00 00 02 00" + DATABASE_TEXT
                        + "05 63 00 6C 00 6F 00 75 00 64 00 00 01 00 00 00"
                        + COLLATION_AND_LANGUAGE
                        + "AB 66 00 47 16 00 00 01 00" + LANGUAGE_TEXT
                        + "05 63 00 6C 00 6F 00 75 00 64 00 00 01 00 00 00"
                        + "AD 36 00 01 74 00 00 04" + PROGRAM_NAME + "0B 00 08 CB" + SIZE_CHANGE
                        + "AE 02 40 00 00 00" + acknowledged + "FF" + DONE,
                TdsVersion.V7_4,
                MASTER,
                info(5701, 2, "Changed database context to 'master'.", "cloud", 1),
                COLLATION,
                ENGLISH,
                info(5703, 1, "Changed language setting to us_english.", "cloud", 1),
                new LoginAck(1, TdsVersion.V7_4.code(), PROGRAM, 0x0B0008CB),
                PACKET_SIZE,
                ack,
                new Done(Done.Kind.DONE, Done.FINAL, 0, 0));
    }

    @Test
    void rpcResponse() throws IOException {
        assertResponse(
                """
                04 01 00 27 00 00 01 00 FF 11 00 C1 00 01 00 00 00 00 00 00 00 79 00 00 00 00
                FE 00 00 E0 00 00 00 00 00 00 00 00 00
                """,
                TdsVersion.V7_2,
                new Done(Done.Kind.DONEINPROC, Done.MORE | Done.COUNT, Done.COMMAND_SELECT, 1),
                new ReturnStatus(0),
                new Done(Done.Kind.DONEPROC, Done.FINAL, 0xE0, 0));
    }

    @Test
    void attention() throws IOException {
        byte[] wire = hex("06 01 00 08 00 00 01 00");
        TdsReader in = reader(wire);
        assertThat(in.beginMessage()).isEqualTo(PacketType.ATTENTION);
        assertThat(in.atEnd()).isTrue();
        assertThat(Wire.message(PacketType.ATTENTION, out -> {}, 4096)).isEqualTo(wire);
    }

    @Test
    void bulkLoad() throws IOException {
        byte[] wire = hex("""
            07 01 00 27 00 00 01 00 81 01 00 00 00 00 00 05 00 26 04 02 63 00 31 00 D1 00
            """ + DONE);
        TdsReader in = reader(wire);
        assertThat(in.beginMessage()).isEqualTo(PacketType.BULK_LOAD);
        TokenStream load = TokenStream.read(in, TdsVersion.V7_2);
        assertThat(load.parts())
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        new ColMetadata(
                                List.of(new Column("c1", TypeInfo.integer(), Column.NULLABLE | Column.UPDATEABLE))),
                        new TokenStream.Row(RowMarker.ROW, new Object[] {null}),
                        new Done(Done.Kind.DONE, Done.FINAL, 0, 0)));
        assertThat(Wire.message(PacketType.BULK_LOAD, out -> load.write(out, TdsVersion.V7_2), 4096))
                .isEqualTo(wire);
    }

    /** Its type, 22, is none that the specification defines. */
    @Test
    void transactionManagerRequest() throws IOException {
        byte[] wire = hex("""
            0E 01 00 20 00 00 01 00 16 00 00 00 12 00 00 00 02 00 00 00 00 00 00 00 00 01 00 00 00 00 16 00
            """);
        TdsReader in = reader(wire);
        assertThat(in.beginMessage()).isEqualTo(PacketType.TRANSACTION_MANAGER);
        TransactionManagerRequest request = TransactionManagerRequest.read(in, TdsVersion.V7_2);
        assertThat(request.type()).isEqualTo(22);
        assertThat(request.headers().transactionDescriptor()).isEqualTo(1L << 56);
        assertThat(Wire.message(PacketType.TRANSACTION_MANAGER, out -> request.write(out, TdsVersion.V7_2), 4096))
                .isEqualTo(wire);
    }

    @Test
    void tableValuedParameter() throws IOException {
        byte[] wire = hex("""
            03 01 00 52 00 00 01 00 16 00 00 00 12 00 00 00 02 00 00 00 00 00 00 00 00 00 00 00 00 01
            03 00 66 00 6F 00 6F 00 00 00 00 00 F3 00 03 64 00 62 00 6F 00
            07 74 00 76 00 70 00 74 00 79 00 70 00 65 00 01 00 00 00 00 00 00 00 26 01 00 00 01 01 02 00
            """);
        TdsReader in = reader(wire);
        assertThat(in.beginMessage()).isEqualTo(PacketType.RPC);
        RpcRequest request = RpcRequest.read(in, TdsVersion.V7_3A);
        assertThat(request.calls()).hasSize(1);
        assertThat(request.calls().get(0).name()).isEqualTo("foo");
        RpcParameter parameter = request.calls().get(0).parameters().get(0);
        assertThat(parameter.type().schema().schema()).isEqualTo("dbo");
        assertThat(parameter.type().schema().name()).isEqualTo("tvptype");
        TableValue table = (TableValue) parameter.value();
        assertThat(table.columns()).containsExactly(new Column("", TypeInfo.ofSql("tinyint"), 0));
        assertThat(table.rows()).containsExactly(new Object[] {(short) 2});
        assertThat(Wire.message(PacketType.RPC, out -> request.write(out, TdsVersion.V7_3A), 4096))
                .isEqualTo(wire);
    }

    @Test
    void sparseColumns() throws IOException {
        String first = "<sparseProp1>1000</sparseProp1>";
        byte[] wire = hex("""
            04 01 01 B9 00 00 01 00 81 02 00 00 00 00 00 09 00 26 04 02 69 00 64 00 00 00 00 00 0B 04 F1 00
            11 73 00 70 00 61 00 72 00 73 00 65 00 50 00 72 00 6F 00 70 00 65 00 72 00 74 00 79 00 53 00 65 00 74 00
            D1 04 01 00 00 00 FE FF FF FF FF FF FF FF 7A 00 00 00
            3C 00 73 00 70 00 61 00 72 00 73 00 65 00 50 00 72 00 6F 00 70 00 31 00 3E 00 31 00 30 00 30 00 30 00
            3C 00 2F 00 73 00 70 00 61 00 72 00 73 00 65 00 50 00 72 00 6F 00 70 00 31 00 3E 00 3C 00 73 00 70 00
            61 00 72 00 73 00 65 00 50 00 72 00 6F 00 70 00 32 00 3E 00 66 00 6F 00 6F 00 3C 00 2F 00 73 00 70 00
            61 00 72 00 73 00 65 00 50 00 72 00 6F 00 70 00 32 00 3E 00 00 00 00 00
            D1 04 02 00 00 00 FE FF FF FF FF FF FF FF 3E 00 00 00
            3C 00 73 00 70 00 61 00 72 00 73 00 65 00 50 00 72 00 6F 00 70 00 31 00 3E 00 31 00 30 00 30 00 30 00
            3C 00 2F 00 73 00 70 00 61 00 72 00 73 00 65 00 50 00 72 00 6F 00 70 00 31 00 3E 00 00 00 00 00
            D1 04 03 00 00 00 FE FF FF FF FF FF FF FF 3E 00 00 00
            3C 00 73 00 70 00 61 00 72 00 73 00 65 00 50 00 72 00 6F 00 70 00 32 00 3E 00 61 00 62 00 63 00 64 00
            3C 00 2F 00 73 00 70 00 61 00 72 00 73 00 65 00 50 00 72 00 6F 00 70 00 32 00 3E 00 00 00 00 00
            D2 02 04 04 00 00 00 D2 02 04 05 00 00 00 D2 02 04 06 00 00 00 D2 02 04 07 00 00 00
            D2 02 04 08 00 00 00 D2 02 04 09 00 00 00 D2 02 04 0A 00 00 00
            FD 10 00 C1 00 0A 00 00 00 00 00 00 00
            """);
        TdsReader in = reader(wire);
        assertThat(in.beginMessage()).isEqualTo(PacketType.RESPONSE);
        List<Object> parts = TokenStream.read(in, TdsVersion.V7_3A).parts();
        ColMetadata columns = (ColMetadata) parts.get(0);
        assertThat(columns.columns().get(1).name()).isEqualTo("sparsePropertySet");
        assertThat(columns.columns().get(1).flags() & Column.SPARSE_COLUMN_SET).isPositive();
        assertThat(columns.columns().get(1).type()).isEqualTo(TypeInfo.ofSql("xml"));
        assertRow(parts.get(1), RowMarker.ROW, 1, first + "<sparseProp2>foo</sparseProp2>");
        assertRow(parts.get(2), RowMarker.ROW, 2, first);
        assertRow(parts.get(3), RowMarker.ROW, 3, "<sparseProp2>abcd</sparseProp2>");
        for (int id = 4; id <= 10; id++) {
            assertRow(parts.get(id), RowMarker.NBCROW, id, null);
        }
        assertThat(parts).last().isEqualTo(new Done(Done.Kind.DONE, Done.COUNT, Done.COMMAND_SELECT, 10));
    }

    @Test
    void sessionState() throws IOException {
        assertResponse(
                """
                04 01 00 32 00 00 01 00 FD 01 00 BE 00 00 00 00 00 00 00 00 00
                E4 0B 00 00 00 01 00 00 00 01 09 04 FF FF FF FF FD 00 00 FD 00 00 00 00 00 00 00 00 00
                """,
                TdsVersion.V7_4,
                new Done(Done.Kind.DONE, Done.MORE, 0xBE, 0),
                new SessionState(1, true, Map.of(9, hex("FFFFFFFF"))),
                new Done(Done.Kind.DONE, Done.FINAL, 0xFD, 0));
    }

    /** The feature's data in example 4.16, and the states that example 4.21 acknowledges. */
    @Test
    void sessionRecovery() throws IOException {
        byte[] data = hex("""
            56 00 00 00 06 6D 00 61 00 73 00 74 00 65 00 72 00 05 09 04 D0 00 34
            0A 75 00 73 00 5F 00 65 00 6E 00 67 00 6C 00 69 00 73 00 68 00
            00 09 00 60 81 14 FF E7 FF FF 00 02 02 07 01 04 01 00 05 04 FF FF FF FF 06 01 00 07 01 02
            08 08 00 00 00 00 00 00 00 00 09 04 FF FF FF FF
            09 00 00 00 00 00 00 09 04 28 23 00 00
            """);
        assertThat(data).hasSize(0x67);
        SessionRecovery recovery = SessionRecovery.parse(data);
        assertThat(recovery.initial().database()).isEqualTo("master");
        assertThat(recovery.initial().collation()).isEqualTo(Collation.DEFAULT);
        assertThat(recovery.initial().language()).isEqualTo("us_english");
        assertThat(recovery.initial().states().keySet()).containsExactly(0, 2, 4, 5, 6, 7, 8, 9);
        assertThat(recovery.wanted().database()).isEmpty();
        assertThat(recovery.wanted().collation()).isNull();
        assertThat(recovery.wanted().states().get(9)).isEqualTo(hex("28230000"));
        assertThat(LoginFeature.sessionRecovery(recovery).data()).isEqualTo(data);
    }

    /** The token of example 4.21; the tokens before it are of kinds that the other examples have. */
    @Test
    void featuresAcknowledged() throws IOException {
        String states = """
            00 09 00 60 81 14 FF E7 FF FF 00 02 02 07 01 04 01 00 05 04 FF FF FF FF 06 01 00 07 01 02
            08 08 00 00 00 00 00 00 00 00 09 04 FF FF FF FF
            0B 47 35 00 44 00 37 00 45 00 44 00 37 00 30 00 42 00 2D 00 42 00 39 00 32 00 45 00 2D 00 34 00 31 00
            32 00 42 00 2D 00 42 00 33 00 32 00 46 00 2D 00 37 00 36 00 30 00 43 00 44 00 37 00 34 00 44 00
            42 00 39 00 32 00 43
            """;
        byte[] token = hex("AE 01 77 00 00 00" + states + "04 01 00 00 00 01 05 01 00 00 00 01 08 01 00 00 00 01 FF");
        FeatureExtAck ack = (FeatureExtAck) new TokenReader(Wire.reader(token), TdsVersion.V7_4).next();
        assertThat(ack.features().keySet()).containsExactly(1, 4, 5, 8);
        assertThat(ack.features().get(1)).isEqualTo(hex(states));
        assertThat(SessionStates.parse(hex(states)).get(11)).hasSize(71);
        assertThat(ack.features().get(8)).containsExactly(1);
        assertThat(Wire.payload(out -> new TokenWriter(out, TdsVersion.V7_4).write(ack)))
                .isEqualTo(token);
    }

    private static void assertRow(Object part, RowMarker marker, int id, String xml) {
        TokenStream.Row row = (TokenStream.Row) part;
        assertThat(row.marker()).isEqualTo(marker);
        assertThat(row.values()).containsExactly(id, xml);
    }

    private static ServerMessage info(int number, int state, String text, String server, long line) {
        return new ServerMessage(false, number, state, 0, text, server, "", line);
    }

    private static void assertResponse(String example, TdsVersion version, Token... tokens) throws IOException {
        byte[] wire = hex(example);
        TdsReader in = reader(wire);
        assertThat(in.beginMessage()).isEqualTo(PacketType.RESPONSE);
        assertThat(TokenStream.read(in, version).parts())
                .usingRecursiveComparison()
                .isEqualTo(List.of(tokens));
        assertThat(in.beginMessage()).isNull();

        ByteArrayOutputStream written = new ByteArrayOutputStream();
        TdsWriter out = new TdsWriter(written);
        out.setSpid((wire[4] & 0xFF) << 8 | wire[5] & 0xFF);
        out.begin(PacketType.RESPONSE);
        new TokenStream(List.of((Object[]) tokens)).write(out, version);
        out.end();
        assertThat(written.toByteArray()).isEqualTo(wire);
    }

    private static TdsReader reader(byte[] wire) {
        return new TdsReader(new ByteArrayInputStream(wire));
    }
}
