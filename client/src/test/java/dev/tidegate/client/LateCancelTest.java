package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static dev.tidegate.testkit.peer.ScriptedPeer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.ReturnValue;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.Script;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cancel that meets a request when the server has done it, or a part of it: what was done is told as done, and only what is missing as
 * cancelled. The server's word comes after the attention each time.
 */
@Timeout(60)
class LateCancelTest {
    private static final Token CONFIRMED = done(Done.ATTENTION);
    private static final Token CALLED = new Done(Done.Kind.DONEPROC, 0, 0xE0, 0);
    private static final Token CALLED_AND_MORE = new Done(Done.Kind.DONEPROC, Done.MORE, 0xE0, 0);
    private static final Token CALL_FAILED_AND_MORE = new Done(Done.Kind.DONEPROC, Done.MORE | Done.ERROR, 0xE0, 0);

    /** What an answer gives up to its end, errors in their places. */
    private static List<Object> read(Response response) throws SQLException {
        List<Object> seen = new ArrayList<>();
        for (boolean more = true; more; ) {
            try {
                Item item = response.next();
                more = item != null;
                if (more) {
                    seen.add(item);
                }
            } catch (SQLException e) {
                seen.add(e.getErrorCode() == 0 ? e.getSQLState() : e.getErrorCode());
                more = response.isOpen();
            }
        }
        assertThat(response.next()).isNull();
        return seen;
    }

    private interface Answered {
        List<Object> read(TdsConnection connection) throws SQLException;
    }

