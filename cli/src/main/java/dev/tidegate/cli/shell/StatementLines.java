package dev.tidegate.cli.shell;

import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import dev.tidegate.duckdb.sql.Tokenizer;
import java.util.List;

/**
 * Puts lines together to DuckDB's statements. A line that ends with a semicolon, outside of strings, names and comments, ends them; a line
 * that begins with a point where a statement might begin is a command by itself. Not thread-safe.
 */
final class StatementLines {
    /** What is to be done next. */
    sealed interface Ready {
        record Statements(List<SqlStatement> statements) implements Ready {}

        /** @param text without the point */
        record Command(String text) implements Ready {}

        record Nothing() implements Ready {}
    }

    private final StringBuilder text = new StringBuilder();

    /** True when lines are waiting for the end of their statement. */
    boolean isPending() {
        return !text.toString().isBlank();
    }

    /** Takes a line without its end. */
    Ready line(String line) {
        if (!isPending() && line.strip().startsWith(".")) {
            return new Ready.Command(line.strip().substring(1));
        }
        text.append(line).append('\n');
        // Only a line with a semicolon can be a last one: the others need no second look at all that came before.
        return line.indexOf(';') >= 0 && endsWithSemicolon() ? end() : new Ready.Nothing();
    }

    /** The end of the input ends the last statement too. */
    Ready end() {
        List<SqlStatement> statements = SqlStatement.split(text.toString());
        clear();
        return statements.isEmpty() ? new Ready.Nothing() : new Ready.Statements(statements);
    }

    void clear() {
        text.setLength(0);
    }

    private boolean endsWithSemicolon() {
        Token last = null;
        for (Token token : Tokenizer.tokens(text.toString())) {
            if (token.isSignificant()) {
                last = token;
            }
        }
        return last != null && last.isPunctuation(';');
    }
}
