package dev.tidegate.client;

import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.error.LineErrors;
import dev.tidegate.client.error.NotReconnectedException;
import dev.tidegate.client.error.NotReconnectedException.Reason;
import dev.tidegate.client.event.Ended;
import dev.tidegate.client.event.Journal;
import dev.tidegate.client.login.LoginResult;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.client.transport.DeadlineException;
import dev.tidegate.client.transport.TdsLine;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ServerMessage;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a connection is made of: its line, its state, and what the server told of the session. Sends requests, cancels them, and ends
 * the whole. {@link #cancel} and {@link #close} come from any thread; the rest from the thread that runs the request.
 */
final class Session {
    /** By its user, who had no other reason. */
    static final String CLOSED = "CLOSED";

    private final ConnectionSettings settings;
    private final TdsVersion version;
    private final boolean encrypted;
    private final SessionRecoveryState recovery;
    private final ConnectionState state;
    private final CloseGate gate;
    private final SessionEnvironment environment = new SessionEnvironment();
    private final StatementHandles handles;
    private final SessionSetup setup;
    private final ServerInfo serverInfo;
    private final List<ServerMessage> loginMessages;
    /** Another one when the session is taken up again. */
    private volatile Wire wire;

    private volatile Reconnection reconnection;
    private volatile RunningRequest running;
    private volatile Response lastResponse;
    /** An answer that somebody has closed while its row was in another thread's hands; whoever runs the next request drains it. */
    private final AtomicReference<Response> abandoned = new AtomicReference<>();

    private volatile Runnable onEnd = () -> {};
    private volatile Throwable brokenBy;
    private final long begun = System.nanoTime();
    private volatile long answered = begun;
    /** Asked for by the session's owner; whoever the next request comes from. */
    private volatile boolean resetDue;
    /** The latest user who has asked for a reset: it is of no concern to any later one. */
    private final AtomicLong resetAskedBy = new AtomicLong(ConnectionState.NO_TICKET);

    private final AtomicReference<SocketTimeout> socketTimeout;
    /** A message with the reset bit is on its way, and has not been acknowledged. */
    private boolean resetSent;

    /**
     * The line, and where it goes.
     *
     * @param receivedBefore bytes of the lines before it
     * @param sentBefore likewise
     */
    private record Wire(TdsLine line, String host, int port, long receivedBefore, long sentBefore) {}

    /** @param by its user; for any other it is as in the settings */
    private record SocketTimeout(long by, Duration limit) {}

    /** Writes the payload of one message. */
    interface Payload {
        void write(TdsWriter out) throws IOException;
    }

    /**
     * @param state still LOGGING_IN
     * @param gate which the attempt to connect goes through as well, when it is given up
     */
    Session(ConnectionSettings settings, LoginResult login, ConnectionState state, CloseGate gate) {
        this.settings = settings;
        this.state = state;
        this.gate = gate;
        this.socketTimeout =
                new AtomicReference<>(new SocketTimeout(ConnectionState.NO_TICKET, settings.socketTimeout()));
        this.version = login.version();
        this.wire = new Wire(login.line(), login.host(), login.port(), 0, 0);
        this.encrypted = login.encrypted();
        this.handles = new StatementHandles(settings, environment);
        this.recovery =
                new SessionRecoveryState(settings.number(ConnectionProperty.CONNECT_RETRY_COUNT) > 0, login.recovery());
        login.states().forEach(recovery::apply);
        login.changes().forEach(environment::apply);
        environment.loggedIn();
        this.setup = new SessionSetup(settings);
        this.serverInfo = ServerInfo.of(login, environment.collation());
        this.loginMessages = List.copyOf(login.messages());
    }

    ConnectionSettings settings() {
        return settings;
    }

    TdsLine line() {
        return wire.line;
    }

    TdsVersion version() {
        return version;
    }

    ConnectionState state() {
        return state;
    }

    SessionEnvironment environment() {
        return environment;
    }

    StatementHandles handles() {
        return handles;
    }

    SessionSetup setup() {
        return setup;
    }

    ServerInfo serverInfo() {
        return serverInfo;
    }

    List<ServerMessage> loginMessages() {
        return loginMessages;
    }

    SessionRecoveryState recovery() {
        return recovery;
    }

    /** Over the wire, since the first line was made. */
    long received() {
        Wire now = wire;
        return now.receivedBefore + now.line.received();
    }

    /** Over the wire, since the first line was made. */
    long sent() {
        Wire now = wire;
        return now.sentBefore + now.line.sent();
    }

    boolean isOpen() {
        return state.phase().isOpen();
    }

    /** True once it has been closed, also after it broke. */
    boolean wasClosed() {
        return state.isEnding();
    }

    /** True from the cut of the line in a transaction until {@link #acceptLoss}. */
    boolean hasLostTransaction() {
        return state.phase() == Phase.TRANSACTION_LOST;
    }

    /** The user knows that the transaction is lost: whether the next request can take the session up is seen then. False if none is. */
    boolean acceptLoss(long shown) {
        if (!admits(shown) || !hasLostTransaction()) {
            return false;
        }
        environment.transactionLost();
        recovery.transactionLost();
        return state.lossAccepted();
    }

    /** If the line was lost with it, nobody will ever know what has become of the transaction: no request may follow. */
    void outcomeUnknown() {
        if (hasLostTransaction()) {
            state.broken();
        }
    }

    /** Nobody will ask why the session cannot be taken up again, if it cannot. */
    void breakUnlessRecoverable() {
        if (recovery.obstacle() != null) {
            state.broken();
        }
    }

    /** The answer to a request tells of a change. */
    void apply(EnvChange change) {
        environment.apply(change);
        if (change instanceof EnvChange.ResetAcknowledged) {
            recovery.reset();
        } else if (change.type() == EnvChange.COMMIT_TRANSACTION || change.type() == EnvChange.ROLLBACK_TRANSACTION) {
            recovery.transactionEnded();
        }
    }

    /** True if the line has failed, and the session has not been taken up on another one. */
    boolean hasLostItsLine() {
        return brokenBy != null;
    }

    /** True if nobody on this side has ended it: the server has, or what lies between. */
    boolean wasCut() {
        Throwable by = brokenBy;
        return by instanceof IOException && !(by instanceof DeadlineException);
    }

    /** As {@link ConnectionState#admit}. */
    void admit(long valid) {
        state.admit(valid);
    }

    boolean admits(long shown) {
        return state.admits(shown);
    }

    /** Of the request that ran last; null if there was none. */
    Response lastResponse() {
        return lastResponse;
    }

    void responding(Response response) {
        lastResponse = response;
    }

    RequestHeaders headers() {
        return new RequestHeaders(environment.transaction());
    }

    ErrorContext context(String operation) {
        return new ErrorContext(wire.host, wire.port, environment.database(), operation);
    }

    /** How long the server may be silent while its answer is waited for; zero: for ever. */
    Duration socketTimeout() {
        return socketTimeoutOf(state.ticket());
    }

    Duration socketTimeoutOf(long user) {
        SocketTimeout set = socketTimeout.get();
        return set.by == user ? set.limit : settings.socketTimeout();
    }

    /** For as long as this user has the session; nothing if a later one has set it. */
    void setSocketTimeout(long shown, Duration limit) {
        SocketTimeout wanted = new SocketTimeout(shown, limit);
        socketTimeout.updateAndGet(before -> before.by > shown ? before : wanted);
    }

    /** The next request, whosever it is, begins with a reset of the session. Only for the owner. */
    void resetBeforeNextUser() {
        setup.resetComes();
        resetDue = true;
        handles.allDropped();
    }

    /** The next request of this user begins with a reset of the session; never that of another one. */
    void askForReset(long shown) {
        if (admits(shown)) {
            // Should another user have the session by now, its statements are prepared once more.
            handles.allDropped();
        }
        resetAskedBy.accumulateAndGet(shown, Math::max);
    }

    /** Whether the next request begins with a reset. */
    boolean isResetWanted() {
        return resetDue || resetAskedBy.get() == state.ticket() && state.ticket() != ConnectionState.NO_TICKET;
    }

    /**
     * Begins a request; its first message is to follow by {@link #send}. A session whose line has ended since the request before is taken
     * up on another one first, if that loses nothing.
     *
     * @param shown the ticket of whoever asks
     * @throws SQLException if the connection is closed, broken, or busy with another request
     */
    RunningRequest begin(long shown, String operation, RequestOptions options) throws SQLException {
        RunningRequest request = begin(shown, operation, options, settings.cancelQueryTimeout());
        if (line().hasEnded()) {
            reconnect(request);
        }
        return request;
    }

    /** As {@link #begin}, for a request whose time-out says that the line is dead: no confirmation of a cancel is waited for. */
    RunningRequest beginProbe(long shown, String operation, RequestOptions options) throws SQLException {
        return begin(shown, operation, options, Duration.ofMillis(1));
    }

    private RunningRequest begin(long shown, String operation, RequestOptions options, Duration confirmation)
            throws SQLException {
        if (admits(shown)) {
            dropAbandoned();
        }
        long number = state.begin(() -> admits(shown));
        if (number < 0) {
            throw admits(shown) ? notIdle(operation) : LineErrors.closed(context(operation));
        }
        RunningRequest request = new RunningRequest(
                this,
                number,
                operation,
                options.timeout() != null ? options.timeout() : settings.queryTimeout(),
                confirmation);
        running = request;
        recovery.requestBegins();
        line().setPatience(request);
        return request;
    }

    /** Nothing of the request was sent, so nothing can be done twice. */
    private void reconnect(RunningRequest request) throws SQLException {
        if (isResetWanted()) {
            // What the user before has left is not wanted back.
            recovery.reset();
            environment.backToLogin();
        }
        Reason obstacle = recovery.obstacle();
        boolean lost = environment.transaction() != 0;
        if (!lost && obstacle == null) {
            reconnection = new Reconnection(this, request);
            reconnection.run();
            return;
        }
        IOException cut = new EOFException("it was cut while nothing ran on it");
        breakLine(cut);
        if (state.phase() == Phase.BROKEN) {
            Journal.reconnecting(context(request.operation())).end(obstacle.name());
            throw new NotReconnectedException(obstacle, context(request.operation()), null);
        }
        throw notIdle(request.operation());
    }

    /** What is to be asked for by the login that takes the session up. */
    SessionRecovery replay() {
        return recovery.replay(environment);
    }

    /** In what the session of a login that was to take this one up is not the same; null if in nothing. */
    String difference(LoginResult login) {
        if (login.recovery() == null) {
            return "the server does not acknowledge its recovery";
        }
        if (login.encrypted() != encrypted) {
            return "it would " + (encrypted ? "not " : "") + "be encrypted";
        }
        if (login.version() != version) {
            return "it would speak " + login.version() + ", not " + version;
        }
        SessionEnvironment other = new SessionEnvironment();
        login.changes().forEach(other::apply);
        return environment.difference(other);
    }

    /** The session goes on with another line; its request is still in the phase RECONNECTING. */
    void takenUp(LoginResult login, RunningRequest request) {
        TdsLine old = line();
        old.close();
        login.line().setPatience(request);
        wire = new Wire(login.line(), login.host(), login.port(), received(), sent());
        login.states().forEach(recovery::apply);
        handles.allDropped();
        brokenBy = null;
    }

    /**
     * Sends a message of the request as a whole. A request that was cancelled meanwhile gets its attention here.
     *
     * @throws SQLException if the line fails
     * @throws RuntimeException of the payload, for a value that cannot be sent; nothing of the request is left then, also after an {@link
     *     Error}
     */
    void send(RunningRequest request, PacketType type, Payload payload) throws SQLException {
        TdsWriter writer = line().writer();
        try {
            open(type);
            try {
                payload.write(writer);
            } catch (RuntimeException | Error e) {
                takeBack(request, e);
                throw e;
            }
            writer.end();
            sent(request);
        } catch (IOException e) {
            throw failWriting(e, request);
        }
    }

    /** The answer is closed, but its buffer belongs to the thread that reads a row in it. */
    void abandon(Response answer) {
        abandoned.set(answer);
    }

    /** The server has just sent the end of an answer. */
    void answered() {
        answered = System.nanoTime();
    }

    /** Nanoseconds since the end of the last answer; the login's is the first. */
    long silence() {
        return System.nanoTime() - answered;
    }

    /** Whether the last answer was closed over a row that a thread still has. */
    boolean hasAbandoned() {
        return abandoned.get() != null;
    }

    private void dropAbandoned() throws SQLException {
        Response answer = abandoned.getAndSet(null);
        if (answer != null) {
            answer.dropAbandoned();
        }
    }

    /** Begins a message of the running request. */
    void open(PacketType type) {
        int status = PacketStatus.NORMAL;
        if (type != PacketType.BULK_LOAD && isResetWanted()) {
            status = PacketStatus.RESET_CONNECTION;
            resetDue = false;
            resetAskedBy.compareAndSet(state.ticket(), ConnectionState.NO_TICKET);
            resetSent = true;
            environment.takeResetAcknowledged();
        }
        line().writer().begin(type, status);
    }

    /**
     * The answer to a request has begun with something else than session changes: a reset that came with the request must have been
     * acknowledged by now ([MS-TDS] 2.2.7.9, type 18).
     *
     * @return false if it was not, because the request was cancelled before the server had come to it
     * @throws UnacknowledgedResetException if it was not: what the user before has left may be there, so that nobody may go on
     */
    boolean checkReset(RunningRequest request) throws IOException {
        if (!resetSent) {
            return true;
        }
        resetSent = false;
        if (environment.takeResetAcknowledged()) {
            return true;
        }
        if (request.cancelled() == null) {
            Journal.resetRefused(context(request.operation()));
            throw new UnacknowledgedResetException();
        }
        // The next request asks again.
        resetDue = true;
        return false;
    }

    /** Nothing of the message counts, so that neither does its reset. */
    private void resetTakenBack() {
        resetDue |= resetSent;
        resetSent = false;
    }

    /** The message is with the server now. */
    void sent(RunningRequest request) throws IOException {
        if (state.sent(request.number())) {
            line().sendAttention(request.confirmBy());
        }
    }

    /** The server has refused what the next message of the request was to carry; a cancel or an end of the line was no less of an end. */
    void withdraw(RunningRequest request) {
        if (isWriting()) {
            state.withdrawn(request.number());
            request.cancelEnded("NOT_SENT");
        }
    }

    private boolean isWriting() {
        Phase phase = state.phase();
        return phase == Phase.SENDING || phase == Phase.SENDING_CANCELLED;
    }

    /** Ends a message that is only half written so that the server ignores it; what the server answers is read by the caller. */
    void abort(RunningRequest request) throws IOException {
        line().writer().abort();
        resetTakenBack();
        state.aborted(request.number());
    }

    /** Of a message that failed while it was written, packets may have left already. */
    private void takeBack(RunningRequest request, Throwable because) throws IOException {
        try {
            if (line().writer().anySent()) {
                abort(request);
                new AnswerReader(this, request).drain();
            } else {
                resetTakenBack();
                state.withdrawn(request.number());
                request.cancelEnded("NOT_SENT");
            }
        } catch (SQLException e) {
            because.addSuppressed(e);
        } catch (RuntimeException | Error e) {
            ruin(e, because);
        }
    }

    /**
     * Not even what the first error asks for could be done: the line is cut, so that nobody finds the connection in the middle of
     * something.
     *
     * @param because the first error, which gets the other as suppressed
     */
    void ruin(Throwable thrown, Throwable because) {
        breakLine(thrown);
        // Of OutOfMemoryError there may be one instance only.
        if (thrown != because) {
            because.addSuppressed(thrown);
        }
    }

    /**
     * The line has failed while a message was written. A server that ends a connection says why first, and that is here already even if
     * nothing more can be sent: it is the error then, and the failed line its suppressed one.
     */
    SQLException failWriting(IOException cause, RunningRequest request) {
        if (cause instanceof DeadlineException || !isWriting() || !state.aborted(request.number())) {
            return fail(cause, request);
        }
        line().setPatience(closeDeadline());
        return new AnswerReader(this, request).lastWords(cause);
    }

    /** Cancels whatever runs at this moment, if it is the caller's. */
    void cancelRunning(long shown) {
        RunningRequest request = running;
        // Read in this order: a request of the next user begins only after this one's ticket has lost its validity.
        if (request != null && admits(shown)) {
            request.cancel(RunningRequest.Reason.USER);
        }
    }

    /** Lock-free: the state decides who sends the attention, and for which request. */
    void cancel(RunningRequest request) {
        switch (state.cancel(request.number())) {
            case SEND_ATTENTION -> {
                try {
                    line().sendAttention(request.confirmBy());
                } catch (IOException e) {
                    breakLine(e);
                }
            }
            case ABORT_RECONNECT -> reconnection.abort();
            case NOTHING -> request.cancelEnded("TOO_LATE");
            default -> {}
        }
        // The reader may sleep by the old limit.
        line().wakeReader();
    }

    /** The line has failed: it is cut, and the exception says what that means for the caller. */
    SQLException fail(IOException cause, RunningRequest request) {
        ErrorContext context = context(request.operation());
        request.cancelEnded("LINE_LOST");
        Phase phase = state.phase();
        if (phase == Phase.CLOSING || phase == Phase.CLOSED) {
            // Whoever closes cuts the line, after the server has had its chance to confirm.
            return LineErrors.closed(context);
        }
        breakLine(cause);
        if (request.cancelled() == RunningRequest.Reason.TIMEOUT && cause instanceof DeadlineException) {
            SQLException timedOut = LineErrors.timedOut(limitOf(request), context);
            timedOut.addSuppressed(LineErrors.broken(cause, context));
            return timedOut;
        }
        return hasLostTransaction() ? LineErrors.transactionLost(cause, context) : LineErrors.broken(cause, context);
    }

    /** What a cancelled request throws once it has been drained. */
    SQLException cancelled(RunningRequest request) {
        ErrorContext context = context(request.operation());
        Phase phase = state.phase();
        if (phase == Phase.CLOSING || phase == Phase.CLOSED) {
            return LineErrors.closed(context);
        }
        return switch (request.cancelled()) {
            case TIMEOUT -> LineErrors.timedOut(limitOf(request), context);
            case USER -> LineErrors.cancelled(context);
            case ABANDONED -> LineErrors.wrongOrder("the answer was closed by another thread (" + context + ")");
        };
    }

    private static String limitOf(RunningRequest request) {
        return "its limit of " + request.limit().toMillis() / 1000.0 + " s (queryTimeout)";
    }

    /** Why the connection takes no request, or has lost the one that it had. */
    SQLException notIdle(String operation) {
        ErrorContext context = context(operation);
        return switch (state.phase()) {
            case CLOSING, CLOSED -> LineErrors.closed(context);
            case BROKEN -> LineErrors.broken(brokenBy == null ? new IOException("it was cut") : brokenBy, context);
            case TRANSACTION_LOST -> LineErrors.transactionLost(brokenBy, context);
            default -> {
                RunningRequest other = running;
                yield LineErrors.wrongOrder(
                        "the connection is busy with '" + (other == null ? "another request" : other.operation())
                                + "': read its answer to the end or close it first (" + context + ")");
            }
        };
    }

    /** Cuts the line; the cause is what every later call tells. */
    void breakLine(Throwable cause) {
        if (brokenBy == null) {
            brokenBy = cause;
        }
        // A server that does not speak as agreed is not asked again.
        boolean cut = !(cause instanceof TdsProtocolException || cause instanceof UnacknowledgedResetException);
        if (cut && environment.transaction() != 0) {
            state.transactionLost();
        } else {
            state.broken();
        }
        line().close();
    }

    /**
     * Gate, drain, cut: nothing new begins; a running request gets an attention, whose confirmation is waited for within {@code
     * closeTimeout}; then the line is cut. One thread does it, the others wait for that one.
     */
    void close() {
        close(CLOSED);
    }

    /** @param reason a word for the events */
    void close(String reason) {
        gate.close(before -> end(before, reason));
    }

    /** What the thread does that the gate lets through. */
    void end(Phase before, String reason) {
        try {
            drainBeforeCut(before);
        } finally {
            line().close();
            onEnd.run();
            boolean broke = before == Phase.BROKEN || before == Phase.TRANSACTION_LOST;
            Journal.ended(
                    context("close"),
                    new Ended(
                            broke && reason.equals(CLOSED) ? "BROKEN" : reason,
                            brokenBy,
                            System.nanoTime() - begun,
                            received(),
                            sent()));
        }
    }

    /** To be run once the line is closed; must not throw or wait. */
    void onEnd(Runnable task) {
        onEnd = task;
    }

    /** From now on, for what is to be ended before the line is cut. */
    Deadline closeDeadline() {
        return Deadline.within(settings.closeTimeout(), "closeTimeout");
    }

    private void drainBeforeCut(Phase before) {
        if (before == Phase.RECONNECTING) {
            reconnection.abort();
        }
        if (before != Phase.EXECUTING && before != Phase.STREAMING && before != Phase.CANCELLING) {
            return;
        }
        Deadline deadline = closeDeadline();
        if (deadline.isExpired()) {
            return;
        }
        try {
            if (before != Phase.CANCELLING) {
                line().sendAttention(deadline);
            }
            line().drainForClose(deadline);
        } catch (IOException e) {
            // The line is cut next in any case.
            brokenBy = e;
        }
    }
}
