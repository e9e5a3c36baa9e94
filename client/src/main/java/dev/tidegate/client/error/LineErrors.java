package dev.tidegate.client.error;

import dev.tidegate.client.transport.DeadlineException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;

/** Exceptions for what goes wrong with the connection itself rather than with a statement. */
public final class LineErrors {
    private LineErrors() {}

    /** No connection came about. */
    public static SQLException notConnected(IOException cause, ErrorContext context) {
        String text = reason(cause) + " (" + context + ")";
        if (cause instanceof DeadlineException) {
            return new SQLTimeoutException(text, SqlStates.LOGIN_TIMED_OUT, cause);
        }
        return new SQLNonTransientConnectionException(text, SqlStates.CONNECTION_REFUSED, cause);
    }

    /** The connection broke while it was in use; whatever ran has an unknown fate. */
    public static SQLException broken(Throwable cause, ErrorContext context) {
        return new SQLRecoverableException(
                "the connection is broken: " + reason(cause) + " (" + context + ")", SqlStates.LINK_BROKEN, cause);
    }

    /** The answer to a commit has not come, or does not say what has become of it. */
    public static SQLException commitUnknown(Throwable cause, ErrorContext context) {
        return new SQLRecoverableException(
                "the server has not confirmed the commit; whether it took place is unknown: " + reason(cause) + " ("
                        + context + ")",
                SqlStates.OUTCOME_UNKNOWN,
                cause);
    }

    /** The connection broke in a transaction that its user has not ended yet. */
    public static SQLException transactionLost(Throwable cause, ErrorContext context) {
        return new TransactionLostException(reason(cause), context, cause);
    }

    public static SQLException closed(ErrorContext context) {
        return new SQLNonTransientConnectionException(
                "the connection is closed (" + context + ")", SqlStates.NOT_CONNECTED);
    }

    /** An attempt to connect was closed by another thread before there was a connection. */
    public static SQLException givenUp(ErrorContext context) {
        return new SQLNonTransientConnectionException(
                "the attempt to connect was closed before it had come to an end (" + context + ")",
                SqlStates.NOT_CONNECTED);
    }

    public static SQLException cancelled(ErrorContext context) {
        return new SQLException("the request was cancelled (" + context + ")", SqlStates.CANCELLED);
    }

    public static SQLException timedOut(String limit, ErrorContext context) {
        return new SQLTimeoutException(
                "the request took longer than " + limit + " and was cancelled (" + context + ")", SqlStates.TIMED_OUT);
    }

    /** A call that this object does not take in its present state. */
    public static SQLException wrongOrder(String text) {
        return new SQLException(text, SqlStates.WRONG_ORDER);
    }

    /** A certificate error says what the TLS errors around it only hint at. */
    private static String reason(Throwable cause) {
        int depth = 0;
        for (Throwable t = cause; t != null && depth < 32; t = t.getCause(), depth++) {
            if (t instanceof CertificateException && t.getMessage() != null) {
                return t.getMessage();
            }
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
