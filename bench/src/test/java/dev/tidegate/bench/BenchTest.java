package dev.tidegate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
    private static final List<String> KNOWN = List.of("pool", "read");

    @Test
    void everyOptionIsTaken() {
        BenchArguments arguments = BenchArguments.parse(
                new String[] {"pool", "--rounds", "5", "--millis", "250", "--rows", "1000", "--only", "2 virtual", "--json", "out.json"}, KNOWN);
        assertThat(arguments.wants("pool")).isTrue();
        assertThat(arguments.wants("read")).isFalse();
        assertThat(arguments.pace().rounds()).isEqualTo(5);
        assertThat(arguments.pace().measured()).isEqualTo(Duration.ofMillis(250));
        assertThat(arguments.pace().rows()).isEqualTo(1_000);
        assertThat(arguments.wantsRow("10 connections, 2 virtual")).isTrue();
        assertThat(arguments.wantsRow("10 connections, 2 platform")).isFalse();
        assertThat(arguments.json()).isEqualTo(Path.of("out.json"));
    }

    @Test
    void allAreAllWorkloads() {
        assertThat(BenchArguments.parse(new String[] {"all"}, KNOWN).names()).containsExactlyInAnyOrder("pool", "read");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "\"\", a workload is missing",
        "writing, 'writing' is no workload",
        "--fast, '--fast' is no workload and no option",
        "pool --rounds, --rounds needs a value",
        "pool --rounds many, --rounds=many is not a whole number",
        "pool --rounds 0, rounds=0: allowed are 1 to 100",
        "pool --millis 0, measures nothing",
        "read --rows 0, rows=0: allowed are 1 to 50000000",
        "read --json /no/such/folder/x.json, --json /no/such/folder/x.json: no file can be written there",
        "read --json .., --json ..: no file can be written there",
        "read --rows 3000000000, --rows=3000000000 is not a whole number"
    })
    void aWrongCommandLineSaysWhatIsWrong(String line, String message) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");
        assertThatThrownBy(() -> BenchArguments.parse(args, KNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aWrongCommandLineEndsWithTwoAndHelpWithZero() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(run(out, err, "writing")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'writing' is no workload", "--help").hasLineCount(1);
        assertThat(out.size()).isZero();
        assertThat(run(out, err, "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Workloads:", "pool", "HikariCP", "read ", "load ", "engine ", "jdbc ", "--rows N");
    }

    @Test
    void aRowThatNobodyHasIsToldBeforeAnythingRuns() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(run(out, err, "all", "--only", "no such row")).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'no such row'").hasLineCount(1);
    }

    private static int run(ByteArrayOutputStream out, ByteArrayOutputStream err, String... args) {
        return Bench.run(
                args, new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
