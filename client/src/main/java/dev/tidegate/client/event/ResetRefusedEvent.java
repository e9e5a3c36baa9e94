package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.tidegate.ResetRefused")
@Label("Reset Refused")
@Description(
        "The server has not acknowledged the reset of a session between two users; the connection is broken by that")
final class ResetRefusedEvent extends PlacedEvent {
    private static final ResetRefusedEvent ANY = new ResetRefusedEvent();

    static void tell(ErrorContext where) {
        if (ANY.isEnabled()) {
            ResetRefusedEvent event = new ResetRefusedEvent();
            event.at(where);
            event.commit();
        }
    }
}
