package dev.tidegate.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a password comes from when the URL has none: a file, the environment, or the person at the terminal, in this order. */
public final class Passwords {
    /** Read when no more special variable is set. */
    public static final String VARIABLE = "TIDEGATE_PASSWORD";

    private final Map<String, String> environment;

    public Passwords(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    public static Passwords ofProcess() {
        return new Passwords(System.getenv());
    }

    /**
     * @param file may be null
     * @param variables looked at in this order, then {@link #VARIABLE}
     * @param prompt what the person is asked for; null when nobody is to be asked
     * @return empty when there is nobody to ask
     */
    public Optional<String> find(Path file, List<String> variables, String prompt) {
        if (file != null) {
            return Optional.of(firstLine(file));
        }
        for (String variable : variables) {
            if (environment.containsKey(variable)) {
                return Optional.of(environment.get(variable));
            }
        }
        if (environment.containsKey(VARIABLE)) {
            return Optional.of(environment.get(VARIABLE));
        }
        return prompt == null ? Optional.empty() : ask(prompt);
    }

    /** @throws CliException if the variable is not set */
    public String fromVariable(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw CliException.usage("the environment has no variable " + name + " to take the password from");
        }
        return value;
    }

    private static Optional<String> ask(String prompt) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return Optional.empty();
        }
        char[] typed = console.readPassword("%s: ", prompt);
        if (typed == null) {
            throw new CliException(ExitCode.FAILED, "no password was given");
        }
        return Optional.of(new String(typed));
    }

    private static String firstLine(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || lines.getFirst().isEmpty()) {
                throw CliException.usage("the password file " + file + " is empty; its first line is the password");
            }
            return lines.getFirst();
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "the password file cannot be read: " + ErrorReport.oneLine(e), e);
        }
    }
}
