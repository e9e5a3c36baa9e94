package dev.tidegate.client;

import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.error.ServerErrors;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.RowCursor;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.ReturnValue;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.SessionState;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.type.UnreadableValueException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the answer to one request token by token, up to its true end: the final DONE and, after an attention, its confirmation, which
 * may come in a message of its own. Session changes are applied and messages collected on the way. One thread at a time.
 *
 * <p>A cancel can meet a request that the server has done already, in part or in whole. What the server says after it of statements and
 * calls that are done is handed on as long as no row is dropped; the cancel is told where something is missing. If nothing is, because a
 * final DONE without an error closed the answer before the confirmation came in a message of its own, the cancel came too late and is
 * not told at all.
 */
final class AnswerReader {
    /** Informational messages kept for one answer; a loop that prints must not fill the memory. */
    static final int MAX_MESSAGES = 1_000;

    private final Session session;
    private final RunningRequest request;
    private final TdsReader in;
    private final TokenReader tokens;
    private final boolean goesOn;
    private final List<ServerMessage> messages = new ArrayList<>();
    private final List<ServerMessage> errors = new ArrayList<>();
    private List<Column> columns = List.of();
    private RowCursor cursor;
    private boolean cursorOnRow;
    private boolean markerPending;
    private RowMarker marker;
    private boolean inMessage;
    private Done lastDone;
    /** The last DONE was that of a result. */
    private boolean endedRows;
    /** The last DONE was that of a procedure that has returned. */
    private boolean endedWithStatus;

    private boolean hasStatus;
    /** What the reader has looked ahead to, and the errors that came with it. */
    private Token held;

    private List<ServerMessage> heldErrors = List.of();
    /** The end of the answer, as its reader was told; null before. */
    private Done toldEnd;
    /** Something that came after the cancel was not handed on. */
    private boolean dropped;
    /** All of the answer was handed on before the server confirmed the cancel. */
    private boolean whole;

    private boolean resetRefused;
    private boolean confirmed;
    private boolean ended;
    private boolean complete;
    /** What has become of the transaction that has ended last in this answer; null if none has. */
    private Boolean committed;

    private boolean errorReported;
    private boolean cancelReported;

    AnswerReader(Session session, RunningRequest request) {
        this(session, request, false);
    }

