package dev.tidegate.client.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.invariant.NothingLeftBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The line fails at every byte of a dialogue of login, batch, call, bulk load and commit, in either direction. How many points that were
 * is in {@code target/disconnect-sweep.txt}.
 */
@Timeout(300)
class DisconnectSweepTest {
    private static final Map<String, Integer> POINTS = new TreeMap<>();
    private static final int CHUNK = 1500;

    /** At once, where most of the time is waiting. */
    private static final int MANY = 250;

    private static final int STALL_STEP_OF_POOLS = Integer.getInteger("sweep.step", 7);

    private EmbeddedSqlServer server;
    private Sweep sweep;
    private Map<Flow, Integer> bytes;

    @RegisterExtension
    final NothingLeftBehind invariant = new NothingLeftBehind();

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .login("sa", "Secret-1")
                .start();
        sweep = new Sweep(server, TdsConnection.open(patient()));
        for (String table : Dialogue.TABLES) {
            sweep.execute(table);
        }
        sweep.execute(Dialogue.fill());
        bytes = sweep.measure(patient());
    }

    @AfterEach
    void stop() {
        sweep.close();
        server.close();
    }

    @AfterAll
    static void report() throws IOException {
        StringBuilder text = new StringBuilder();
        POINTS.forEach(
                (what, count) -> text.append(what).append(": ").append(count).append(" points\n"));
        Files.writeString(Path.of("target", "disconnect-sweep.txt"), text);
    }

    @Guarantee("G15")
    @Guarantee("G23")
    @Guarantee("G28")
    @ParameterizedTest
    @EnumSource
    void cutAtEveryByte(Ending ending) throws Exception {
        List<Fault> faults = everywhere(flow -> after -> Fault.cut(flow, after, ending), 1);
        assertThat(faults).hasSizeGreaterThan(2000);
        for (List<Fault> chunk : chunks(faults)) {
            List<Sweep.Result> results = sweep.run(
                    chunk,
                    16,
                    (dialogue, proxy) -> dialogue.on(() -> TdsConnection.open(Sweep.through(patient(), proxy))));
            assertThat(results).allMatch(Sweep.Result::reached);
            check(results);
        }
        POINTS.put("cut, " + ending, faults.size());
    }

    @Guarantee("G23")
    @Test
    void stallAtEveryByte() throws Exception {
        List<Fault> faults = everywhere(flow -> after -> Fault.stall(flow, after), 1);
        for (List<Fault> chunk : chunks(faults)) {
            check(sweep.run(
                    chunk,
                    MANY,
                    (dialogue, proxy) -> dialogue.on(() -> TdsConnection.open(Sweep.through(impatient(), proxy)))));
        }
        POINTS.put("stall", faults.size());
    }

    @Guarantee("G23")
    @Test
    void corruptAtEveryByte() throws Exception {
        List<Fault> faults = everywhere(flow -> at -> Fault.corrupt(flow, at, 1 + at * 31 % 255), 1);
        for (List<Fault> chunk : chunks(faults)) {
            // The protocol has no checksum: what was read may be anything, but the client ends, and in order.
            sweep.run(chunk, MANY, (dialogue, proxy) -> {
                try {
                    return dialogue.on(() -> TdsConnection.open(Sweep.through(impatient(), proxy)));
                } catch (AssertionError e) {
                    return Outcome.failed(new SQLException("another answer than the server's", e));
                }
            });
            sweep.awaitNoOtherConnection();
        }
        POINTS.put("corrupt", faults.size());
    }

    @Guarantee(value = "G23", surface = Surface.P)
    @Test
    void aPoolIsCutAtEveryByteAndServesTheNextUser() throws Exception {
        List<Fault> faults =
                everywhere(flow -> after -> Fault.cut(flow, after, after % 2 == 0 ? Ending.FIN : Ending.RESET), 1);
        sweepPools(faults, 32, patient());
        POINTS.put("pool, cut", faults.size());
    }

    @Guarantee(value = "G23", surface = Surface.P)
    @Test
    void aPoolIsStalledAndServesTheNextUser() throws Exception {
        List<Fault> faults = everywhere(flow -> after -> Fault.stall(flow, after), STALL_STEP_OF_POOLS);
        // Longer limits than elsewhere: the next user, who has the same, must be served also by a machine that is busy.
        ConnectionSettings settings = impatient().toBuilder()
                .set(ConnectionProperty.LOGIN_TIMEOUT, "3")
                .set(ConnectionProperty.SOCKET_TIMEOUT, "3000")
                .build();
        sweepPools(faults, 128, settings);
        POINTS.put("pool, stall", faults.size());
    }

    private void sweepPools(List<Fault> faults, int atOnce, ConnectionSettings settings) throws Exception {
        for (List<Fault> chunk : chunks(faults)) {
            List<Sweep.Result> results;
            try (PoolClient client = new PoolClient(settings)) {
                results = sweep.run(chunk, atOnce, client);
            }
            check(results);
        }
    }

    private void check(List<Sweep.Result> results) throws Exception {
        sweep.checkEffects(results);
        assertThat(results).allMatch(DisconnectSweepTest::isTyped);
    }

    private static boolean isTyped(Sweep.Result result) {
        SQLException failure = result.outcome().failure();
        return failure == null || failure instanceof SQLTimeoutException || Disconnects.isDisconnect(failure);
    }

    private List<Fault> everywhere(Function<Flow, IntFunction<Fault>> fault, int step) {
        List<Fault> faults = new ArrayList<>();
        for (Flow flow : Flow.values()) {
            for (int after = 0; after < bytes.get(flow); after += step) {
                faults.add(fault.apply(flow).apply(after));
            }
        }
        return faults;
    }

    private static List<List<Fault>> chunks(List<Fault> faults) {
        List<List<Fault>> chunks = new ArrayList<>();
        for (int begin = 0; begin < faults.size(); begin += CHUNK) {
            chunks.add(faults.subList(begin, Math.min(faults.size(), begin + CHUNK)));
        }
        return chunks;
    }

    private ConnectionSettings patient() {
        return settings().build();
    }

    /** So that a stall is noticed soon. */
    private ConnectionSettings impatient() {
        return settings()
                .set(ConnectionProperty.LOGIN_TIMEOUT, "1")
                .set(ConnectionProperty.SOCKET_TIMEOUT, "400")
                .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "1")
                .set(ConnectionProperty.CLOSE_TIMEOUT, "200")
                .build();
    }

    private ConnectionSettings.Builder settings() {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(server.port())
                .database("demo")
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, "false")
                .set(ConnectionProperty.PACKET_SIZE, "512")
                .set(ConnectionProperty.CONNECT_RETRY_COUNT, "0");
    }
}
