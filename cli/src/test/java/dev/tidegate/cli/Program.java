package dev.tidegate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The program as a process of its own, as users start it; with a temporary directory of its own, so that nothing in it goes unseen. */
public final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private final List<String> seen = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param temporary made if missing; the only place for the process's temporary files */
    public static Program start(Path temporary, String... args) throws IOException {
        // A build in the background of a shell ignores SIGINT, and so would its children and a JVM among them.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                // A busy machine takes its time to roll back.
                "-Dtidegate.patience=60",
                "-Dtidegate.progress=100",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Reads what the program prints up to a line that is wanted. */
    public String await(Predicate<String> wanted) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.add(line);
            if (wanted.test(line)) {
                return line;
            }
        }
        throw new AssertionError("the program ended, having printed " + seen);
    }

    /** {@code kill -SIGNAL}. */
    public void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Reads no further: what the program prints from now on is refused, as behind {@code | head}. */
    public void stopReading() throws IOException {
        lines.close();
    }

    /** Everything that the program still prints. */
    public List<String> rest() throws IOException {
        List<String> rest = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            rest.add(line);
        }
        return rest;
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the program does not end, having printed " + seen);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
