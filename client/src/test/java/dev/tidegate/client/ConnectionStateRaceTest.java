package dev.tidegate.client;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The moves of one owner raced with cancels and closes of other threads: whatever the interleaving, the results are those of some order
 * one after the other.
 */
@Timeout(300)
public class ConnectionStateRaceTest {
    private final ConnectionState state = ConnectionState.connecting();
    private Phase stage = Phase.IDLE;
    private long request;
    /** The first request finds no line, so that its session is taken up on another one; the later ones do not. */
    private boolean lineEnded;

    public ConnectionStateRaceTest() {
        state.connected();
        state.loggedIn();
    }

    /** What the owner does next follows from what its last move returned, as with a thread that runs requests one after the other. */
    @Operation(nonParallelGroup = "owner")
    public String step() {
        switch (stage) {
            case IDLE -> {
                request = state.begin(() -> true);
                stage = request < 0 ? Phase.TRANSACTION_LOST : Phase.SENDING;
                return "begun " + request;
            }
            case TRANSACTION_LOST -> {
                stage = Phase.IDLE;
                return "loss accepted " + state.lossAccepted();
            }
            case SENDING -> {
                if (!lineEnded) {
                    lineEnded = true;
                    boolean reconnecting = state.reconnecting(request);
                    stage = reconnecting ? Phase.RECONNECTING : Phase.SENDING_CANCELLED;
                    return "reconnecting " + reconnecting;
                }
                boolean attention = state.sent(request);
                stage = attention ? Phase.CANCELLING : Phase.EXECUTING;
                return "attention by the writer " + attention;
            }
            case RECONNECTING -> {
                boolean reconnected = state.reconnected(request);
                stage = reconnected ? Phase.SENDING : Phase.IDLE;
                return "reconnected " + reconnected;
            }
            case SENDING_CANCELLED -> {
                stage = Phase.IDLE;
                return "withdrawn " + state.withdrawn(request);
            }
            case EXECUTING -> {
                state.answered(request);
                stage = Phase.STREAMING;
                return "answered";
            }
            case STREAMING -> {
                boolean finished = state.finish(request);
                stage = finished ? Phase.IDLE : Phase.CANCELLING;
                return "finished " + finished;
            }
            default -> {
                stage = Phase.IDLE;
                return "confirmed " + state.confirmed(request);
            }
        }
    }

    @Operation
    public String cancelFirst() {
        return state.cancel(1).name();
    }

    @Operation
    public String cancelSecond() {
        return state.cancel(2).name();
    }

    @Operation
    public String close() {
        Phase before = state.closing();
        return before == null ? "not let through" : "closes";
    }

    @Operation
    public void lineBreaks() {
        state.broken();
    }

    @Operation
    public void lineBreaksInATransaction() {
        state.transactionLost();
    }

    @Test
    void modelChecked() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsBefore(3)
                .actorsPerThread(3)
                .iterations(8)
                .invocationsPerIteration(300)
                .check(ConnectionStateRaceTest.class);
    }

    @Test
    void stressed() {
        new StressOptions()
                .threads(3)
                .actorsBefore(3)
                .actorsPerThread(3)
                .iterations(8)
                .invocationsPerIteration(500)
                .check(ConnectionStateRaceTest.class);
    }
}
