package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static dev.tidegate.testkit.peer.ScriptedPeer.error;
import static dev.tidegate.testkit.peer.ScriptedPeer.info;
import static dev.tidegate.testkit.peer.ScriptedPeer.selected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.ReturnValue;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ResponseTest {
    @Test
    void givesResultsCountsAndErrorsInTheServersOrder() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    assertThat(peer.readBatch()).isEqualTo("everything");
                    peer.begin();
                    peer.writeNumbers(3);
                    peer.write(selected(3, Done.MORE), count(7, Done.MORE));
                    peer.write(error(2627, 14, "duplicate"), done(Done.ERROR | Done.MORE));
                    peer.write(info("hello"));
                    peer.writeNumbers(1);
                    peer.write(selected(1, 0));
                    peer.out().end();
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("everything")) {
            assertThat(response.next()).isInstanceOf(Item.Rows.class);
            assertThat(rows(response)).containsExactly(1, 2, 3);
            assertThat(response.next()).isEqualTo(new Item.UpdateCount(7));
            assertThatThrownBy(response::next)
                    .isInstanceOfSatisfying(SQLIntegrityConstraintViolationException.class, e -> {
                        assertThat(e.getErrorCode()).isEqualTo(2627);
                        assertThat(e.getSQLState()).isEqualTo("23000");
                        DatabaseError error = DatabaseError.of(e).orElseThrow();
                        assertThat(error.serverMessage().severity()).isEqualTo(14);
                        assertThat(error.context().port()).isEqualTo(server.port());
                        assertThat(error.context().database()).isEqualTo("master");
                        assertThat(error.context().operation()).isEqualTo("execute");
                    });
            assertThat(response.next()).isInstanceOf(Item.Rows.class);
            assertThat(response.isOpen()).isTrue();
            assertThat(response.next()).isNull();
            assertThat(response.isOpen()).isFalse();
            assertThat(response.next()).isNull();
            assertThat(response.messages()).extracting(ServerMessage::text).containsExactly("hello");
        }
    }

    @Test
    void givesStatusAndOutputValuesOfACall() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    assertThat(peer.readRpc().calls().get(0).parameters()).hasSize(2);
                    peer.begin();
                    peer.write(new Done(Done.Kind.DONEINPROC, Done.COUNT | Done.MORE, Done.COMMAND_UPDATE, 2));
                    peer.write(new ReturnStatus(5));
                    peer.write(new ReturnValue(1, "@out", 1, 0, 0, TypeInfo.integer(), 42));
                    peer.write(new Done(Done.Kind.DONEPROC, 0, 0, 0));
                    peer.out().end();
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            ProcedureCall call = ProcedureCall.named(
                    "dbo.p", List.of(Parameter.in(TypeInfo.integer(), 1), Parameter.out("@out", TypeInfo.integer())));
            try (Response response = connection.call(call, RequestOptions.DEFAULTS)) {
                assertThat(response.next()).isEqualTo(new Item.UpdateCount(2));
                assertThat(response.next()).isEqualTo(new Item.Status(5));
                assertThat(response.next()).isEqualTo(new Item.OutputValue(1, "@out", TypeInfo.integer(), 42));
                assertThat(response.next()).isNull();
            }
        }
    }

    @Test
    void aResultMayEndWithAStatusInPlaceOfADone() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.reply(ScriptedPeer.numbers(), new ReturnStatus(0), new Done(Done.Kind.DONEPROC, 0, 0, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("sp_prepare")) {
            assertThat(response.next()).isInstanceOf(Item.Rows.class);
            assertThat(response.nextRow()).isFalse();
            assertThat(response.next()).isEqualTo(new Item.Status(0));
            assertThat(response.next()).isNull();
        }
    }

    @Guarantee("G15")
    @Test
    void anErrorInTheMiddleOfAResultIsThrownThere() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.writeNumbers(2);
                    peer.write(error(8134, 16, "division by zero"), error(3621, 0, "terminated"), done(Done.ERROR));
                    peer.out().end();
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("select")) {
            response.next();
            assertThat(response.nextRow()).isTrue();
            assertThat(response.nextRow()).isTrue();
            assertThatThrownBy(response::nextRow).isInstanceOfSatisfying(SQLDataException.class, e -> {
                assertThat(e.getSQLState()).isEqualTo("22012");
                assertThat(e.getNextException().getErrorCode()).isEqualTo(3621);
            });
            assertThat(response.nextRow()).isFalse();
            assertThat(response.next()).isNull();
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void aResultThatIsCutIsAnErrorAndNeverAnEnd() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.writeNumbers(2);
                    peer.out().flush();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("select")) {
            response.next();
            assertThat(response.nextRow()).isTrue();
            assertThat(response.nextRow()).isTrue();
            assertThatThrownBy(response::nextRow)
                    .isInstanceOf(SQLRecoverableException.class)
                    .satisfies(e -> assertThat(Disconnects.isDisconnect(e)).isTrue());
            assertThat(connection.isOpen()).isFalse();
            assertThatThrownBy(() -> connection.execute("again")).hasMessageContaining("broken");
        }
    }

    @Guarantee("G15")
    @Test
    void aMessageThatEndsBeforeItsFinalDoneIsAnError() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.reply(count(1, Done.MORE));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("insert")) {
            assertThat(response.next()).isEqualTo(new Item.UpdateCount(1));
            assertThatThrownBy(response::next).hasMessageContaining("without its final DONE");
        }
    }

    @Test
    void theServersLastWordsGoBeforeTheBrokenLine() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.write(error(596, 21, "session killed"));
                    peer.out().flush();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("select")) {
            assertThatThrownBy(response::next).isInstanceOfSatisfying(SQLException.class, e -> {
                assertThat(e.getErrorCode()).isEqualTo(596);
                assertThat(Disconnects.isDisconnect(e)).isTrue();
            });
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void finishReadsEverythingAndChainsTheErrors() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.reply(
                            error(208, 16, "no table"),
                            done(Done.ERROR | Done.MORE),
                            count(1, Done.MORE),
                            error(547, 16, "reference"),
                            done(Done.ERROR));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("batch")) {
            assertThatThrownBy(response::finish).isInstanceOfSatisfying(SQLSyntaxErrorException.class, e -> {
                assertThat(e.getSQLState()).isEqualTo("42S02");
                assertThat(e.getNextException().getSQLState()).isEqualTo("23000");
            });
            assertThat(response.isOpen()).isFalse();
        }
    }

    @Guarantee("G32")
    @Test
    void aSecondRequestIsRefusedUntilTheFirstIsRead() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    for (int i = 0; i < 2; i++) {
                        peer.readBatch();
                        peer.reply(count(i, 0));
                    }
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            Response first = connection.execute("one");
            assertThatThrownBy(() -> connection.execute("two")).hasMessageContaining("busy with 'execute'");
            first.finish();
            try (Response second = connection.execute("two")) {
                assertThat(second.next()).isEqualTo(new Item.UpdateCount(1));
            }
        }
    }

    @Test
    void theSessionFollowsTheServersChanges() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.reply(new EnvChange.Text(EnvChange.DATABASE, "other", "master"), done(0));
                    assertThat(peer.readTransactionRequest().type()).isEqualTo(5);
                    peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 77, 0), done(0));
                    var commit = peer.readTransactionRequest();
                    assertThat(commit.type()).isEqualTo(7);
                    assertThat(commit.headers().transactionDescriptor()).isEqualTo(77);
                    peer.reply(new EnvChange.Transaction(EnvChange.COMMIT_TRANSACTION, 0, 77), done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            assertThat(connection.database()).isEqualTo("master");
            connection.execute("use other").finish();
            assertThat(connection.database()).isEqualTo("other");
            connection.begin(IsolationLevel.SERIALIZABLE);
            assertThat(connection.inTransaction()).isTrue();
            connection.commit();
            assertThat(connection.inTransaction()).isFalse();
        }
    }

    @Test
    void anExceptionOfASinkLeavesTheAnswerReadable() throws Exception {
        ColMetadata metadata = new ColMetadata(List.of(
                new Column("a", TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT), Column.NULLABLE),
                new Column("b", TypeInfo.integer(), Column.NULLABLE)));
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.write(metadata);
                    RowEncoder encoder = RowEncoder.of(
                            metadata.columns().stream().map(Column::type).toList());
                    for (int i = 0; i < 6; i++) {
                        encoder.encode(peer.out(), new Object[] {"x".repeat(i * 4_000), i});
                    }
                    peer.write(selected(6, 0));
                    peer.out().end();
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("select")) {
            response.next();
            RecordingSink numbers = new RecordingSink();
            ColumnSink choosy = new RecordingSink() {
                @Override
                public void setUtf16(int row, byte[] bytes, int offset, int length) {
                    if (length == 3 * 8_000) {
                        throw new IllegalStateException("not this one");
                    }
                }
            };
            ColumnSink[] sinks = {choosy, numbers};
            assertThatThrownBy(() -> response.readColumns(sinks, 100)).hasMessage("not this one");
            assertThat(response.readColumns(sinks, 100)).isEqualTo(2);
            assertThat(numbers.values()).containsExactly("0", "1", "2", "4", "5");
            assertThat(response.next()).isNull();
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void messagesAreBounded() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    for (int i = 0; i < 5_000; i++) {
                        peer.write(info("message " + i));
                    }
                    peer.write(done(0));
                    peer.out().end();
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("print in a loop")) {
            assertThat(response.next()).isNull();
            assertThat(response.messages()).hasSize(1_000);
        }
    }

    static List<Integer> rows(Response response) throws Exception {
        List<Integer> rows = new ArrayList<>();
        while (response.nextRow()) {
            rows.add(response.row().getInt(0));
        }
        return rows;
    }
}
