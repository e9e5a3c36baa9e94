package dev.tidegate.cli;

import dev.tidegate.client.error.DatabaseError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns whatever ended a command into one line on standard error, and into its exit code. */
final class ErrorReport implements IExecutionExceptionHandler {
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
    static String oneLine(Throwable failure) {
        return switch (failure) {
            case SQLException sql -> sqlMessage(sql);
            case NoSuchFileException missing -> "no such file: " + missing.getFile();
            case FileAlreadyExistsException there -> "the file exists already: " + there.getFile();
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
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

    /** DuckDB's messages are followed by an excerpt of the statement or a stack trace. */
    private static String firstLines(String message) {
        String text = message.strip();
        int end = text.indexOf("\n\n");
        int trace = text.indexOf("\n\tat ");
        int cut = end < 0 ? trace : trace < 0 ? end : Math.min(end, trace);
        return (cut < 0 ? text : text.substring(0, cut)).replaceAll("\\s*\\n\\s*", " ");
    }
}
