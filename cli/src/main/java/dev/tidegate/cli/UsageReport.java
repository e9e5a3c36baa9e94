package dev.tidegate.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong command line: what is wrong, and how to find the right one; not the whole help text. */
final class UsageReport implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String unknown = unknownCommand(failure);
        String message = unknown == null
                ? failure.getMessage().replaceAll("\\s*\\n\\s*", " ")
                : "there is no command '" + unknown + "'; there are "
                        + String.join(", ", command.getSubcommands().keySet());
        err.println("tidegate: " + Secrets.hidden(message));
        if (unknown != null || !UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    /** What stands in the place of a command without being one; null if that is not what is wrong. */
    private static String unknownCommand(ParameterException failure) {
        boolean atCommand = failure instanceof UnmatchedArgumentException
                && !failure.getCommandLine().getSubcommands().isEmpty();
        String first = atCommand ? ((UnmatchedArgumentException) failure).getUnmatched().get(0) : "-";
        return first.startsWith("-") ? null : first;
    }
}
