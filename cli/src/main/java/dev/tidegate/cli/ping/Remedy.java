package dev.tidegate.cli.ping;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ErrorReport;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.client.transport.DeadlineException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** What to do about a step that failed, where its error does not say so itself. */
final class Remedy {
    private static final int LOGIN_FAILED = 18456;
    private static final int NO_SUCH_DATABASE = 4060;

    private Remedy() {}

    /** The failure with a remedy behind its message; or itself when there is none to give. */
    static Exception added(String step, Exception failure) {
        String remedy = of(step, failure);
        return remedy.isEmpty()
                ? failure
                : new CliException(ExitCode.FAILED, ErrorReport.oneLine(failure) + "; " + remedy, failure);
    }

    private static String of(String step, Exception failure) {
        return switch (step) {
            case "tcp" ->
                isTimeout(failure)
                        ? "nothing answers at this address: check host and port, and whether a firewall drops what is sent"
                        : "";
            case "prelogin" ->
                isTimeout(failure)
                        ? "the port is open, but what listens there does not answer: check that it is a SQL Server's, and"
                                + " set encrypt=strict if that one expects TLS first"
                        : failure instanceof IOException ? "check that the port is a SQL Server's" : "";
            case "tls" ->
                isTimeout(failure)
                        ? "the server stopped answering in the middle of the TLS handshake"
                        : isUntrusted(failure) ? "or trust any, for a test only: trustServerCertificate=true" : "";
            case "login" -> failure instanceof SQLException error ? login(error) : "";
            default -> "";
        };
    }

    private static String login(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case LOGIN_FAILED ->
                "check the user in the URL and the password (TIDEGATE_PASSWORD, --password-file); the true reason stands"
                        + " in the server's own log only";
            case NO_SUCH_DATABASE ->
                "check the database's name in the URL, and that the login may use it; without a name the login's default"
                        + " is taken";
            default -> isTimeout(failure) ? "the server is there, but does not answer logins in time; raise loginTimeout" : "";
        };
    }

    private static boolean isTimeout(Exception failure) {
        return failure instanceof DeadlineException
                || failure instanceof SocketTimeoutException
                || failure instanceof SQLTimeoutException;
    }

    private static boolean isUntrusted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
