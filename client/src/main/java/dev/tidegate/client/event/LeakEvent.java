package dev.tidegate.client.event;

import java.util.Arrays;
import java.util.stream.Collectors;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.tidegate.Leak")
@Label("Leak")
@Category({"Tidegate", "Connection"})
@Description("A connection was lost without being closed, or is in use for longer than leakDetectionThreshold")
@StackTrace(false)
final class LeakEvent extends Event {
    /** Those at the top say who it was. */
    private static final int FRAMES = 64;

    private static final LeakEvent ANY = new LeakEvent();

    @Label("Owner")
    @Description("The pool, or host and port of a connection without one")
    String owner;

    @Label("Reason")
    @Description("LOST or KEPT")
    String reason;

    @Label("Origin")
    @Description("Where it was taken, one frame a line, if that is recorded")
    String origin;

    static void tell(String owner, String reason, Throwable origin) {
        if (!ANY.isEnabled()) {
            return;
        }
        LeakEvent event = new LeakEvent();
        event.owner = owner;
        event.reason = reason;
        event.origin = origin == null
                ? null
                : Arrays.stream(origin.getStackTrace())
                        .limit(FRAMES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining("\n"));
        event.commit();
    }
}
