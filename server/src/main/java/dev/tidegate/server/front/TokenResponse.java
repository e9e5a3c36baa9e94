package dev.tidegate.server.front;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.ReturnValue;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.SessionState;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes a response as tokens while the backend gives it ([MS-TDS] 2.2.7). Rows leave as packets fill up, so memory does not grow with
 * the result, and a client that reads slowly holds the backend back.
 *
 * <p>Whether a DONE is the last one is known only later: in a batch it is held back until something follows it or nothing does. Once
 * the exchange is interrupted what is given is dropped, except what has become of the session, and what was done before anything had to
 * be dropped; what was written by then stays whole, and {@link #end} closes it properly. Used by one thread.
 */
final class TokenResponse implements ResponseSink {
    private static final int OUTPUT_PARAMETER = 1;

    private final TdsWriter out;
    private final TokenWriter tokens;
    private final ClientTypes types;
    private final Exchange exchange;
    private final ToldEnvironment environment;
    private final StateTeller states;
    private Done.Kind kind = Done.Kind.DONE;
    private boolean moreCalls;
    private boolean callDone;
    private boolean finalSent;
    /** An error was sent since the last DONE. */
    private boolean failed;

    /** Something was not sent because the exchange was interrupted. */
    private boolean dropped;

    private Done heldBack;
    private RowShape shape;
    private IOException lost;

    TokenResponse(Client client, Exchange exchange, ToldEnvironment environment) {
        this.out = client.out();
        this.tokens = new TokenWriter(out, client.version());
        this.types = new ClientTypes(client.version(), client.features());
        this.exchange = exchange;
        this.environment = environment;
        this.states = client.states();
        out.begin(PacketType.RESPONSE);
    }

    /** What follows, up to {@link #endCall}, answers one call. @param more whether another call follows in this response */
    void beginCall(Done.Kind kind, boolean more) {
        this.kind = kind;
        this.moreCalls = more;
        this.callDone = false;
        this.failed = false;
    }

    /** Completes the call if the backend has not. */
    void endCall() {
        if (!callDone) {
            done();
        }
    }

    /** The request could not be answered, or not to its end: nothing follows this error. */
    void fail(ServerMessage error) {
        if (!finalSent) {
            moreCalls = false;
            callDone = false;
            message(error);
            done();
        }
    }

    /** Ends the message. @throws IOException if the client is gone */
    void end() throws IOException {
        if (lost != null) {
            throw lost;
        }
        if (!finalSent) {
            SessionState changed = states.changes();
            if (changed != null) {
                tokens.write(changed);
                states.told(changed);
            }
            tokens.write(new Done(kind, Done.FINAL, 0, 0));
        }
        out.end();
    }

    @Override
    public void columns(List<Column> columns) {
        shape = new RowShape(columns, types);
        write(new ColMetadata(shape.columns()));
    }

    @Override
    public void row(Object[] values) {
        if (dropsRow()) {
            return;
        }
        try {
            shape.encoder().encode(out, shape.values(values));
        } catch (IOException | RuntimeException e) {
            throw notEncoded(e);
        }
    }

    @Override
    public boolean takesCells() {
        return shape.isAsDeclared();
    }

    @Override
    public void row(ColumnSource[] cells) {
        if (dropsRow()) {
            return;
        }
        try {
            shape.encoder().encode(out, cells, 0);
        } catch (IOException | RuntimeException e) {
            throw notEncoded(e);
        }
    }

    private boolean dropsRow() {
        boolean drops = muted();
        dropped |= drops;
        return drops;
    }

    private RuntimeException notEncoded(Exception e) {
        return switch (e) {
            case IOException gone -> lose(gone);
            case ValueOutOfRangeException wrong -> wrong.partlyWritten() ? lose(new IOException(wrong)) : wrong;
            // Part of the row may have been sent: nothing that follows could be understood.
            default -> lose(new IOException("a row of the backend cannot be encoded: " + e.getMessage(), e));
        };
    }

    @Override
    public void statementDone(int command, long count) {
        statement(count < 0 ? Done.FINAL : Done.COUNT, command, Math.max(count, 0));
    }

    @Override
    public void statementFailed(int command) {
        statement(Done.ERROR, command, 0);
    }

    private void statement(int status, int command, long count) {
        failed = false;
        if (kind == Done.Kind.DONE) {
            flushHeldBack();
            heldBack = new Done(kind, status, command, count);
        } else {
            write(new Done(Done.Kind.DONEINPROC, status | Done.MORE, command, count));
        }
    }

    @Override
    public void message(ServerMessage message) {
        failed |= message.error();
        write(Messages.named(message));
    }

    @Override
    public void environment(EnvChange change) {
        environment.changed(change);
        flushHeldBack();
        checkThere();
        send(change);
    }

    @Override
    public void returnStatus(int status) {
        write(new ReturnStatus(status));
    }

    @Override
    public void returnValue(int ordinal, String name, TypeInfo type, Object value) {
        write(new ReturnValue(ordinal, name, OUTPUT_PARAMETER, 0, 1, types.type(type), types.value(type, value)));
    }

    @Override
    public void done() {
        if (callDone) {
            throw new IllegalStateException("the response was complete already");
        }
        callDone = true;
        Done last = heldBack != null ? heldBack : new Done(kind, failed ? Done.ERROR : Done.FINAL, 0, 0);
        heldBack = null;
        if (!moreCalls) {
            tellState();
        }
        boolean sent = emit(moreCalls ? withMore(last) : last);
        finalSent = sent && !moreCalls;
    }

    @Override
    public void cancelled() {
        callDone = true;
        flushHeldBack();
        dropped = true;
    }

    /** Nothing but the last DONE may follow it. If the exchange was interrupted, it comes with the acknowledgement. */
    private void tellState() {
        SessionState changed = states.changes();
        if (changed != null && !muted()) {
            send(changed);
            states.told(changed);
        }
    }

    private void write(Token token) {
        flushHeldBack();
        emit(token);
    }

    private void flushHeldBack() {
        if (heldBack != null) {
            Done done = heldBack;
            heldBack = null;
            emit(withMore(done));
        }
    }

    private static Done withMore(Done done) {
        return new Done(done.kind(), done.status() | Done.MORE, done.command(), done.rowCount());
    }

    /** @return false if the exchange was interrupted before, and the token is not about what was done by then */
    private boolean emit(Token token) {
        dropped |= muted() && !isOutcome(token);
        if (!dropped) {
            send(token);
        }
        return !dropped;
    }

    private static boolean isOutcome(Token token) {
        return token instanceof Done || token instanceof ReturnStatus || token instanceof ReturnValue;
    }

    private void send(Token token) {
        try {
            tokens.write(token);
        } catch (IOException e) {
            throw lose(e);
        }
    }

    private boolean muted() {
        checkThere();
        return exchange.interrupted();
    }

    private void checkThere() {
        if (lost != null) {
            throw new UncheckedIOException(lost);
        }
    }

    /** The client is gone: the backend is told by an exception now and at every later call. */
    private UncheckedIOException lose(IOException e) {
        lost = e;
        return new UncheckedIOException(e);
    }
}
