package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.tidegate.ConnectionOpen")
@Label("Connection Open")
@Description("From the look-up of the host to the end of the login")
final class ConnectionOpenEvent extends PlacedEvent implements Opening {
    private static final ConnectionOpenEvent ANY = new ConnectionOpenEvent();

    @Label("Encrypted")
    @Description("Whether everything is, not only the login")
    boolean encrypted;

    @Label("Outcome")
    @Description("OPENED, or the SQLState of the error")
    String outcome;

    static Opening begun() {
        if (!ANY.isEnabled()) {
            return NONE;
        }
        ConnectionOpenEvent event = new ConnectionOpenEvent();
        event.begin();
        return event;
    }

    @Override
    public void opened(ErrorContext where, boolean isEncrypted) {
        encrypted = isEncrypted;
        end(where, "OPENED");
    }

    @Override
    public void failed(ErrorContext where, String sqlState) {
        end(where, sqlState);
    }

    private void end(ErrorContext where, String how) {
        at(where);
        outcome = how;
        commit();
    }
}
