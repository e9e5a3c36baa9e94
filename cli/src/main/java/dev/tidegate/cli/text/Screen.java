package dev.tidegate.cli.text;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** The terminal behind one of the process's streams. Thread-safe. */
public final class Screen {
    private static final int USUAL_COLUMNS = 80;

    private final TerminalProvider provider;
    private final SystemStream stream;
    private final boolean coloured;

    private Screen(TerminalProvider provider, SystemStream stream, boolean coloured) {
        this.provider = provider;
        this.stream = stream;
        this.coloured = coloured;
    }

    /** @return empty if standard output goes elsewhere, or to a terminal that cannot move its cursor */
    public static Optional<Screen> ofOutput() {
        return of(SystemStream.Output, System.getenv());
    }

    /** @return empty if standard error goes elsewhere, or to a terminal that cannot move its cursor */
    public static Optional<Screen> ofError() {
        return of(SystemStream.Error, System.getenv());
    }

    private static Optional<Screen> of(SystemStream stream, Map<String, String> environment) {
        if (environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return Optional.empty();
        }
        try {
            TerminalProvider provider = TerminalProvider.load("ffm");
            return provider.isSystemStream(stream)
                    ? Optional.of(new Screen(
                            provider,
                            stream,
                            environment.getOrDefault("NO_COLOR", "").isEmpty()))
                    : Optional.empty();
        } catch (IOException | RuntimeException | LinkageError e) {
            // Without access to the terminal's functions the program writes as to a file.
            return Optional.empty();
        }
    }

    /** Its width at this moment, for people change it; 80 if it does not tell. */
    public int columns() {
        try {
            int columns = provider.systemStreamWidth(stream);
            return columns > 0 ? columns : USUAL_COLUMNS;
        } catch (RuntimeException e) {
            return USUAL_COLUMNS;
        }
    }

    /** False if the user has set NO_COLOR (no-color.org). */
    public boolean isColoured() {
        return coloured;
    }
}