    /** What a cancelled request gives whose answer, in this message and the next ones, begins after the attention. */
    private static List<Object> cancelled(Answered request, Script answer) throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.in().beginMessage();
                    peer.in().skipToEnd();
                    peer.expect(PacketType.ATTENTION);
                    answer.play(peer);
                    assertThat(peer.readBatch()).isEqualTo("next");
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            List<Object> seen = request.read(connection);
            assertThat(connection.isOpen()).isTrue();
            connection.execute("next").finish();
            return seen;
        }
    }

    private static List<Object> cancelledBatch(Script answer) throws Exception {
        return cancelled(
                connection -> {
                    Response response = connection.execute("change");
                    response.cancel();
                    return read(response);
                },
                answer);
    }

    private static List<Object> cancelledCalls(int number, Script answer) throws Exception {
        return cancelled(
                connection -> {
                    List<ProcedureCall> calls = new ArrayList<>();
                    for (int i = 0; i < number; i++) {
                        calls.add(new ProcedureCall(0, "p", List.of()));
                    }
                    Response response = connection.call(calls, RequestOptions.DEFAULTS);
                    response.cancel();
                    return read(response);
                },
                answer);
    }

    @Guarantee("G13")
    @Test
    void aBatchThatIsDoneIsToldAsDone() throws Exception {
        assertThat(cancelledBatch(peer -> {
                    peer.reply(count(7, Done.MORE), count(3, 0));
                    peer.reply(CONFIRMED);
                }))
                .containsExactly(new Item.UpdateCount(7), new Item.UpdateCount(3));
    }

    @Guarantee("G14")
    @Test
    void aTimeOutThatComesLateIsNoErrorEither() throws Exception {
        assertThat(cancelled(
                        connection -> read(connection.execute("change", new RequestOptions(Duration.ofMillis(50)))),
                        peer -> {
                            peer.reply(count(3, 0));
                            peer.reply(CONFIRMED);
                        }))
                .containsExactly(new Item.UpdateCount(3));
    }

    @Guarantee("G14")
    @Test
    void aTimeOutThatCostsTheSecondHalfIsToldInItsPlace() throws Exception {
        assertThat(cancelled(
                        connection -> read(connection.execute("change", new RequestOptions(Duration.ofMillis(50)))),
                        peer -> peer.reply(count(3, Done.MORE), CONFIRMED)))
                .containsExactly(new Item.UpdateCount(3), "HYT00");
    }

    @Guarantee("G13")
    @Test
    void whatWasDoneBeforeTheRestWasBrokenOffIsToldFirst() throws Exception {
        assertThat(cancelledBatch(peer -> peer.reply(count(7, Done.MORE), count(3, Done.MORE), CONFIRMED)))
                .containsExactly(new Item.UpdateCount(7), new Item.UpdateCount(3), "HY008");
    }

    @Test
    void anEndThatTheConfirmationFollowsInTheSameMessageIsNoneThatCanBeReliedOn() throws Exception {
        assertThat(cancelledBatch(peer -> peer.reply(count(3, 0), CONFIRMED)))
                .containsExactly(new Item.UpdateCount(3), "HY008");
    }

    @Test
    void aBareEndDoesNotSayThatAnythingWasDone() throws Exception {
        assertThat(cancelledBatch(peer -> {
                    peer.reply(done(0));
                    peer.reply(CONFIRMED);
                }))
                .containsExactly("HY008");
    }

    @Guarantee("G13")
    @Test
    void anErrorAtTheEndIsToldWithTheCancel() throws Exception {
        assertThat(cancelled(
                        connection -> {
                            Response response = connection.execute("change");
                            response.cancel();
                            assertThatThrownBy(response::next)
                                    .hasMessageContaining("cancelled")
                                    .satisfies(e -> assertThat((Throwable) ((SQLException) e).getNextException())
                                            .hasMessageContaining("twice"));
                            return read(response);
                        },
                        peer -> {
                            peer.reply(error(2627, 14, "twice"), done(Done.ERROR));
                            peer.reply(CONFIRMED);
                        }))
                .isEmpty();
    }

    @Test
    void anErrorThatTheServerWentOnAfterStaysInItsPlace() throws Exception {
        assertThat(cancelledBatch(peer -> {
                    peer.reply(
                            error(2627, 14, "twice"),
                            done(Done.ERROR | Done.MORE),
                            error(515, 16, "null"),
                            done(Done.ERROR | Done.MORE),
                            count(3, 0));
                    peer.reply(CONFIRMED);
                }))
                .containsExactly(2627, 515, new Item.UpdateCount(3));
    }

    @Test
    void whatTheServerSaidLastIsToldIfTheLineEndsBehindIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.expect(PacketType.ATTENTION);
                    peer.begin();
                    peer.write(error(596, 21, "killed"), done(Done.ERROR | Done.MORE));
                    peer.out().flush();
                });
                TdsConnection connection = connect(server);
                Response response = connection.execute("change")) {
            response.cancel();
            assertThatThrownBy(response::next)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(596));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void rowsThatAreOutstandingAreCancelled() throws Exception {
        assertThat(cancelledBatch(peer -> {
                    peer.begin();
                    peer.write(count(1, Done.MORE));
                    peer.writeNumbers(5);
                    peer.write(ScriptedPeer.selected(5, Done.MORE), count(3, 0));
                    peer.out().end();
                    peer.reply(CONFIRMED);
                }))
                .containsExactly(new Item.UpdateCount(1), "HY008");
    }

    /** Between the last row that came and the end that the server gave it there may be rows that it has left out. */
    @Guarantee("G13")
    @Test
    void theEndOfRowsIsNotReliedOn() throws Exception {
        for (Token end :
                new Token[] {ScriptedPeer.selected(2, 0), ScriptedPeer.selected(2, Done.MORE), new ReturnStatus(0)}) {
            try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                        peer.readBatch();
                        peer.begin();
                        peer.writeNumbers(2);
                        peer.out().flush();
                        peer.expect(PacketType.ATTENTION);
                        peer.write(end);
                        if (!(end instanceof Done)) {
                            peer.write(CALLED);
                        }
                        peer.out().end();
                        peer.reply(CONFIRMED);
                        peer.awaitEnd();
                    });
                    TdsConnection connection = connect(server);
                    Response response = connection.execute("select")) {
                assertThat(response.next()).isInstanceOf(Item.Rows.class);
                assertThat(response.nextRow()).isTrue();
                assertThat(response.nextRow()).isTrue();
                response.cancel();
                assertThatThrownBy(response::nextRow).hasMessageContaining("cancelled");
                assertThat(response.next()).isNull();
            }
        }
    }

    @Guarantee("G13")
    @Test
    void aCallThatHasReturnedIsToldWithAllThatItGave() throws Exception {
        ReturnValue output = new ReturnValue(0, "@o", 1, 0, 1, TypeInfo.integer(), 42);
        assertThat(cancelledCalls(1, peer -> {
                    peer.reply(
                            new Done(Done.Kind.DONEINPROC, Done.COUNT | Done.MORE, Done.COMMAND_UPDATE, 2),
                            new ReturnStatus(5),
                            output,
                            new Done(Done.Kind.DONEPROC, 0, 0, 0));
                    peer.reply(CONFIRMED);
                }))
                .containsExactly(
                        new Item.UpdateCount(2),
                        new Item.Status(5),
                        new Item.OutputValue(0, "@o", TypeInfo.integer(), 42));
    }

    @Guarantee("G13")
    @Test
    void ofSeveralCallsThoseThatWereDoneAreTold() throws Exception {
        assertThat(cancelledCalls(4, peer -> {
                    peer.reply(
                            new ReturnStatus(0),
                            CALLED_AND_MORE,
                            error(2627, 14, "twice"),
                            new ReturnStatus(-6),
                            CALL_FAILED_AND_MORE,
                            new ReturnStatus(0),
                            CALLED_AND_MORE,
                            // How a server may close what it did not come to.
                            new Done(Done.Kind.DONEPROC, 0, 0, 0));
                    peer.reply(CONFIRMED);
                }))
                .containsExactly(
                        new Item.Status(0),
                        new Item.CallEnd(),
                        new Item.Status(-6),
                        2627,
                        new Item.CallEnd(),
                        new Item.Status(0),
                        new Item.CallEnd(),
                        "HY008");
    }

    /** What the user before has left may have been seen by it. */
    @Test
    void aRequestThatRanWithoutItsResetIsNeverToldAsDone() throws Exception {
        assertThat(cancelled(
                        connection -> {
                            connection.resetOnNextRequest();
                            Response response = connection.execute("change");
                            response.cancel();
                            List<Object> seen = read(response);
                            connection.execute("again").finish();
                            return seen;
                        },
                        peer -> {
                            peer.reply(count(3, 0));
                            peer.reply(CONFIRMED);
                            assertThat(peer.readBatch()).isEqualTo("again");
                            peer.reply(new EnvChange.ResetAcknowledged(), done(0));
                        }))
                .containsExactly("HY008");
    }

    @Test
    void closingWhatWasCancelledLateDropsTheRest() throws Exception {
        assertThat(cancelled(
                        connection -> {
                            try (Response response = connection.execute("change")) {
                                response.cancel();
                                return List.of(response.next());
                            }
                        },
                        peer -> {
                            peer.reply(
                                    count(7, Done.MORE),
                                    error(515, 16, "null"),
                                    done(Done.ERROR | Done.MORE),
                                    count(3, 0));
                            peer.reply(CONFIRMED);
                        }))
                .containsExactly(new Item.UpdateCount(7));
    }
}
