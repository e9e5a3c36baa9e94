package dev.tidegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"copy", "demo", "sql", "ping", "serve", "classpath"})
    void everyCommandExplainsItself(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: tidegate " + command);
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Exit codes:");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("tidegate ");
    }

    @Test
    void namesWhatIsWrongWithACommandLine() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(run("cpy")).isEqualTo(ExitCode.USAGE);
        assertThat(run("cpoy", "a.csv", "b.csv")).isEqualTo(ExitCode.USAGE);
        assertThat(run("demo", "--rows", "many")).isEqualTo(ExitCode.USAGE);
        assertThat(run("serve", "--prt", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(run("serve", "--port", "70000", "--password", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(run("serve", "--tls", "yes", "--password", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(run("serve", "--password-env", "TIDEGATE_NO_SUCH_VARIABLE")).isEqualTo(ExitCode.USAGE);
        assertThat(run("demo", "--rows", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("demo", "--output", "no such directory/x.parquet")).isEqualTo(ExitCode.USAGE);
        assertThat(run("copy", "--append", "--truncate", "a.csv", "b.csv")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains(
                        "a command is missing",
                        "there is no command 'cpy'; there are copy, demo, sql, ping, serve, classpath",
                        "there is no command 'cpoy'",
                        "'--rows': 'many' is not a whole number",
                        "--prt",
                        "outside 0 to 65535",
                        "--tls takes self-signed",
                        "no variable TIDEGATE_NO_SUCH_VARIABLE",
                        "--rows takes 1 to 3000000",
                        "there is no directory",
                        "--append and --truncate exclude each other")
                .doesNotContain("\tat ");
        assertThat(run("--stacktrace", "demo", "--rows", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void repeatsNoPasswordOfAnArgumentTooMany() {
        assertThat(run("copy", "a.csv", "b.csv", "mssql://sa:hush@h/db")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("mssql://***@h/db").doesNotContain("hush");
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        PrintWriter full = new PrintWriter(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("no space left");
                    }
                },
                false,
                StandardCharsets.UTF_8);
        assertThat(Main.run(full, new PrintWriter(err, true), "classpath")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("the output could not be written to its end");
    }

    @Test
    void printsTheDriversClassPath() {
        assertThat(run("classpath")).isZero();
        assertThat(out.toString().strip().split(File.pathSeparator))
                .hasSize(3)
                .allSatisfy(path -> assertThat(new File(path)).exists());
    }

    @Test
    void findsPasswordsInTheEnvironment() {
        Passwords passwords = new Passwords(Map.of("TIDEGATE_PASSWORD", "general", "SPECIAL", "special"));
        assertThat(passwords.find(null, List.of("SPECIAL"), null)).contains("special");
        assertThat(passwords.find(null, List.of("OTHER"), null)).contains("general");
        assertThat(new Passwords(Map.of()).find(null, List.of(), null)).isEmpty();
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
