package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.tidegate.ConnectionClose")
@Label("Connection Close")
@Description("A connection has ended")
final class ConnectionCloseEvent extends PlacedEvent {
    private static final ConnectionCloseEvent ANY = new ConnectionCloseEvent();

    @Label("Reason")
    @Description("CLOSED by its user, BROKEN before, LOST by its user, or why its pool has closed it")
    String reason;

    @Label("Cause")
    @Description("What broke the line, if anything did")
    String cause;

    @Label("Lifetime")
    @Timespan(Timespan.NANOSECONDS)
    long lifetime;

    @Label("Received")
    @DataAmount
    long bytesReceived;

    @Label("Sent")
    @DataAmount
    long bytesSent;

    static void tell(ErrorContext where, Ended end) {
        if (!ANY.isEnabled()) {
            return;
        }
        ConnectionCloseEvent event = new ConnectionCloseEvent();
        event.at(where);
        event.reason = end.reason();
        event.cause = end.cause() == null ? null : end.cause().toString();
        event.lifetime = end.lifetimeNanos();
        event.bytesReceived = end.bytesReceived();
        event.bytesSent = end.bytesSent();
        event.commit();
    }
}
