package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.tidegate.Reconnect")
@Label("Reconnect")
@Description("A connection was cut while nothing ran on it, and its session is to be taken up on another line")
final class ReconnectEvent extends PlacedEvent implements Span {
    private static final ReconnectEvent ANY = new ReconnectEvent();

    @Label("Outcome")
    @Description("RECONNECTED, why the session is not taken up again, or the SQLState of what ended the attempt")
    String outcome;

    static Span begun(ErrorContext where) {
        if (!ANY.isEnabled()) {
            return NONE;
        }
        ReconnectEvent event = new ReconnectEvent();
        event.at(where);
        event.begin();
        return event;
    }

    @Override
    public void end(String how) {
        outcome = how;
        commit();
    }
}
