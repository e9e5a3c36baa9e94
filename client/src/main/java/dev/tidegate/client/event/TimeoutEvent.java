package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;
import java.time.Duration;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.tidegate.Timeout")
@Label("Time-out")
@Description("A limit of a request has passed")
final class TimeoutEvent extends PlacedEvent {
    private static final TimeoutEvent ANY = new TimeoutEvent();

    @Label("Operation")
    String operation;

    @Label("Property")
    @Description("The setting that the limit comes from")
    String property;

    @Label("Limit")
    @Timespan(Timespan.NANOSECONDS)
    long limit;

    static void tell(ErrorContext where, String property, Duration limit) {
        if (!ANY.isEnabled()) {
            return;
        }
        TimeoutEvent event = new TimeoutEvent();
        event.at(where);
        event.operation = where.operation();
        event.property = property;
        event.limit = limit.toNanos();
        event.commit();
    }
}
