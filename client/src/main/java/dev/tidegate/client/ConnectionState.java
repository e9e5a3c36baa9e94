package dev.tidegate.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;

/**
 * The one word that says what a connection is doing: a {@link Phase} and the number of the request it does it for. Every change goes
 * through here, by compare-and-set, so that of two threads that want different things exactly one gets its way, and a cancel can hit
 * only the request that it names. Thread-safe, lock-free.
 *
 * <p>Some moves belong to the thread that connects or runs the request. That a close or the line was faster makes them come to nothing,
 * which their result says. Any other phase means a mistake in this library: the move is refused.
 */
final class ConnectionState {
    private static final int PHASE_BITS = 4;
    private static final int PHASE_MASK = (1 << PHASE_BITS) - 1;
    private static final Phase[] PHASES = Phase.values();
    private static final int CLOSING = Phase.CLOSING.ordinal();
    private static final int CLOSED = Phase.CLOSED.ordinal();

    private static final VarHandle WORD;
    private static final VarHandle TICKET;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(ConnectionState.class, "word", long.class);
            TICKET = lookup.findVarHandle(ConnectionState.class, "ticket", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Nobody's. */
    static final long NO_TICKET = 0;

    // What every use in a pool changes stands side by side: another processor fetches it as one.
    private volatile long word;
    /** Of the present user. */
    private volatile long ticket = NO_TICKET;

    private long ticketsMade = NO_TICKET;
    private long requestsBeforeUser;

    /** What a cancel has to do. */
    enum Cancellation {
        /** The request is over, or being cancelled already. */
        NOTHING,
        /** The thread that writes the request will see to it. */
        LEFT_TO_WRITER,
        /** The caller, and nobody else, sends an attention. */
        SEND_ATTENTION,
        /** The caller gives the reconnect up, which the request waits for. */
        ABORT_RECONNECT
    }

    private ConnectionState(Phase phase) {
        this.word = word(phase, 0);
    }

    /** Of a connection that is to be made. */
    static ConnectionState connecting() {
        return new ConnectionState(Phase.CONNECTING);
    }

    Phase phase() {
        return phase(word);
    }

    /** A number that changes with every move. */
    long stamp() {
        return word;
    }

    /** Whether the phase is CLOSING or CLOSED. */
    boolean isEnding() {
        int phase = (int) word & PHASE_MASK;
        return phase == CLOSING || phase == CLOSED;
    }

    /** CONNECTING → LOGGING_IN: there is a line. */
    boolean connected() {
        return move(0, Phase.LOGGING_IN, Phase.CONNECTING);
    }

    /** LOGGING_IN → CONNECTING: the server sends us on, or the login is tried again. */
    boolean connectingAgain() {
        return move(0, Phase.CONNECTING, Phase.LOGGING_IN, Phase.CONNECTING);
    }

    /** LOGGING_IN → IDLE. False if a close was faster. */
    boolean loggedIn() {
        return move(0, Phase.IDLE, Phase.LOGGING_IN);
    }

    /**
     * IDLE → SENDING.
     *
     * @param entitled asked between the look at the state and the move: whoever loses the connection meanwhile finds it changed
     * @return the new request's number, or -1 if the connection is not idle or the caller not entitled
     */
    long begin(BooleanSupplier entitled) {
        long now = word;
        long next = number(now) + 1;
        boolean moved = phase(now) == Phase.IDLE
                && entitled.getAsBoolean()
                && WORD.compareAndSet(this, now, word(Phase.SENDING, next));
        return moved ? next : -1;
    }

    /** For one user more, who is nobody before it is {@link #admit admitted}; only for the owner. A number, not the user: it may be lost. */
    long newTicket() {
        return ++ticketsMade;
    }

    /**
     * From now on only who shows this ticket can begin a request. What another has begun before goes on. The next move publishes it: until
     * then nobody can begin anything.
     *
     * @param valid {@link #NO_TICKET}: nobody can
     */
    void admit(long valid) {
        TICKET.setRelease(this, valid);
    }

    long ticket() {
        return ticket;
    }

    boolean admits(long shown) {
        return ticket == shown;
    }

    /** How many requests there were, parking included. */
    long requests() {
        return number(word);
    }

    /** IDLE → PARKED, under a number of its own. False if the connection is not idle, or there were more requests than those. */
    boolean park(long requests) {
        return WORD.compareAndSet(this, word(Phase.IDLE, requests), word(Phase.PARKED, requests + 1));
    }

    /** PARKED → IDLE, for the next user. False if the connection has ended meanwhile. */
    boolean unpark() {
        long requests = number(word);
        requestsBeforeUser = requests;
        return move(requests, Phase.IDLE, Phase.PARKED);
    }

    /** How many requests there were at the last {@link #unpark}; only for the owner. */
    long requestsBeforeUser() {
        return requestsBeforeUser;
    }

    /**
     * SENDING → RECONNECTING: the line has ended before anything of the request was sent.
     *
     * @return false if a cancel or the end of the connection came first
     */
    boolean reconnecting(long request) {
        long now = word;
        boolean cancelled = phase(now) == Phase.SENDING_CANCELLED && number(now) == request;
        if (cancelled || isLost(now, request, Phase.RECONNECTING, Phase.SENDING)) {
            return false;
        }
        // Only a cancel or an end can have come in between.
        return WORD.compareAndSet(this, now, word(Phase.RECONNECTING, request));
    }

    /** RECONNECTING → SENDING: there is another line. */
    boolean reconnected(long request) {
        return move(request, Phase.SENDING, Phase.RECONNECTING);
    }

    /** RECONNECTING → IDLE: it was given up; the next request may try again. */
    boolean notReconnected(long request) {
        return move(request, Phase.IDLE, Phase.RECONNECTING);
    }

    /**
     * The message is with the server: SENDING → EXECUTING, or SENDING_CANCELLED → CANCELLING.
     *
     * @return true if it was cancelled meanwhile: the caller, and nobody else, sends an attention
     */
    boolean sent(long request) {
        for (; ; ) {
            long now = word;
            Phase next = phase(now) == Phase.SENDING_CANCELLED ? Phase.CANCELLING : Phase.EXECUTING;
            if (isLost(now, request, next, Phase.SENDING, Phase.SENDING_CANCELLED)) {
                return false;
            }
            if (WORD.compareAndSet(this, now, word(next, request))) {
                return next == Phase.CANCELLING;
            }
        }
    }

    /** EXECUTING → STREAMING; nothing if it was cancelled meanwhile, or is streaming already. */
    void answered(long request) {
        moveUnlessCancelling(request, Phase.STREAMING);
    }

    /** EXECUTING or STREAMING → IDLE: the answer is complete. False if an attention is on its way, whose confirmation comes first. */
    boolean finish(long request) {
        return moveUnlessCancelling(request, Phase.IDLE);
    }

    /** EXECUTING or STREAMING → SENDING, for a request of several messages such as a bulk load. False as with {@link #finish}. */
    boolean sendMore(long request) {
        return moveUnlessCancelling(request, Phase.SENDING);
    }

    /** CANCELLING → IDLE: the attention was confirmed. */
    boolean confirmed(long request) {
        return move(request, Phase.IDLE, Phase.CANCELLING);
    }

    /** SENDING or SENDING_CANCELLED → IDLE: nothing of the message has left. */
    boolean withdrawn(long request) {
        return move(request, Phase.IDLE, Phase.SENDING, Phase.SENDING_CANCELLED);
    }

    /** SENDING or SENDING_CANCELLED → EXECUTING: the message was given up, and only the server's word on that is to come. */
    boolean aborted(long request) {
        return move(request, Phase.EXECUTING, Phase.SENDING, Phase.SENDING_CANCELLED);
    }

    Cancellation cancel(long request) {
        for (; ; ) {
            long now = word;
            if (number(now) != request) {
                return Cancellation.NOTHING;
            }
            switch (phase(now)) {
                case SENDING -> {
                    if (WORD.compareAndSet(this, now, word(Phase.SENDING_CANCELLED, request))) {
                        return Cancellation.LEFT_TO_WRITER;
                    }
                }
                case RECONNECTING -> {
                    return Cancellation.ABORT_RECONNECT;
                }
                case EXECUTING, STREAMING -> {
                    if (WORD.compareAndSet(this, now, word(Phase.CANCELLING, request))) {
                        return Cancellation.SEND_ATTENTION;
                    }
                }
                default -> {
                    return Cancellation.NOTHING;
                }
            }
        }
    }

    /** Any open phase, BROKEN, or TRANSACTION_LOST → CLOSING. Returns the phase before; null if somebody else closes or has closed. */
    Phase closing() {
        for (; ; ) {
            long now = word;
            Phase before = phase(now);
            if (before == Phase.CLOSING || before == Phase.CLOSED) {
                return null;
            }
            if (WORD.compareAndSet(this, now, word(Phase.CLOSING, number(now)))) {
                return before;
            }
        }
    }

    /** CLOSING → CLOSED, by the thread that closes. */
    void closed() {
        long now = word;
        if (phase(now) != Phase.CLOSING || !WORD.compareAndSet(this, now, word(Phase.CLOSED, number(now)))) {
            throw illegal(now, number(now), Phase.CLOSED);
        }
    }

    /** Any open phase, or TRANSACTION_LOST → BROKEN. */
    void broken() {
        update(now ->
                phase(now).isOpen() || phase(now) == Phase.TRANSACTION_LOST ? word(Phase.BROKEN, number(now)) : now);
    }

    /** Any open phase → TRANSACTION_LOST. */
    void transactionLost() {
        update(now -> phase(now).isOpen() ? word(Phase.TRANSACTION_LOST, number(now)) : now);
    }

    /** TRANSACTION_LOST → IDLE, without a line: the next request finds it ended. False in any other phase. */
    boolean lossAccepted() {
        long now = word;
        return phase(now) == Phase.TRANSACTION_LOST && WORD.compareAndSet(this, now, word(Phase.IDLE, number(now)));
    }

    private void update(LongUnaryOperator change) {
        long now = word;
        while (!WORD.compareAndSet(this, now, change.applyAsLong(now))) {
            now = word;
        }
    }

    private boolean move(long request, Phase to, Phase... from) {
        for (; ; ) {
            long now = word;
            if (isLost(now, request, to, from)) {
                return false;
            }
            if (WORD.compareAndSet(this, now, word(to, request))) {
                return true;
            }
        }
    }

    private boolean moveUnlessCancelling(long request, Phase to) {
        for (; ; ) {
            long now = word;
            if (isLost(now, request, to, Phase.EXECUTING, Phase.STREAMING, Phase.CANCELLING)
                    || phase(now) == Phase.CANCELLING) {
                return false;
            }
            if (WORD.compareAndSet(this, now, word(to, request))) {
                return true;
            }
        }
    }

    /** True if the connection has ended under its owner; refuses what can only be a mistake. */
    private static boolean isLost(long now, long request, Phase to, Phase... from) {
        Phase phase = phase(now);
        if (!phase.isOpen()) {
            return true;
        }
        if (number(now) == request) {
            for (Phase legal : from) {
                if (phase == legal) {
                    return false;
                }
            }
        }
        throw illegal(now, request, to);
    }

    private static IllegalStateException illegal(long now, long request, Phase to) {
        return new IllegalStateException("illegal move of a connection from " + phase(now) + " of request "
                + number(now) + " to " + to + " of request " + request);
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
