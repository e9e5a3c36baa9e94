package dev.tidegate.duckdb.sql;

import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        if (next + words.length > statement.tokens().size() || !areWords(next, words)) {
            return false;
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

    /** Where the next token begins in the statement's text; its end if there is none. */
    int position() {
        return atEnd()
                ? statement.text().length()
                : statement.tokens().get(next).start();
    }

    /** The text between two positions. */
    String text(int from, int to) {
        return statement.text().substring(from, to).strip();
    }

    /** The token that comes {@code ahead} after the next one; null behind the end. */
    Token peek(int ahead) {
        int at = next + ahead;
        return at < statement.tokens().size() ? statement.tokens().get(at) : null;
    }

    /** Goes on to the next of these words that stands outside of all parentheses. Stays where it is, and gives false, if there is none. */
    boolean skipTo(String... words) {
        int depth = 0;
        for (int at = next; at + words.length <= statement.tokens().size(); at++) {
            Token token = statement.tokens().get(at);
            depth += depthChange(token);
            if (depth == 0 && areWords(at, words)) {
                next = at;
                return true;
            }
        }
        return false;
    }

    /** As {@link #skipTo}, if these are the last words of the statement. */
    boolean skipToLast(String... words) {
        int at = statement.tokens().size() - words.length;
        if (at < next || !areWords(at, words)) {
            return false;
        }
        next = at;
        return true;
    }

    /** Another reader at the same place. */
    TokenReader copy() {
        TokenReader copy = new TokenReader(statement);
        copy.next = next;
        return copy;
    }

    /** +1 for a parenthesis or bracket that opens, -1 for one that closes, else 0. */
    static int depthChange(Token token) {
        if (token.isPunctuation('(') || token.isPunctuation('[') || token.isPunctuation('{')) {
            return 1;
        }
        return token.isPunctuation(')') || token.isPunctuation(']') || token.isPunctuation('}') ? -1 : 0;
    }

    private boolean areWords(int at, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!statement.tokens().get(at + i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@code (a, b)} with nothing but names in it, if that is what comes next, and something comes after it.
     *
     * @return empty if it does not
     */
    Optional<List<String>> acceptNames() {
        List<String> names = new ArrayList<>();
        int at = 0;
        if (peek(0) == null || !peek(0).isPunctuation('(')) {
            return Optional.empty();
        }
        do {
            Token name = peek(at + 1);
            Token after = peek(at + 2);
            if (name == null || after == null || !name.isName()) {
                return Optional.empty();
            }
            names.add(name.name());
            at += 2;
        } while (peek(at).isPunctuation(','));
        if (!peek(at).isPunctuation(')')) {
            return Optional.empty();
        }
        next += at + 1;
        return Optional.of(names);
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

    /**
     * A value that stands as it is, as text.
     *
     * @param what whose value it is, for the error
     */
    String constant(String what) throws SQLSyntaxErrorException {
        Token token = take();
        if (token.isPlainString()) {
            return token.string();
        }
        if (token.isName()) {
            return token.name();
        }
        if (token.kind() == Token.Kind.NUMBER) {
            return token.text();
        }
        throw new SQLSyntaxErrorException(
                what + " takes a text, a word or a number as it stands, no expression", "42601");
    }
}
