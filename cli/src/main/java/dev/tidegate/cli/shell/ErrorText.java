package dev.tidegate.cli.shell;

import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.tds.token.ServerMessage;
import java.io.PrintWriter;
import java.sql.SQLException;

/** Errors as SQL Server's own tools print them. */
final class ErrorText {
    private ErrorText() {}

    /** All that the server said, the first error first. */
    static void print(PrintWriter err, SQLException failure) {
        for (SQLException next = failure; next != null; next = next.getNextException()) {
            printOne(err, next);
        }
        err.flush();
    }

    private static void printOne(PrintWriter err, SQLException failure) {
        if (failure instanceof DatabaseError error && error.serverMessage() != null) {
            ServerMessage message = error.serverMessage();
            boolean inProcedure =
                    message.procedure() != null && !message.procedure().isEmpty();
            err.println("Msg " + message.number() + ", Level " + message.severity() + ", State " + message.state()
                    + (inProcedure ? ", Procedure " + message.procedure() : "") + ", Line " + message.line());
            err.println(message.text());
        } else {
            err.println("tidegate: " + failure.getMessage());
        }
    }
}
