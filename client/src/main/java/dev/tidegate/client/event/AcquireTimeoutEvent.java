package dev.tidegate.client.event;

import java.time.Duration;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.tidegate.AcquireTimeout")
@Label("Acquire Time-out")
@Description("A caller has got no connection in time")
final class AcquireTimeoutEvent extends PoolEvent {
    private static final AcquireTimeoutEvent ANY = new AcquireTimeoutEvent();

    @Label("Limit")
    @Timespan(Timespan.NANOSECONDS)
    long limit;

    @Label("Active")
    @Description("Connections in use")
    int active;

    @Label("Idle")
    @Description("Connections ready, but for somebody else, or of a suspended pool")
    int idle;

    @Label("Opening")
    @Description("Connections on their way")
    int opening;

    @Label("Maximum")
    @Description("Most connections at a time")
    int maximum;

    @Label("Waiting")
    @Description("Other callers in line")
    int waiting;

    static void tell(String pool, Duration limit, Crowd crowd) {
        if (!ANY.isEnabled()) {
            return;
        }
        AcquireTimeoutEvent event = new AcquireTimeoutEvent();
        event.pool = pool;
        event.limit = limit.toNanos();
        event.active = crowd.active();
        event.idle = crowd.idle();
        event.opening = crowd.opening();
        event.maximum = crowd.maximum();
        event.waiting = crowd.waiting();
        event.commit();
    }
}
