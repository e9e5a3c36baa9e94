package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.guarantee.Guarantee;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** 10,000 cancels, each at another moment: whoever is cancelled is told so, and the next request never is. */
class CancelRoundsTest extends OnOneServer {
    private static final int CONNECTIONS = 4;
    private static final int ROUNDS = 2_500;
    private static final int ROWS = 300;

    private enum Moment {
        BEFORE_THE_ANSWER,
        WHILE_STREAMING,
        AFTER_THE_END,
        AT_ANY_TIME
    }

    @Guarantee("G13")
    @Guarantee("G12")
    @Test
    void aCancelIsNeverLostAndNeverHitsTheNextRequest() throws Exception {
        try (TdsConnection connection = connect()) {
            run(connection, "CREATE TABLE numbers (n INT)");
            try (BulkLoad load = connection.bulkLoad("numbers", BulkLoadOptions.DEFAULTS)) {
                for (int i = 0; i < ROWS; i++) {
                    load.writeRow(i);
                }
                load.finish();
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(2 * CONNECTIONS);
        try {
            List<Future<Integer>> users = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int seed = i;
                users.add(threads.submit(() -> rounds(new Random(seed), threads)));
            }
            int cancelled = 0;
            for (Future<Integer> user : users) {
                cancelled += user.get();
            }
            // Half of the rounds cancel where the answer cannot have ended.
            assertThat(cancelled).isGreaterThanOrEqualTo(CONNECTIONS * ROUNDS / 2);
        } finally {
            threads.shutdownNow();
        }
    }

    /** @return how many requests were cancelled */
    private int rounds(Random random, ExecutorService threads) throws Exception {
        int cancelled = 0;
        try (TdsConnection connection = connect()) {
            for (int round = 0; round < ROUNDS; round++) {
                Moment moment = Moment.values()[round % Moment.values().length];
                if (cancelledAt(moment, connection, random, threads)) {
                    cancelled++;
                }
                assertThat(number(connection, "SELECT " + round)).isEqualTo(round);
            }
        }
        return cancelled;
    }

    private static boolean cancelledAt(Moment moment, TdsConnection connection, Random random, ExecutorService threads)
            throws Exception {
        try (Response response = connection.execute("SELECT n FROM numbers")) {
            switch (moment) {
                case BEFORE_THE_ANSWER -> {
                    response.cancel();
                    expectCancelled(response);
                    return true;
                }
                case WHILE_STREAMING -> {
                    assertThat(response.next()).isInstanceOf(Item.Rows.class);
                    for (int i = random.nextInt(ROWS - 1); i >= 0; i--) {
                        assertThat(response.nextRow()).isTrue();
                    }
                    connection.cancel();
                    expectCancelled(response);
                    return true;
                }
                case AFTER_THE_END -> {
                    assertThat(read(response)).hasSize(ROWS);
                    response.cancel();
                    connection.cancel();
                    return false;
                }
                default -> {
                    return raced(response, random.nextInt(20_000), threads);
                }
            }
        }
    }

    private static boolean raced(Response response, int spins, ExecutorService threads) throws Exception {
        Future<?> canceller = threads.submit(() -> {
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            response.cancel();
        });
        try {
            assertThat(read(response)).hasSize(ROWS);
            return false;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("HY008");
            return true;
        } finally {
            // May come late, when the next request runs.
            if (spins % 2 == 0) {
                canceller.get();
            }
        }
    }

    private static void expectCancelled(Response response) {
        assertThatThrownBy(response::finish)
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("HY008"));
    }
}