    /** @param goesOn whether another message of the same request follows this answer, as with a bulk load */
    AnswerReader(Session session, RunningRequest request, boolean goesOn) {
        this.session = session;
        this.request = request;
        this.goesOn = goesOn;
        this.in = session.line().reader();
        this.tokens = new TokenReader(in, session.version());
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether this answer has told of a transaction that was committed. */
    boolean hasCommitted() {
        return committed != null && committed;
    }

    /**
     * Whether this answer leaves no doubt about a transaction that it was asked to end. A server that is interrupted may leave out what it
     * has done.
     */
    boolean tellsOutcome() {
        return committed != null || complete && request.cancelled() == null;
    }

    RunningRequest request() {
        return request;
    }

    TdsReader in() {
        return in;
    }

    synchronized List<ServerMessage> messages() {
        return List.copyOf(messages);
    }

    /** The columns of the result that is being read; empty outside one. */
    List<Column> columns() {
        return columns;
    }

    /** Whether the server has confirmed that it was interrupted; it may have been done by then. */
    boolean isConfirmed() {
        return confirmed;
    }

    /**
     * The next token that means something to the caller: a COLMETADATA with columns, ROW or NBCROW, DONE, RETURNSTATUS, RETURNVALUE; null
     * at the end of the answer. A row that the caller has not read is skipped.
     *
     * @throws SQLException if the line fails; also if the request was cancelled before all of its answer had come, once that is drained
     */
    Token next() throws SQLException {
        try {
            Token token = held != null ? takeHeld() : nextToken();
            // Asked only now: the cancel, or a close, may have come while the token was waited for.
            boolean told = ended || request.cancelled() == null && session.isOpen() || isKept(token);
            if (told && token != null) {
                noteTold(token);
                return token;
            }
            // What is dropped is missing, whether or not the cancel was ever sent.
            dropped |= !ended && !isConfirmation(token);
            drainTokens();
            if ((dropped || confirmed) && !whole && !cancelReported) {
                cancelReported = true;
                throw chained(session.cancelled(request));
            }
            return null;
        } catch (IOException e) {
            throw fail(e);
        }
    }

    private void noteTold(Token token) {
        if (token instanceof Done done && !done.hasMore() && !goesOn) {
            toldEnd = done;
        }
    }

    /** Whether what comes after a cancel is handed on all the same. Nothing within a result is: its end may be where it was cut. */
    private boolean isKept(Token token) throws IOException {
        if (!session.isOpen() || request.cancelled() == RunningRequest.Reason.ABANDONED || resetRefused || dropped) {
            return false;
        }
        if (token instanceof Done done) {
            if (done.isAttention() || endedRows) {
                return false;
            }
            return done.isError() ? isFollowed() : done.hasMore() || saysWhatWasDone(done);
        }
        return columns.isEmpty() && (token instanceof ReturnStatus || token instanceof ReturnValue);
    }

    /** A server that breaks a request off may close its answer with a bare DONE. */
    private boolean saysWhatWasDone(Done done) {
        return done.hasCount() || done.command() != 0 || endedWithStatus;
    }

    /**
     * Whether the server has gone on after an error, so that it is that of one statement or call. One that is the last thing said can as
     * well be how the cancel has ended the request, and is told with it.
     */
    private boolean isFollowed() throws IOException {
        List<ServerMessage> own = takeMessages();
        try {
            Token next = nextToken();
            boolean followed = next == null ? !confirmed : !isConfirmation(next);
            if (followed) {
                held = next;
                heldErrors = takeMessages();
            }
            return followed;
        } finally {
            // Also if the line fails now: they may be the server's last words.
            errors.addAll(0, own);
        }
    }

    private Token takeHeld() {
        Token token = held;
        held = null;
        errors.addAll(heldErrors);
        heldErrors = List.of();
        return token;
    }

    private List<ServerMessage> takeMessages() {
        List<ServerMessage> taken = List.copyOf(errors);
        errors.clear();
        return taken;
    }

    private static boolean isConfirmation(Token token) {
        return token instanceof Done done && done.isAttention();
    }

    /** Takes the errors that have come since the last call; null if there are none. To be asked at each DONE. */
    SQLException takeErrors(Done done) {
        ErrorContext context = session.context(request.operation());
        if (!errors.isEmpty()) {
            SQLException exception = ServerErrors.toException(errors, context);
            errors.clear();
            errorReported = true;
            return exception;
        }
        if (done.isError() && !errorReported && !done.isAttention()) {
            errorReported = true;
            return new SQLException("the server reports an error without saying which (" + context + ")", "HY000");
        }
        return null;
    }

    /** Reads the rest of the answer and drops it, errors of the server included. */
    void drain() throws SQLException {
        try {
            held = null;
            drainTokens();
        } catch (IOException e) {
            throw fail(e);
        }
    }

    /** True if the rest of the answer is here already, so that reading it is cheaper than cancelling it. */
    boolean isRestHere() {
        return inMessage && (in.lastStatus() & PacketStatus.EOM) != 0;
    }

    /** The cursor on the row whose marker {@link #next} has returned last. */
    RowCursor cursor() {
        return cursor;
    }

    /** Puts the cursor on the current row. */
    void loadRow() throws IOException {
        markerPending = false;
        cursor.load(in, marker);
        cursorOnRow = true;
    }

    /** The caller decodes the current row itself. */
    RowMarker takeRow() {
        markerPending = false;
        return marker;
    }

    /** What an exception of the reader means. A value that cannot be handed on does no harm to the line; anything else ends it. */
    SQLException fail(IOException cause) {
        if (cause instanceof UnreadableValueException) {
            return new SQLDataException(
                    cause.getMessage() + " (" + session.context(request.operation()) + ")", "22000", cause);
        }
        SQLException failure = session.fail(cause, request);
        ended = true;
        if (errors.isEmpty()) {
            return failure;
        }
        // A server that ends the connection says why first.
        SQLException said = ServerErrors.toException(errors, session.context(request.operation()));
        errors.clear();
        said.addSuppressed(failure);
        return said;
    }

    /**
     * Reads what the server has said before the line failed.
     *
     * @return its error, with what went wrong with the line as suppressed; that alone if it has said nothing
     */
    SQLException lastWords(IOException cause) {
        try {
            while (!ended && errors.isEmpty()) {
                nextToken();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return fail(cause);
    }

    private void drainTokens() throws IOException {
        while (nextToken() != null) {
            errorReported = true;
        }
    }

    private SQLException chained(SQLException primary) {
        if (!errors.isEmpty()) {
            primary.setNextException(ServerErrors.toException(errors, session.context(request.operation())));
            errors.clear();
        }
        return primary;
    }

    private Token nextToken() throws IOException {
        while (!ended) {
            leaveRow();
            if (!inMessage) {
                beginMessage();
            } else if (in.atEnd()) {
                endMessage();
            } else {
                Token token = tokens.next();
                if (take(token)) {
                    resetRefused |= !session.checkReset(request);
                    return token;
                }
            }
        }
        return null;
    }

    private void leaveRow() throws IOException {
        if (markerPending) {
            loadRow();
        }
        if (cursorOnRow) {
            cursor.finish();
            cursorOnRow = false;
        }
    }

    private void beginMessage() throws IOException {
        PacketType type = in.beginMessage();
        if (type == null) {
            throw new EOFException("the server closed the connection");
        }
        if (type != PacketType.RESPONSE) {
            throw new TdsProtocolException("a message of type " + type + " where a response belongs", -1);
        }
        session.state().answered(request.number());
        inMessage = true;
    }

    private void endMessage() throws IOException {
        boolean hasFinalDone = lastDone != null && !lastDone.hasMore();
        boolean cancelling = request.cancelled() != null;
        if (!hasFinalDone && !cancelling) {
            throw new TdsProtocolException("the answer ends without its final DONE", in.position());
        }
        whole |= hasFinalDone && lastDone == toldEnd;
        inMessage = false;
        lastDone = null;
        session.answered();
        ended = finish(request.number());
        complete = ended;
        if (ended && (confirmed || !goesOn)) {
            request.cancelEnded(confirmed ? "CONFIRMED" : "TOO_LATE");
        }
        if (!ended && !session.isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** A cancel that comes in between leaves the state in CANCELLING: then its confirmation is still to be read. */
    private boolean finish(long number) {
        ConnectionState state = session.state();
        if (confirmed && state.phase() == Phase.CANCELLING) {
            return state.confirmed(number);
        }
        return goesOn ? state.sendMore(number) : state.finish(number);
    }

    /** Returns whether the token concerns the caller. */
    private boolean take(Token token) throws IOException {
        if (token instanceof RowMarker row) {
            if (columns.isEmpty()) {
                throw new TdsProtocolException("a row without a description of its columns", in.position());
            }
            marker = row;
            markerPending = true;
            return true;
        }
        if (token instanceof Done done) {
            if (done.isAttention() && request.cancelled() == null && session.isOpen()) {
                throw new TdsProtocolException("the confirmation of an attention that was not sent", in.position());
            }
            lastDone = done;
            confirmed |= done.isAttention();
            endedRows = !columns.isEmpty();
            endedWithStatus = hasStatus;
            hasStatus = false;
            columns = List.of();
            return true;
        }
        if (token instanceof ColMetadata metadata) {
            columns = metadata.columns();
            cursor = columns.isEmpty() ? null : RowCursor.ofColumns(columns);
            return !columns.isEmpty();
        }
        if (token instanceof EnvChange change) {
            session.apply(change);
            noteEnd(change);
        } else if (token instanceof SessionState state) {
            session.recovery().apply(state);
        } else if (token instanceof ServerMessage message) {
            add(message);
        }
        hasStatus |= token instanceof ReturnStatus;
        return token instanceof ReturnStatus || token instanceof ReturnValue;
    }

    private void noteEnd(EnvChange change) {
        switch (change.type()) {
            case EnvChange.COMMIT_TRANSACTION -> committed = true;
            case EnvChange.ROLLBACK_TRANSACTION -> committed = false;
            default -> {}
        }
    }

    private synchronized void add(ServerMessage message) {
        List<ServerMessage> list = message.error() ? errors : messages;
        if (list.size() < MAX_MESSAGES) {
            list.add(message);
        }
    }
}
