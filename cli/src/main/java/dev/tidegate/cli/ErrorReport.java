package dev.tidegate.cli;

import dev.tidegate.client.error.DatabaseError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns whatever ended a command into one line on standard error, and into its exit code. */
public final class ErrorReport implements IExecutionExceptionHandler {
    private static final Pattern WRAPPED = Pattern.compile("\\{\"exception_type\".*?\"exception_message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final int LONGEST_LINE = 1000;
    private static final int SHORTENED_LINE = 200;

    private final Interruption interruption;

    ErrorReport(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean ownWords = failure instanceof CliException;
        // What a cancelled request has to say is no news to the one who cancelled it.
        boolean cancelled = !ownWords && interruption.isRequested();
        err.println("tidegate: " + (cancelled ? Interruption.interrupted("").getMessage() : oneLine(failure)));
        if (parsed.expandedArgs().contains(Tidegate.STACKTRACE)) {
            failure.printStackTrace(err);
        }
        if (cancelled) {
            return ExitCode.INTERRUPTED;
        }
        return failure instanceof CliException cli ? cli.exitCode() : ExitCode.FAILED;
    }

    /** The message of an exception as a user wants it: one line, with the server's error number where there is one. */
    public static String oneLine(Throwable failure) {
        return switch (failure) {
            case SQLException sql -> sqlMessage(sql);
            case NoSuchFileException missing -> "no such file: " + missing.getFile();
            case FileAlreadyExistsException there -> "the file exists already: " + there.getFile();
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            // In front stands the alert that TLS knows it by.
            case SSLException tls when tls.getMessage() != null -> firstLines(tls.getMessage()).replaceFirst("^\\([a-z_]+\\) ", "");
            case IOException io when io.getMessage() == null -> io.getClass().getSimpleName();
            default -> firstLines(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        };
    }

    private static String sqlMessage(SQLException failure) {
        String message = firstLines(String.valueOf(failure.getMessage()));
        if (failure instanceof DatabaseError && failure.getErrorCode() != 0) {
            return "error " + failure.getErrorCode() + ": " + message;
        }
        return message;
    }

    /** What DuckDB's file system reports through another thread arrives as JSON inside of another message. */
    private static String unwrapped(String message) {
        Matcher wrapped = WRAPPED.matcher(message);
        return wrapped.find() ? wrapped.group(1).replaceAll("\\\\(.)", "$1") : message;
    }

    /** DuckDB's messages are followed by an excerpt of the statement or a stack trace. */
    private static String firstLines(String message) {
        String text = unwrapped(message.strip());
        int end = text.indexOf("\n\n");
        int trace = text.indexOf("\n\tat ");
        int cut = end < 0 ? trace : trace < 0 ? end : Math.min(end, trace);
        return (cut < 0 ? text : text.substring(0, cut))
                .lines()
                .map(line -> shortened(line.strip()))
                .collect(Collectors.joining(" "));
    }

    /** DuckDB repeats the line of a file that it cannot read, however long that is. */
    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, SHORTENED_LINE) + "…";
    }
}
