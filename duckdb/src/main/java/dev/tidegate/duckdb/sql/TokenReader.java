package dev.tidegate.duckdb.sql;

import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;

/** Reads a statement's tokens from left to right. Errors name what was expected, and what stands there instead. */
final class TokenReader {
    private final SqlStatement statement;
    private int next;

    TokenReader(SqlStatement statement) {
        this.statement = statement;
    }

    boolean atEnd() {
        return next == statement.tokens().size();
    }

    Token take() throws SQLSyntaxErrorException {
        if (atEnd()) {
            throw error("more");
        }
        return statement.tokens().get(next++);
    }

    /** Takes these words if they come next, all of them. */
    boolean accept(String... words) {
        if (next + words.length > statement.tokens().size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!statement.tokens().get(next + i).isWord(words[i])) {
                return false;
            }
        }
        next += words.length;
        return true;
    }

    boolean accept(char punctuation) {
        if (!atEnd() && statement.tokens().get(next).isPunctuation(punctuation)) {
            next++;
            return true;
        }
        return false;
    }

    void expect(String word) throws SQLSyntaxErrorException {
        if (!accept(word)) {
            throw error(word);
        }
    }

    void expect(char punctuation) throws SQLSyntaxErrorException {
        if (!accept(punctuation)) {
            throw error("'" + punctuation + "'");
        }
    }

    void expectEnd() throws SQLSyntaxErrorException {
        if (!atEnd()) {
            throw error("the end of the statement");
        }
    }

    boolean nextIsName() {
        return !atEnd() && statement.tokens().get(next).isName();
    }

    boolean nextIsWord(String word) {
        return !atEnd() && statement.tokens().get(next).isWord(word);
    }

    boolean nextIsPunctuation(char character) {
        return !atEnd() && statement.tokens().get(next).isPunctuation(character);
    }

    String name(String what) throws SQLSyntaxErrorException {
        if (!nextIsName()) {
            throw error(what);
        }
        return take().name();
    }

    boolean nextIsText() {
        return !atEnd() && statement.tokens().get(next).isPlainString();
    }

    String text(String what) throws SQLSyntaxErrorException {
        if (!nextIsText()) {
            throw error(what);
        }
        return take().string();
    }

    /** One to three names with dots between them. */
    QualifiedName qualifiedName(String what) throws SQLSyntaxErrorException {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(name(what));
        } while (accept('.'));
        if (parts.size() > 3) {
            throw new SQLSyntaxErrorException(
                    String.join(".", parts) + ": a name has at most three parts, database.schema.table", "42601");
        }
        return new QualifiedName(parts);
    }

    /** Passes over what stands between a parenthesis, which comes next, and its end, both included. */
    String parenthesized() throws SQLSyntaxErrorException {
        int start = start();
        expect('(');
        int depth = 1;
        while (depth > 0) {
            Token token = take();
            if (token.isPunctuation('(')) {
                depth++;
            } else if (token.isPunctuation(')')) {
                depth--;
            }
        }
        return statement
                .text()
                .substring(start, statement.tokens().get(next - 1).end());
    }

    /** The statement's text from the next token on. */
    String rest() {
        return atEnd() ? "" : statement.text().substring(start());
    }

    int start() {
        return atEnd()
                ? statement.text().length()
                : statement.tokens().get(next).start();
    }

    SQLSyntaxErrorException error(String expected) {
        String found = atEnd()
                ? "the end of the statement"
                : statement.tokens().get(next).isPlainString()
                        ? "a text"
                        : statement.tokens().get(next).text();
        return new SQLSyntaxErrorException(
                statement.tokens().get(0).text().toUpperCase(java.util.Locale.ROOT) + ": " + expected
                        + " was expected, not " + found,
                "42601");
    }
}
