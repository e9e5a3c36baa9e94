package dev.tidegate.client;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The one word that says what a connection is doing: a {@link Phase} and the number of the request it does it for. Every change goes
 * through here, by compare-and-set, so that of two threads that want different things exactly one gets its way, and a cancel can hit
 * only the request that it names. Thread-safe, lock-free.
 */
final class ConnectionState {
    private static final int PHASE_BITS = 4;
    private static final int PHASE_MASK = (1 << PHASE_BITS) - 1;
    private static final Phase[] PHASES = Phase.values();

    private final AtomicLong word = new AtomicLong(word(Phase.IDLE, 0));

    /** What a cancel has to do. */
    enum Cancellation {
        /** The request is over, or being cancelled already. */
        NOTHING,
        /** The thread that writes the request will see to it. */
        LEFT_TO_WRITER,
        /** The caller, and nobody else, sends an attention. */
        SEND_ATTENTION
    }

    Phase phase() {
        return phase(word.get());
    }

    boolean isRunning(long request) {
        long now = word.get();
        return number(now) == request && phase(now).isOpen() && phase(now) != Phase.IDLE;
    }

    /** IDLE → SENDING. Returns the new request's number, or -1 if the connection is not idle. */
    long begin() {
        long now = word.get();
        long request = number(now) + 1;
        return phase(now) == Phase.IDLE && word.compareAndSet(now, word(Phase.SENDING, request)) ? request : -1;
    }

    /** SENDING → EXECUTING. False if the request was cancelled meanwhile: the writer then sends the attention. */
    boolean sent(long request) {
        return move(Phase.SENDING, Phase.EXECUTING, request);
    }

    /** SENDING_CANCELLED → CANCELLING, by the writer. */
    boolean sentCancelled(long request) {
        return move(Phase.SENDING_CANCELLED, Phase.CANCELLING, request);
    }

    /** EXECUTING → STREAMING; nothing if it was cancelled meanwhile. */
    void answered(long request) {
        move(Phase.EXECUTING, Phase.STREAMING, request);
    }

    /** The answer is complete. False if an attention is on its way, whose confirmation must be read first. */
    boolean finish(long request) {
        return move(Phase.STREAMING, Phase.IDLE, request) || move(Phase.EXECUTING, Phase.IDLE, request);
    }

    /** CANCELLING → IDLE: the attention was confirmed. */
    boolean confirmed(long request) {
        return move(Phase.CANCELLING, Phase.IDLE, request);
    }

    /** SENDING → IDLE: nothing of the request has left. */
    boolean withdrawn(long request) {
        return move(Phase.SENDING, Phase.IDLE, request) || move(Phase.SENDING_CANCELLED, Phase.IDLE, request);
    }

    /** SENDING or SENDING_CANCELLED → EXECUTING: the message was given up, and only the server's word on that is to come. */
    boolean aborted(long request) {
        return move(Phase.SENDING, Phase.EXECUTING, request) || move(Phase.SENDING_CANCELLED, Phase.EXECUTING, request);
    }

    /** STREAMING or EXECUTING → SENDING, for a request of several messages such as a bulk load. */
    boolean sendMore(long request) {
        return move(Phase.STREAMING, Phase.SENDING, request) || move(Phase.EXECUTING, Phase.SENDING, request);
    }

    Cancellation cancel(long request) {
        for (; ; ) {
            long now = word.get();
            if (number(now) != request) {
                return Cancellation.NOTHING;
            }
            switch (phase(now)) {
                case SENDING -> {
                    if (word.compareAndSet(now, word(Phase.SENDING_CANCELLED, request))) {
                        return Cancellation.LEFT_TO_WRITER;
                    }
                }
                case EXECUTING, STREAMING -> {
                    if (word.compareAndSet(now, word(Phase.CANCELLING, request))) {
                        return Cancellation.SEND_ATTENTION;
                    }
                }
                default -> {
                    return Cancellation.NOTHING;
                }
            }
        }
    }

    /** Any open phase, or BROKEN → CLOSING. Returns the phase before; null if somebody else closes or has closed. */
    Phase closing() {
        for (; ; ) {
            long now = word.get();
            Phase before = phase(now);
            if (before == Phase.CLOSING || before == Phase.CLOSED) {
                return null;
            }
            if (word.compareAndSet(now, word(Phase.CLOSING, number(now)))) {
                return before;
            }
        }
    }

    void closed() {
        word.updateAndGet(now -> word(Phase.CLOSED, number(now)));
    }

    /** Any open phase → BROKEN. */
    void broken() {
        word.updateAndGet(now -> phase(now).isOpen() ? word(Phase.BROKEN, number(now)) : now);
    }

    private boolean move(Phase from, Phase to, long request) {
        return word.compareAndSet(word(from, request), word(to, request));
    }

    private static long word(Phase phase, long request) {
        return request << PHASE_BITS | phase.ordinal();
    }

    private static Phase phase(long word) {
        return PHASES[(int) word & PHASE_MASK];
    }

    private static long number(long word) {
        return word >>> PHASE_BITS;
    }
}
