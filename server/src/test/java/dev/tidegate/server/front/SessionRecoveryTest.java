package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.message.SessionRecovery.State;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.FeatureExtAck;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.SessionState;
import dev.tidegate.tds.token.SessionStates;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.type.Collation;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server promises of recovery, tells of a session's state, and takes up again. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionRecoveryTest {
    private static final Map<Integer, byte[]> NOTHING = Map.of();

    private EmbeddedSqlServer server;
    private RawClient client;
    private Map<Integer, byte[]> initial;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedSqlServer.builder()
                .database("main")
                .database("other")
                .login("sa", "Secret-1")
                .start();
        client = connected();
        Reply reply = client.login(login -> login.feature(LoginFeature.sessionRecovery()));
        byte[] acknowledged = reply.all(FeatureExtAck.class).get(0).features().get(LoginFeature.SESSION_RECOVERY);
        initial = SessionStates.parse(acknowledged);
        assertThat(initial).isNotEmpty();
        assertThat(reply.all(SessionState.class)).isEmpty();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private RawClient connected() throws IOException {
        RawClient fresh = new RawClient(server.port());
        fresh.prelogin(Encryption.NOT_SUPPORTED);
        return fresh;
    }

    @ParameterizedTest
    @ValueSource(strings = {"V7_4", "V7_3B"})
    void whoDoesNotAskOrCannotKnowIsToldNothing(String version) throws IOException {
        try (RawClient other = new RawClient(server.port())) {
            other.version = TdsVersion.valueOf(version);
            other.prelogin(Encryption.NOT_SUPPORTED);
            assertThat(other.login(UnaryOperator.identity()).all(FeatureExtAck.class))
                    .isEmpty();
            assertThat(other.batch("SET NOCOUNT ON; CREATE TABLE #t (a int)").all(SessionState.class))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET NOCOUNT ON",
                "SET XACT_ABORT ON",
                "SET IMPLICIT_TRANSACTIONS ON",
                "SET QUOTED_IDENTIFIER OFF",
                "SET LOCK_TIMEOUT 1500",
                "SET ROWCOUNT 7",
                "SET TEXTSIZE 100",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"
            })
    void everySettingIsToldOnceBeforeTheLastDone(String set) throws IOException {
        SessionState told = only(client.batch(set));
        assertThat(told.sequence()).isZero();
        assertThat(told.recoverable()).isTrue();
        assertThat(told.states()).hasSize(1);
        told.states().forEach((id, value) -> assertThat(value).isNotEqualTo(initial.get(id)));
        assertThat(client.batch("SELECT 1").all(SessionState.class)).isEmpty();
        assertThat(client.batch(set).all(SessionState.class)).isEmpty();
        assertThat(only(client.batch("SET LOCK_TIMEOUT 77; SET ROWCOUNT 0")).sequence())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE #t (a int) | DROP TABLE #t",
                "SELECT 1 AS a INTO #t | DROP TABLE #t",
                "EXEC sp_getapplock 'l', 'Exclusive', 'Session' | EXEC sp_releaseapplock 'l', 'Session'",
                "BEGIN TRAN | ROLLBACK",
            })
    void whatCannotComeBackIsToldAsLongAsItIsThere(String begin, String end) throws IOException {
        SessionState told = only(client.batch(begin));
        assertThat(told.recoverable()).isFalse();
        Map<Integer, byte[]> lost = new HashMap<>(told.states());
        SessionState inBetween = only(inTransactionOr(begin, "SET NOCOUNT ON"));
        assertThat(inBetween.recoverable()).isFalse();
        assertThat(inBetween.states()).hasSize(1);
        lost.putAll(inBetween.states());
        SessionState after = only(inTransactionOr(begin, end));
        assertThat(after.recoverable()).isTrue();
        assertThat(after.states().keySet()).isEqualTo(lost.keySet());
        assertThat(client.batch("SELECT 1").all(SessionState.class)).isEmpty();
    }

    private Reply inTransactionOr(String begun, String sql) throws IOException {
        client.transaction = 0;
        if (begun.equals("BEGIN TRAN")) {
            client.transaction = transactionOpen;
        }
        Reply reply = client.batch(sql);
        client.transaction = 0;
        return reply;
    }

    private long transactionOpen;

    @Test
    void aTransactionOfTheTransactionManagerIsToldWithItsBegin() throws IOException {
        Reply begun = client.transaction(new TransactionManagerRequest.Begin(new RequestHeaders(0), 0, ""));
        assertThat(only(begun).recoverable()).isFalse();
        client.transaction =
                ((EnvChange.Transaction) begun.all(EnvChange.class).get(0)).newDescriptor();
        Reply ended =
                client.transaction(new TransactionManagerRequest.Commit(new RequestHeaders(client.transaction), "", null));
        assertThat(only(ended).recoverable()).isTrue();
        assertThat(only(ended).states()).isNotEmpty();
    }

    @Test
    void aResetTellsEverythingAnew() throws IOException {
        client.batch("CREATE TABLE #t (a int)");
        client.sendBatch("CREATE TABLE #t (a int)", PacketStatus.RESET_CONNECTION);
        SessionState told = only(client.reply());
        assertThat(told.recoverable()).isFalse();
        assertThat(told.states().keySet()).containsAll(initial.keySet());
    }

    @Test
    void whatACancelledRequestHasDoneIsToldWithItsEnd() throws IOException {
        client.sendBatch("CREATE TABLE #t (a int); WAITFOR DELAY '00:00:30'", 0);
        client.attention();
        boolean told = false;
        boolean created;
        Reply reply;
        do {
            reply = client.reply();
            told |= !reply.all(SessionState.class).isEmpty();
        } while (!reply.last().isAttention());
        created = client.batch("SELECT a FROM #t").errors().isEmpty();
        assertThat(told).isEqualTo(created);
    }

    @Test
    void aSessionIsTakenUpWhereItWas() throws IOException {
        client.batch("SET LANGUAGE Deutsch; SET LOCK_TIMEOUT 1500; SET NOCOUNT ON; USE other");
        Map<Integer, byte[]> changed = only(client.batch("SET ROWCOUNT 2")).states();
        Map<Integer, byte[]> wanted = new HashMap<>(changed);
        SessionState before = new SessionState(0, true, wanted);
        client.close();
        try (RawClient again = connected()) {
            Reply reply = again.login(login -> login.feature(LoginFeature.sessionRecovery(new SessionRecovery(
                    new State("main", Collation.DEFAULT, "us_english", initial),
                    new State("other", null, "Deutsch", before.states())))));
            assertThat(reply.errors()).isEmpty();
            assertThat(SessionStates.parse(
                            reply.all(FeatureExtAck.class).get(0).features().get(LoginFeature.SESSION_RECOVERY)))
                    .usingRecursiveComparison()
                    .isEqualTo(initial);
            assertThat(only(reply).states()).usingRecursiveComparison().isEqualTo(before.states());
            assertThat(texts(reply)).containsSequence("other").contains("Deutsch");
            assertThat(again.batch("SELECT DB_NAME(), @@LANGUAGE, @@LOCK_TIMEOUT").rows().get(0))
                    .containsExactly("other", "Deutsch", 1500);
            assertThat(again.batch("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3").rows())
                    .hasSize(2);
            again.sendBatch("SELECT DB_NAME(), @@LOCK_TIMEOUT", PacketStatus.RESET_CONNECTION);
            assertThat(again.reply().rows().get(0)).containsExactly("main", -1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main | us_english | 77=01 | '' | session state 77 is not known",
                "main | us_english | 1=FF | '' | session state 1 has no value",
                "main | us_english | 1= | '' | session state 1 has no value",
                "main | us_english | 2=00 | '' | session state 2 has no value",
                "main | us_english | 2=FEFFFFFFFFFFFFFF0000000000000000FFFFFF7F | '' | session state 2 has no value",
                "main | us_english | 3=00 | '' | session state 3 has no value",
                "main | us_english | 3=09 | '' | session state 3 has no value",
                "main | us_english | 4=41 | '' | session state 4 has no value",
                "main | us_english | 9=01 | '' | which are gone",
                "main | us_english | 10=01 | '' | which are gone",
                "main | us_english | 10= | '' | which are gone",
                "other | us_english | 1=01 | '' | began in database 'other'",
                "main | Deutsch | 1=01 | '' | began with language 'Deutsch'",
                "main | us_english | 1=01 | nowhere | Cannot open database \"nowhere\""
            })
    void whatCannotBeRestoredIsRefused(String database, String language, String state, String to, String because)
            throws IOException {
        String[] parts = state.split("=", -1);
        State wanted = new State(
                to, null, "", Map.of(Integer.parseInt(parts[0]), java.util.HexFormat.of().parseHex(parts[1])));
        refused(
                LoginFeature.sessionRecovery(new SessionRecovery(new State(database, null, language, initial), wanted)),
                because);
    }

    @Test
    void anotherServersBeginningIsRefused() throws IOException {
        State same = new State("", null, "", NOTHING);
        refused(
                LoginFeature.sessionRecovery(
                        new SessionRecovery(new State("main", null, "", Map.of(1, new byte[] {0})), same)),
                "state 1 did not begin");
        refused(
                LoginFeature.sessionRecovery(new SessionRecovery(new State("main", null, "", Map.of(200, new byte[0])), same)),
                "state 200 did not begin");
        refused(
                LoginFeature.sessionRecovery(
                        new SessionRecovery(new State("main", new Collation(0x0409, 7), "", initial), same)),
                "collation is not this server's");
        refused(new LoginFeature(LoginFeature.SESSION_RECOVERY, new byte[] {9, 0, 0, 0}), "its data is not in order");
        refused(
                LoginFeature.sessionRecovery(
                        new SessionRecovery(new State("main", null, "", initial), new State("", null, "l".repeat(129), NOTHING))),
                "a name of 129 characters");
    }

    private void refused(LoginFeature feature, String because) throws IOException {
        try (RawClient again = connected()) {
            Reply reply = again.login(login -> login.feature(feature));
            assertThat(reply.all(LoginAck.class)).isEmpty();
            assertThat(reply.errors().get(0).text()).contains(because);
            assertThat(reply.errors().get(0).number()).isIn(18456, 4060);
            assertThat(reply.last().isError()).isTrue();
            assertThat(again.closedByServer()).isTrue();
        }
    }

    /** The only such token, which must stand right before the last DONE. */
    private SessionState only(Reply reply) {
        assertThat(reply.errors()).isEmpty();
        List<Token> tokens = reply.tokens();
        assertThat(tokens.get(tokens.size() - 1)).isInstanceOf(Done.class);
        assertThat(tokens.get(tokens.size() - 2)).isInstanceOf(SessionState.class);
        assertThat(reply.all(SessionState.class)).hasSize(1);
        for (EnvChange change : reply.all(EnvChange.class)) {
            if (change instanceof EnvChange.Transaction transaction) {
                transactionOpen = transaction.newDescriptor();
            }
        }
        return reply.all(SessionState.class).get(0);
    }

    private static List<String> texts(Reply reply) {
        return reply.all(EnvChange.class).stream()
                .filter(EnvChange.Text.class::isInstance)
                .map(change -> ((EnvChange.Text) change).newValue())
                .toList();
    }
}
