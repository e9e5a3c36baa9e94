package dev.tidegate.duckdb.text;

import java.util.Locale;

/**
 * Walks over the members of one JSON value as it stands in its file: no digit of a number is touched, and what is nested is kept as its
 * text. The value has been found to be JSON before; a text that is not ends with an exception. Used by one thread.
 */
public final class JsonRecord {
    /** What a member's value is. */
    public enum Kind {
        NULL,
        STRING,
        /** A number, true or false. */
        LITERAL,
        /** An object or an array. */
        NESTED
    }

    private final String json;
    private int at;
    private boolean first = true;
    private String key;
    private int start;
    private int end;
    private Kind kind;

    public JsonRecord(String json) {
        this.json = json;
        skipSpace();
    }

    /** True for an object; a value of another kind has no members, and is read by {@link #value}. */
    public boolean isObject() {
        return at < json.length() && json.charAt(at) == '{' || !first;
    }

    /** Reads the whole value as if it were a member without a key. */
    public void value() {
        skipSpace();
        readValue();
    }

    /** @return false after the last member */
    public boolean next() {
        if (first) {
            expect('{');
            first = false;
        }
        skipSpace();
        if (peek() == ',') {
            at++;
            skipSpace();
        }
        if (peek() == '}') {
            return false;
        }
        int keyStart = at;
        skipString();
        key = decoded(keyStart + 1, at - 1);
        skipSpace();
        expect(':');
        skipSpace();
        readValue();
        return true;
    }

    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    /** The value's text: of a string what it says, of everything else what stands there. */
    public String text() {
        return kind == Kind.STRING ? decoded(start + 1, end - 1) : json.substring(start, end);
    }

    /** The value as a JSON string that says {@link #text}. */
    public void appendAsString(StringBuilder to) {
        if (kind == Kind.STRING) {
            to.append(json, start, end);
            return;
        }
        to.append('"');
        for (int i = start; i < end; i++) {
            char c = json.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < ' ') {
                to.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        to.append('"');
    }

    private void readValue() {
        start = at;
        switch (peek()) {
            case '"' -> {
                kind = Kind.STRING;
                skipString();
            }
            case '{', '[' -> {
                kind = Kind.NESTED;
                skipNested();
            }
            default -> {
                skipLiteral();
                kind = json.startsWith("null", start) ? Kind.NULL : Kind.LITERAL;
            }
        }
        end = at;
    }

    private void skipNested() {
        int depth = 0;
        do {
            switch (peek()) {
                case '"' -> skipString();
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
    }

    private void skipString() {
        expect('"');
        while (peek() != '"') {
            at += peek() == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipLiteral() {
        while (at < json.length() && ",}] \t\r\n".indexOf(json.charAt(at)) < 0) {
            at++;
        }
    }

    private void skipSpace() {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= json.length()) {
            throw new IllegalArgumentException("the JSON value ends in its middle");
        }
        return json.charAt(at);
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw new IllegalArgumentException("the JSON value has '" + peek() + "' at character " + (at + 1)
                    + ", where '" + expected + "' is due");
        }
        at++;
    }

    private String decoded(int from, int to) {
        if (json.indexOf('\\', from) < 0 || json.indexOf('\\', from) >= to) {
            return json.substring(from, to);
        }
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = json.charAt(++i);
            switch (escaped) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}
