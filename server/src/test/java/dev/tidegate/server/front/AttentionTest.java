package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attention stops the running request and is answered once ([MS-TDS] 2.2.1.7). */
class AttentionTest extends FrontTest {
    private static final List<Done> ACKNOWLEDGED = List.of(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));

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

    private void stillUsable() throws IOException {
        assertThat(client.batch("update").dones())
                .containsExactly(new Done(Done.Kind.DONE, Done.COUNT, Done.COMMAND_UPDATE, 1));
    }

    @Test
    void stopsARequestThatComputes() throws IOException, InterruptedException {
        client.sendBatch("hang", 0);
        assertThat(backend.last().hanging.await(20, TimeUnit.SECONDS)).isTrue();
        client.attention();

        assertThat(client.reply().dones()).containsExactly(new Done(Done.Kind.DONE, 0, 0, 0));
        assertThat(client.reply().tokens()).isEqualTo(ACKNOWLEDGED);
        stillUsable();
    }

    @Test
    void stopsARequestWhoseRowsNobodyReads() throws IOException {
        client.sendBatch("endless", 0);
        assertThat(client.in.beginMessage()).isNotNull();
        client.attention();

        Reply rest = Reply.read(client.in, client.version);
        assertThat(rest.last().hasMore()).isFalse();
        assertThat(client.reply().tokens()).isEqualTo(ACKNOWLEDGED);
        stillUsable();
    }

    /** Else the client would go on with a transaction that there is not any more. */
    @Test
    void whatHasBecomeOfTheSessionIsToldAlsoAfterAnAttention() throws IOException, InterruptedException {
        client.sendBatch("committing", 0);
        assertThat(backend.last().hanging.await(20, TimeUnit.SECONDS)).isTrue();
        client.attention();

        assertThat(client.reply().tokens())
                .containsExactly(
                        new EnvChange.Transaction(EnvChange.COMMIT_TRANSACTION, 0, 1),
                        new Done(Done.Kind.DONE, 0, 0, 0));
        assertThat(client.reply().tokens()).isEqualTo(ACKNOWLEDGED);
        stillUsable();
    }

    /** Else the client would take for undone what is done. */
    @Test
    void whatWasDoneIsToldAlsoAfterAnAttention() throws IOException, InterruptedException {
        client.sendBatch("late", 0);
        assertThat(backend.last().hanging.await(20, TimeUnit.SECONDS)).isTrue();
        client.attention();

        assertThat(client.reply().tokens())
                .containsExactly(new Done(Done.Kind.DONE, Done.COUNT, Done.COMMAND_UPDATE, 1));
        assertThat(client.reply().tokens()).isEqualTo(ACKNOWLEDGED);
        stillUsable();
    }

    @Test
    void whatWasDoneBeforeTheAttentionIsToldAsDoneAndNotAsTheEnd() throws IOException, InterruptedException {
        client.sendBatch("half", 0);
        assertThat(backend.last().hanging.await(20, TimeUnit.SECONDS)).isTrue();
        client.attention();

        assertThat(client.reply().tokens())
                .containsExactly(
                        new Done(Done.Kind.DONE, Done.COUNT | Done.MORE, Done.COMMAND_UPDATE, 1),
                        new Done(Done.Kind.DONE, 0, 0, 0));
        assertThat(client.reply().tokens()).isEqualTo(ACKNOWLEDGED);
        stillUsable();
    }

    @Test
    void isAnsweredAlsoWhenItComesLate() throws IOException {
        client.batch("update");
        client.attention();
        assertThat(client.reply().tokens()).isEqualTo(ACKNOWLEDGED);
        client.attention();
        assertThat(client.reply().tokens()).isEqualTo(ACKNOWLEDGED);
        stillUsable();
    }

    @Test
    void isAnsweredOnceHoweverItRacesWithTheEnd() throws IOException {
        for (int round = 0; round < 500; round++) {
            client.sendBatch("rows " + round % 50, 0);
            client.attention();

            Reply first = client.reply();
            assertThat(first.dones()).noneMatch(Done::isAttention);
            assertThat(first.last().hasMore()).isFalse();
            assertThat(client.reply().tokens()).isEqualTo(ACKNOWLEDGED);
            stillUsable();
        }
    }

    @Test
    void theEndOfTheConnectionStopsItsRequest() throws IOException, InterruptedException {
        client.sendBatch("hang", 0);
        assertThat(backend.last().hanging.await(20, TimeUnit.SECONDS)).isTrue();
        client.close();
        assertThat(backend.last().closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(backend.last().cancels.get()).isPositive();
    }
}
