package dev.tidegate.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A JVM of its own that runs a main class with this process's class path. Its output goes to files, so that it can never block.
 *
 * <pre>{@code
 * try (ChildJvm child = ChildJvm.of(Main.class, "argument").start(folder)) {
 *     ChildJvm.Result result = child.await(Duration.ofSeconds(30));
 *     assertThat(result.exitCode()).isZero();
 * }
 * }</pre>
 *
 * {@link #close} kills it. Not thread-safe.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final Path folder;

    /** What a process has come to. */
    public record Result(int exitCode, String output, String errors) {}

    /** What to start. Not thread-safe. */
    public static final class Builder {
        private final String mainClass;
        private final List<String> arguments;
        private final List<String> options = new ArrayList<>();

        private Builder(String mainClass, List<String> arguments) {
            this.mainClass = mainClass;
            this.arguments = arguments;
        }

        /** Adds options of the JVM, such as {@code -Xmx64m}. */
        public Builder options(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        /** @param folder where it runs, and where its output and crash files go; must be empty */
        public ChildJvm start(Path folder) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-XX:ErrorFile=" + folder.resolve("hs_err_pid%p.log"));
            command.addAll(options);
            command.add("-cp");
            command.add(System.getProperty("java.class.path"));
            command.add(mainClass);
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(folder.resolve("stdout").toFile())
                    .redirectError(folder.resolve("stderr").toFile())
                    .start();
            process.getOutputStream().close();
            return new ChildJvm(process, folder);
        }
    }

    private ChildJvm(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    public static Builder of(Class<?> mainClass, String... arguments) {
        return new Builder(mainClass.getName(), List.of(arguments));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written to its standard output so far. */
    public String output() {
        return read("stdout");
    }

    /** What it has written to its standard error output so far. */
    public String errors() {
        return read("stderr");
    }

    /**
     * Waits until a text stands in its standard output.
     *
     * @throws AssertionError if the time is over, or the process ends without it
     */
    public void awaitOutput(String text, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!output().contains(text)) {
            boolean alive = process.isAlive();
            if (System.nanoTime() > deadline || !alive && !output().contains(text)) {
                throw new AssertionError("the child " + (alive ? "runs" : "has ended") + " without the output '" + text
                        + "'\n" + shown());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /**
     * Waits for its end.
     *
     * @throws AssertionError if the time is over, with the child's threads, which is killed then; or if the JVM crashed
     */
    public Result await(Duration limit) {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                String threads = threadDump();
                kill();
                throw new AssertionError("the child still ran after " + limit.toMillis() + " ms\n" + shown()
                        + "\nits threads:\n" + threads);
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the child", e);
        }
        List<Path> crashes = crashFiles();
        if (!crashes.isEmpty()) {
            throw new AssertionError("the child's JVM crashed: " + crashes + "\n" + shown());
        }
        return new Result(process.exitValue(), output(), errors());
    }

    /** Asks it to end, as SIGTERM does. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it at once, without any code of its own. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Files that a crash of the JVM has left. */
    public List<Path> crashFiles() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith("hs_err") || name.startsWith("core");
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its threads do now, as jcmd tells; an explanation if it cannot. */
    public String threadDump() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Path dump = folder.resolve("threads");
            Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .redirectOutput(dump.toFile())
                    .start();
            if (!asked.waitFor(10, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return "the child does not answer jcmd";
            }
            return Files.readString(dump);
        } catch (IOException e) {
            return "no thread dump: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no thread dump: interrupted";
        }
    }

    /** Kills the process if it still runs, and waits until it is gone. */
    @Override
    public void close() {
        kill();
        process.onExit().join();
    }

    private String shown() {
        return "its output:\n" + output() + "\nits errors:\n" + errors();
    }

    private String read(String file) {
        try {
            return new String(Files.readAllBytes(folder.resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
