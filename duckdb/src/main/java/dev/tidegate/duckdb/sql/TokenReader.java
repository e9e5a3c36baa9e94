package dev.tidegate.duckdb.sql;

import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    boolean nextIsPunctuation(char character) {
        return !atEnd() && statement.tokens().get(next).isPunctuation(character);
    }

    String name(String what) throws SQLSyntaxErrorException {
        if (!nextIsName()) {
            throw error(what);
        }
        return take().name();
    }

    /** A name of one to three parts. */
    QualifiedName qualifiedName(String what) throws SQLSyntaxErrorException {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(name(what));
        } while (parts.size() < QualifiedName.MOST_PARTS && accept('.'));
        return new QualifiedName(parts);
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

    SQLSyntaxErrorException error(String expected) {
        String found = atEnd()
                ? "the end of the statement"
                : statement.tokens().get(next).isPlainString()
                        ? "a text"
                        : statement.tokens().get(next).text();
        return new SQLSyntaxErrorException(
                statement.tokens().get(0).text().toUpperCase(Locale.ROOT) + ": " + expected + " was expected, not "
                        + found,
                "42601");
    }
}
