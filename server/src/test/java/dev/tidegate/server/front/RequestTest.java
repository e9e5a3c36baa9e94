package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.message.ProcedureIds;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.RpcCall;
import dev.tidegate.tds.message.RpcParameter;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.ReturnValue;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest extends FrontTest {
    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        start();
        client = RawClient.loggedIn(server.port());
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    @Test
    void onlyTheLastDoneOfABatchIsFinal() throws IOException {
        Reply reply = client.batch("two");

        assertThat(reply.rows()).hasSize(3);
        assertThat(reply.dones())
                .containsExactly(
                        new Done(Done.Kind.DONE, Done.COUNT | Done.MORE, Done.COMMAND_SELECT, 1),
                        new Done(Done.Kind.DONE, Done.COUNT, Done.COMMAND_SELECT, 2));
    }

    @Test
    void aBatchWithoutStatementsIsDoneToo() throws IOException {
        assertThat(client.batch("nothing").tokens()).containsExactly(new Done(Done.Kind.DONE, 0, 0, 0));
    }

    @Test
    void anErrorMarksItsDone() throws IOException {
        Reply reply = client.batch("fail");

        assertThat(reply.errorNumbers()).containsExactly(208);
        assertThat(reply.errors().get(0).server()).isNotEmpty();
        assertThat(reply.dones()).containsExactly(new Done(Done.Kind.DONE, Done.ERROR, Done.COMMAND_SELECT, 0));
        assertThat(client.batch("update").last().rowCount()).isEqualTo(1);
    }

    @Test
    void aRowMayBeLargerThanAPacketAndAResultLargerThanEveryBuffer() throws IOException {
        Reply reply = client.batch("rows 50000");
        assertThat(reply.rows()).hasSize(50_000);
        assertThat(reply.rows().get(49_998)).containsExactly(49_998, "name 49998");
        assertThat(reply.rows().get(49_999)).containsExactly(49_999, null);
    }

    @Test
    void aCallEndsWithStatusOutputsAndDoneproc() throws IOException {
        Reply reply = client.call(RpcCall.byId(
                ProcedureIds.SP_EXECUTESQL,
                List.of(
                        RpcParameter.in("", TypeInfo.nvarchar(10, dev.tidegate.tds.type.Collation.DEFAULT), "q"),
                        RpcParameter.out("@p", TypeInfo.integer(), 5))));

        assertThat(backend.last().log).contains("exec sp_executesql [q, 5]");
        assertThat(reply.dones())
                .containsExactly(
                        new Done(Done.Kind.DONEINPROC, Done.COUNT | Done.MORE, Done.COMMAND_SELECT, 1),
                        new Done(Done.Kind.DONEPROC, 0, 0, 0));
        assertThat(reply.all(ReturnStatus.class)).containsExactly(new ReturnStatus(0));
        assertThat(reply.all(ReturnValue.class)).singleElement().satisfies(value -> {
            assertThat(value.name()).isEqualTo("@p");
            assertThat(value.value()).isEqualTo(5);
        });
    }

    @Test
    void severalCallsOfOneMessageAreAnsweredInOrderAlsoAfterAnError() throws IOException {
        Reply reply = client.call(
                RpcCall.byName("good", List.of()), RpcCall.byName("bad", List.of()), RpcCall.byName("good", List.of()));

        assertThat(reply.dones())
                .filteredOn(done -> done.kind() == Done.Kind.DONEPROC)
                .extracting(Done::status)
                .containsExactly(Done.MORE, Done.MORE | Done.ERROR, 0);
        assertThat(reply.rows()).hasSize(2);
    }

    @Test
    void aCallThatIsNotToBeRunIsAnsweredInItsPlace() throws IOException {
        RpcCall skipped = new RpcCall(0, "skipped", 0, List.of(), false);
        Reply reply = client.call(RpcCall.byName("good", List.of()), skipped, RpcCall.byName("good", List.of()));

        assertThat(backend.last().log).containsExactly("exec good []", "exec good []");
        assertThat(reply.dones())
                .filteredOn(done -> done.kind() == Done.Kind.DONEPROC)
                .extracting(Done::status)
                .containsExactly(Done.MORE, Done.MORE, 0);
    }

    @Test
    void transactionsComeByRequestsOfTheirOwn() throws IOException {
        Reply begun = client.transaction(new TransactionManagerRequest.Begin(RequestHeaders.NONE, 2, "t"));
        assertThat(begun.all(EnvChange.class))
                .containsExactly(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 77, 0));
        client.transaction = 77;
        RequestHeaders headers = new RequestHeaders(77);
        client.batch("update");
        client.transaction(new TransactionManagerRequest.Save(headers, "s"));
        client.transaction(new TransactionManagerRequest.Rollback(headers, "s", null));
        Reply committed = client.transaction(new TransactionManagerRequest.Commit(
                headers, "", new TransactionManagerRequest.Begin(RequestHeaders.NONE, 0, "next")));

        assertThat(committed.environmentTypes())
                .containsExactly(EnvChange.COMMIT_TRANSACTION, EnvChange.BEGIN_TRANSACTION);
        assertThat(committed.dones()).extracting(Done::hasMore).containsExactly(true, false);
        assertThat(client.transaction(new TransactionManagerRequest.Rollback(headers, "", null))
                        .environmentTypes())
                .containsExactly(EnvChange.ROLLBACK_TRANSACTION);
        assertThat(backend.last().log)
                .containsExactly(
                        "begin t READ_COMMITTED",
                        "update",
                        "save s",
                        "rollback to s",
                        "commit",
                        "begin next CURRENT",
                        "rollback");
    }

    @Test
    void refusesDistributedTransactions() throws IOException {
        Reply reply = client.transaction(new TransactionManagerRequest.Other(
                RequestHeaders.NONE, TransactionManagerRequest.PROPAGATE, new byte[] {1, 2}));
        assertThat(reply.errorNumbers()).containsExactly(8501);
        assertThat(client.batch("update").errors()).isEmpty();
    }

    @Test
    void aRequestHasToNameTheOpenTransaction() throws IOException {
        client.transaction = 99;
        assertThat(client.batch("update").errorNumbers()).containsExactly(3971);
        client.transaction = 0;
        client.transaction(new TransactionManagerRequest.Begin(RequestHeaders.NONE, 0, ""));
        assertThat(client.batch("update").errorNumbers()).containsExactly(3989);
        client.transaction = 77;
        assertThat(client.batch("update").errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {PacketStatus.RESET_CONNECTION, PacketStatus.RESET_CONNECTION_SKIP_TRAN})
    void aResetComesBeforeItsRequestAndIsAcknowledged(int status) throws IOException {
        client.batch("use other");
        client.transaction(new TransactionManagerRequest.Begin(RequestHeaders.NONE, 0, ""));
        client.transaction = 77;
        client.sendBatch("update", status);
        Reply reply = client.reply();

        boolean keep = status == PacketStatus.RESET_CONNECTION_SKIP_TRAN;
        assertThat(backend.last().log).endsWith("reset " + keep, "update");
        assertThat(reply.environmentTypes())
                .isEqualTo(
                        keep
                                ? List.of(EnvChange.RESET_ACKNOWLEDGED)
                                : List.of(
                                        EnvChange.ROLLBACK_TRANSACTION,
                                        EnvChange.DATABASE,
                                        EnvChange.RESET_ACKNOWLEDGED));
    }

    @Test
    void aResetGoesBackToTheDatabaseOfTheLoginOnce() throws IOException {
        client.batch("use other");
        client.sendBatch("update", PacketStatus.RESET_CONNECTION);
        assertThat(client.reply().all(EnvChange.Text.class))
                .containsExactly(new EnvChange.Text(EnvChange.DATABASE, "main", "other"));
        client.sendBatch("update", PacketStatus.RESET_CONNECTION);
        assertThat(client.reply().environmentTypes()).containsExactly(EnvChange.RESET_ACKNOWLEDGED);
    }

    @Test
    void aRequestThatItsSenderGivesUpIsNotRun() throws IOException {
        client.out.begin(PacketType.SQL_BATCH);
        client.out.writeInt(22);
        client.out.abort();
        assertThat(client.reply().tokens()).containsExactly(new Done(Done.Kind.DONE, 0, 0, 0));
        assertThat(backend.last().log).isEmpty();
        assertThat(client.batch("update").errors()).isEmpty();
    }

    @Test
    void aBrokenRequestIsAnsweredWithTheReasonAndEndsTheConnection() throws IOException {
        client.send(PacketType.SQL_BATCH, 0, out -> out.writeInt(-5));
        Reply reply = client.reply();
        assertThat(reply.errors()).singleElement().satisfies(error -> {
            assertThat(error.number()).isEqualTo(4002);
            assertThat(error.severity()).isEqualTo(20);
        });
        assertThat(client.closedByServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "defect"})
    void aSessionThatIsLostEndsItsConnection(String batch) throws IOException {
        assertThat(client.batch(batch).all(ServerMessage.class))
                .singleElement()
                .satisfies(error -> assertThat(error.severity()).isGreaterThanOrEqualTo(20));
        assertThat(client.closedByServer()).isTrue();
    }
}
