package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.tidegate.Cancel")
@Label("Cancel")
@Description("From the cancel of a request until its connection can be used again, or is gone")
@StackTrace(false)
final class CancelEvent extends PlacedEvent implements Span {
    private static final CancelEvent ANY = new CancelEvent();

    private final transient AtomicBoolean ended = new AtomicBoolean();

    @Label("Operation")
    String operation;

    @Label("Reason")
    @Description("USER, TIMEOUT, or ABANDONED: the rest of its answer is not wanted")
    String reason;

    @Label("Outcome")
    @Description(
            "CONFIRMED by the server, NOT_SENT if nothing of the request had left, TOO_LATE if it had ended, LINE_LOST")
    String outcome;

    static Span begun(ErrorContext where, String why) {
        if (!ANY.isEnabled()) {
            return NONE;
        }
        CancelEvent event = new CancelEvent();
        event.at(where);
        event.operation = where.operation();
        event.reason = why;
        event.begin();
        return event;
    }

    @Override
    public void end(String how) {
        if (ended.compareAndSet(false, true)) {
            outcome = how;
            commit();
        }
    }
}
