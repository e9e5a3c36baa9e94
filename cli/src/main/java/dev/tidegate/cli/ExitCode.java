package dev.tidegate.cli;

/** What the program's exit status says; the list stands at the end of every help text. */
public final class ExitCode {
    public static final int OK = 0;
    /** The work failed: no connection, an SQL error, a value that the target cannot hold. */
    public static final int FAILED = 1;
    /** The command line is wrong; nothing was done. */
    public static final int USAGE = 2;
    /** Two things that had to be the same are not: {@code copy --verify}, {@code demo}. */
    public static final int DIFFERENT = 3;
    /** Ended by Ctrl-C; SIGTERM gives 143. What a copy had begun is undone. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
