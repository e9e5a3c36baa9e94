package dev.tidegate.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Where the program starts. */
public final class Main {
    /** How long an interrupted command may clean up: a server that does not answer must not keep the user from leaving. */
    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("tidegate.patience", 10));

    private Main() {}

    public static void main(String[] args) {
        // UTF-8 whatever the locale says: tables are drawn with box characters, and data is not ASCII.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Interruption interruption = new Interruption();
        // A hook and not a signal handler: it serves every signal that ends a process, and the status stays the
        // signal's.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("interruption").unstarted(() -> {
                    if (!interruption.request(PATIENCE)) {
                        err.println(
                                "tidegate: interrupted; gave up waiting for the clean-up after " + PATIENCE.toSeconds()
                                        + " s. A server rolls back what was not committed; an unfinished file ends in"
                                        + " .part");
                    }
                }));
        int code = run(interruption, out, err, args);
        out.flush();
        err.flush();
        interruption.end();
        System.exit(code);
    }

    /** Runs one command line in this process and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(new Interruption(), out, err, args);
    }

    static int run(Interruption interruption, PrintWriter out, PrintWriter err, String... args) {
        int code = new CommandLine(new Tidegate(interruption))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(int.class, text -> wholeNumber(text, Integer::valueOf))
                .registerConverter(long.class, text -> wholeNumber(text, Long::valueOf))
                .setUsageHelpWidth(80)
                .setUsageHelpAutoWidth(true)
                .setAbbreviatedSubcommandsAllowed(false)
                .setExecutionExceptionHandler(new ErrorReport(interruption))
                .setParameterExceptionHandler(new UsageReport())
                .execute(args);
        if (out.checkError() && code == ExitCode.OK) {
            // A full disk, for example: a PrintWriter does not say it by itself.
            CliException failure = unwritable();
            err.println("tidegate: " + failure.getMessage());
            return failure.exitCode();
        }
        return code;
    }

    private static <T> T wholeNumber(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number of its range");
        }
    }

    /** Standard output is full, or, as with {@code | head}, nobody reads it any more. */
    public static CliException unwritable() {
        return new CliException(
                ExitCode.FAILED, "the output could not be written to its end: its place is full, or nobody reads it");
    }
}
