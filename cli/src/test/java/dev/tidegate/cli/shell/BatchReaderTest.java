package dev.tidegate.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.shell.BatchReader.Batch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
    @Test
    void goEndsABatchOfAScript() {
        assertThat(script("SELECT 1;", "SELECT 2", "GO", "", "go 3", "x", "Go 2 -- twice", "y"))
                .containsExactly(new Batch("SELECT 1;\nSELECT 2\n", 1), new Batch("x\n", 2), new Batch("y\n", 1));
    }

    @Test
    void goDoesNotCountInsideTextAndComments() {
        assertThat(script(
                        "SELECT 'a",
                        "GO",
                        "b', [c",
                        "GO",
                        "]]d], \"",
                        "GO",
                        "\" /* /*",
                        "GO",
                        "*/",
                        "GO",
                        "*/",
                        "GO",
                        "z"))
                .hasSize(2)
                .last()
                .isEqualTo(new Batch("z\n", 1));
    }

    @Test
    void aSemicolonEndsWhatIsTyped() {
        BatchReader typed = new BatchReader(true);
        assertThat(typed.line("SELECT ';' -- ;")).isEmpty();
        assertThat(typed.isPending()).isTrue();
        assertThat(typed.line(", 2 ; -- done")).contains(new Batch("SELECT ';' -- ;\n, 2 ; -- done\n", 1));
        assertThat(typed.isPending()).isFalse();
        assertThat(typed.line("SELECT 'it''s';")).isPresent();
        assertThat(typed.line("SELECT [a;")).isEmpty();
        typed.clear();
        assertThat(typed.line("SELECT [a]]'b], [c]]];")).isPresent();
        assertThat(typed.line("GO")).isEmpty();
        assertThat(typed.line("DECLARE @go int; SELECT 1")).isEmpty();
        assertThat(typed.line("GO")).isPresent();
    }

    private static List<Batch> script(String... lines) {
        BatchReader reader = new BatchReader(false);
        List<Batch> batches = new ArrayList<>();
        for (String line : lines) {
            reader.line(line).ifPresent(batches::add);
        }
        reader.end().ifPresent(batches::add);
        return batches;
    }
}
