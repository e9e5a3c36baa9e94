package dev.tidegate.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementLinesTest {
    private final StatementLines lines = new StatementLines();

    @Test
    void aSemicolonAtTheEndOfALineEndsAStatement() {
        assertThat(texts("SELECT 1;")).containsExactly("SELECT 1");
        assertThat(texts("SELECT", "2; -- and so on")).containsExactly("SELECT\n2");
        assertThat(texts("SELECT 3; SELECT 4;")).containsExactly("SELECT 3", " SELECT 4");
        assertThat(texts("SELECT 5; SELECT", "6;")).containsExactly("SELECT 5", " SELECT\n6");
        assertThat(texts(";")).isEmpty();
        assertThat(lines.isPending()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'a;", "SELECT \"a;", "SELECT $$a;", "SELECT $x$ a; $$;", "SELECT /* a;", "SELECT 1; SELECT"})
    void whatIsStillOpenIsNotEnded(String line) {
        assertThat(lines.line(line)).isInstanceOf(StatementLines.Ready.Nothing.class);
        assertThat(lines.isPending()).isTrue();
        assertThat(lines.line(".tables")).as("a line of the statement").isInstanceOf(StatementLines.Ready.Nothing.class);
        lines.clear();
        assertThat(lines.isPending()).isFalse();
        assertThat(lines.line(" .tables x ")).isEqualTo(new StatementLines.Ready.Command("tables x"));
    }

    @Test
    void theEndOfTheInputEndsTheLastStatement() {
        assertThat(lines.line("SELECT 1")).isInstanceOf(StatementLines.Ready.Nothing.class);
        assertThat(statements(lines.end())).containsExactly("SELECT 1\n");
        assertThat(lines.end()).isInstanceOf(StatementLines.Ready.Nothing.class);
    }

    private List<String> texts(String... all) {
        List<String> texts = new ArrayList<>();
        for (String line : all) {
            texts.addAll(statements(lines.line(line)));
        }
        return texts;
    }

    private static List<String> statements(StatementLines.Ready ready) {
        return ready instanceof StatementLines.Ready.Statements several
                ? several.statements().stream().map(SqlStatement::text).toList()
                : List.of();
    }
}
