package dev.tidegate.tds.message;

import static dev.tidegate.tds.Wire.hex;
import static dev.tidegate.tds.Wire.payload;
import static dev.tidegate.tds.Wire.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL batches, transaction manager requests, SSPI and federated authentication tokens, and the headers before them. */
class RequestsTest {
    private static final String TRANSACTION = "16000000 12000000 0200 0000000000000001 00000000";

    /** [MS-TDS] 4.6. */
    private static final byte[] BATCH_SAMPLE = hex("""
        16 00 00 00 12 00 00 00 02 00 00 00 00 00 00 00 00 01 00 00 00 00
        0A 00 73 00 65 00 6C 00 65 00 63 00 74 00 20 00 27 00 66 00 6F 00 6F 00 27 00 20 00 61 00 73 00
        20 00 27 00 62 00 61 00 72 00 27 00 0A 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00 20 00
        """);

    @Test
    void theSpecificationsBatchIsReadAndWritten() throws IOException {
        SqlBatch batch = SqlBatch.read(reader(BATCH_SAMPLE), TdsVersion.V7_2);

        assertThat(batch.sql()).isEqualTo("\nselect 'foo' as 'bar'\n        ");
        assertThat(batch.headers().transactionDescriptor()).isEqualTo(0x0100000000000000L);
        assertThat(batch.headers().outstandingRequests()).isZero();
        assertThat(payload(out -> batch.write(out, TdsVersion.V7_2))).isEqualTo(BATCH_SAMPLE);
    }

    @Test
    void below72ABatchIsItsTextOnly() throws IOException {
        SqlBatch batch = new SqlBatch(RequestHeaders.NONE, "select 1");

        byte[] wire = payload(out -> batch.write(out, TdsVersion.V7_1));
        assertThat(wire).hasSize(16);
        Wire.assertReadsBack(wire, in -> SqlBatch.read(in, TdsVersion.V7_1), batch);
        Wire.assertCutIsHandled(wire, in -> SqlBatch.read(in, TdsVersion.V7_1));
    }

    @Test
    void aBatchOfAnySizeAroundThePacketsIsWhole() throws IOException {
        int headers = 22;
        for (int packets = 1; packets <= 3; packets++) {
            for (int off = -4; off <= 4; off += 2) {
                String sql = "x".repeat((packets * (512 - 8) - headers + off) / 2);
                SqlBatch batch = new SqlBatch(new RequestHeaders(3), sql);
                byte[] wire = payload(out -> batch.write(out, TdsVersion.V7_4), 512);
                assertThat(wire).hasSize(packets * 504 + off);
                assertThat(SqlBatch.read(reader(wire, 504), TdsVersion.V7_4)).isEqualTo(batch);
            }
        }
    }

    static List<RequestHeaders> headers() {
        return List.of(
                RequestHeaders.NONE,
                new RequestHeaders(-1),
                new RequestHeaders(5, 3, null, new RequestHeaders.TraceActivity(new byte[16], 0xFFFF_FFFFL)),
                new RequestHeaders(5, 1, new RequestHeaders.QueryNotification("id", "service=x", 0xFFFF_FFFFL), null),
                new RequestHeaders(
                        0,
                        1,
                        new RequestHeaders.QueryNotification("", "", null),
                        new RequestHeaders.TraceActivity(hex("000102030405060708090A0B0C0D0E0F"), 0)));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void headersComeBack(RequestHeaders headers) throws IOException {
        SqlBatch batch = new SqlBatch(headers, "select '\ud83d\ude00'");

        byte[] wire = payload(out -> batch.write(out, TdsVersion.V7_4));
        Wire.assertReadsBack(wire, in -> SqlBatch.read(in, TdsVersion.V7_4), batch);
        Wire.assertCutIsHandled(wire, in -> SqlBatch.read(in, TdsVersion.V7_4));
    }

    @Test
    void below74TheTraceActivityIsLeftOut() throws IOException {
        SqlBatch batch =
                new SqlBatch(new RequestHeaders(5, 3, null, new RequestHeaders.TraceActivity(new byte[16], 1)), "x");
        byte[] wire = payload(out -> batch.write(out, TdsVersion.V7_3B));
        assertThat(SqlBatch.read(reader(wire), TdsVersion.V7_3B).headers())
                .isEqualTo(new RequestHeaders(5, 3, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "'03000000', claims a length of 3",
        "'FFFFFFFF', claims a length of 4294967295",
        "'04000000', no transaction descriptor",
        "'16000000 13000000 0200', a header claims 19 bytes",
        "'16000000 05000000 0200', a header claims 5 bytes",
        "'16000000 11000000 0200 0000000000000001 000000 00', cannot have 17 bytes",
        "'16000000 12000000 0900 0000000000000001 00000000', unknown header type 9",
        "'28000000 12000000 0200 0000000000000001 00000000 12000000 0200 0000000000000001 00000000', stands twice",
        "'0A000000 06000000 0100', lies outside its header",
        "'0C000000 08000000 0100 0300', claims 3 bytes",
        "'0C000000 08000000 0100 0200', claims 2 bytes"
    })
    void headersThatLieAreRefused(String hex, String because) {
        assertThatThrownBy(() -> SqlBatch.read(reader(hex(hex)), TdsVersion.V7_4))
                .isInstanceOf(TdsProtocolException.class)
                .hasMessageContaining(because);
    }

    @Test
    void halfACharacterIsRefused() {
        assertThatThrownBy(() -> SqlBatch.read(reader(hex(TRANSACTION + "6100 62")), TdsVersion.V7_4))
                .hasMessageContaining("SQL text has 3 bytes");
    }

    static List<TransactionManagerRequest> transactionRequests() {
        RequestHeaders headers = new RequestHeaders(99);
        TransactionManagerRequest.Begin next =
                new TransactionManagerRequest.Begin(RequestHeaders.NONE, TransactionManagerRequest.SNAPSHOT, "next");
        return List.of(
                new TransactionManagerRequest.Begin(headers, TransactionManagerRequest.ISOLATION_UNCHANGED, ""),
                new TransactionManagerRequest.Begin(headers, TransactionManagerRequest.SERIALIZABLE, "n".repeat(127)),
                new TransactionManagerRequest.Commit(headers, "", null),
                new TransactionManagerRequest.Commit(headers, "tx", next),
                new TransactionManagerRequest.Rollback(headers, "savepoint", null),
                new TransactionManagerRequest.Rollback(headers, "", next),
                new TransactionManagerRequest.Save(headers, "savepoint"),
                new TransactionManagerRequest.Other(headers, TransactionManagerRequest.PROPAGATE, hex("0300010203")));
    }

    @ParameterizedTest
    @MethodSource("transactionRequests")
    void transactionRequestsComeBack(TransactionManagerRequest request) throws IOException {
        byte[] wire = payload(out -> request.write(out, TdsVersion.V7_4));

        Wire.assertReadsBack(wire, in -> TransactionManagerRequest.read(in, TdsVersion.V7_4), request);
        if (request instanceof TransactionManagerRequest.Other) {
            Wire.assertCutIsHandled(wire, in -> TransactionManagerRequest.read(in, TdsVersion.V7_4));
        } else {
            Wire.assertCutIsRefused(wire, in -> TransactionManagerRequest.read(in, TdsVersion.V7_4));
        }
    }

    @Test
    void transactionRequestsInBytes() throws IOException {
        TransactionManagerRequest begin =
                TransactionManagerRequest.read(reader(hex(TRANSACTION + "0500 02 04 6100 6200")), TdsVersion.V7_4);
        assertThat(begin)
                .isEqualTo(new TransactionManagerRequest.Begin(
                        new RequestHeaders(0x0100000000000000L, 0, null, null),
                        TransactionManagerRequest.READ_COMMITTED,
                        "ab"));
        assertThatThrownBy(
                        () -> TransactionManagerRequest.read(reader(hex(TRANSACTION + "0500 06 00")), TdsVersion.V7_4))
                .hasMessageContaining("isolation level 6");
        assertThatThrownBy(() ->
                        TransactionManagerRequest.read(reader(hex(TRANSACTION + "0900 03 610062")), TdsVersion.V7_4))
                .hasMessageContaining("cannot have 3 bytes");
        assertThatThrownBy(() ->
                        TransactionManagerRequest.read(reader(hex(TRANSACTION + "0700 00 00 00")), TdsVersion.V7_4))
                .hasMessageContaining("bytes follow the end");
    }

    @Test
    void sspiAndTokensComeBackAndAreNotShown() throws IOException {
        SspiMessage sspi = new SspiMessage(hex("4E544C4D53535000"));
        Wire.assertReadsBack(payload(sspi::write), SspiMessage::read, sspi);
        assertThat(sspi).hasToString("SspiMessage[8 bytes]");

        for (FedAuthToken token : List.of(
                new FedAuthToken(hex("6500790000"), null),
                new FedAuthToken(hex("6500"), new byte[Prelogin.NONCE_LENGTH]))) {
            byte[] wire = payload(token::write);
            Wire.assertReadsBack(wire, FedAuthToken::read, token);
            Wire.assertCutIsRefused(wire, FedAuthToken::read);
            assertThat(token.toString()).matches("FedAuthToken\\[\\d bytes]");
        }
        assertThatThrownBy(() -> FedAuthToken.read(reader(hex("08000000 FFFFFF7F 61006200"))))
                .hasMessageContaining("claims a length of 2147483647");
        assertThatThrownBy(() -> FedAuthToken.read(reader(hex("09000000 04000000 61006200"))))
                .hasMessageContaining("claims 9 bytes");
    }

    @Test
    void proceduresHaveTheirDocumentedNames() {
        assertThat(ProcedureIds.name(ProcedureIds.SP_CURSOR)).isEqualTo("sp_cursor");
        assertThat(ProcedureIds.name(ProcedureIds.SP_EXECUTESQL)).isEqualTo("sp_executesql");
        assertThat(ProcedureIds.name(ProcedureIds.SP_UNPREPARE)).isEqualTo("sp_unprepare");
        assertThat(ProcedureIds.isKnown(16)).isFalse();
        assertThatThrownBy(() -> ProcedureIds.name(0)).hasMessageContaining("number 0");
    }
}
