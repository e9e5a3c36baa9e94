package dev.tidegate.duckdb.push.ast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON that DuckDB writes: objects as maps, arrays as lists, numbers as their text. Used by one thread. */
final class JsonReader {
    /** Deeper values are refused before they exhaust the stack. */
    private static final int MAX_DEPTH = 1_000;

    private final String json;
    private int at;
    private int depth;

    private JsonReader(String json) {
        this.json = json;
    }

    /** @throws IllegalArgumentException if the text is not JSON */
    static Object read(String json) {
        JsonReader reader = new JsonReader(json);
        Object value = reader.value();
        reader.skipSpace();
        if (reader.at != json.length()) {
            throw reader.malformed();
        }
        return value;
    }

    private Object value() {
        skipSpace();
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("JSON nested deeper than " + MAX_DEPTH + " levels");
        }
        Object value = switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 'n' -> word("null", null);
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            default -> number();
        };
        depth--;
        return value;
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        skipSpace();
        while (peek() != '}') {
            skipSpace();
            String key = string();
            skipSpace();
            expect(':');
            members.put(key, value());
            skipSpace();
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return members;
    }

    private List<Object> array() {
        List<Object> elements = new ArrayList<>();
        at++;
        skipSpace();
        while (peek() != ']') {
            elements.add(value());
            skipSpace();
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return elements;
    }

    private String string() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (peek() != '"') {
            char c = json.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        switch (c) {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'u':
                if (at + 4 > json.length()) {
                    throw malformed();
                }
                at += 4;
                return (char) Integer.parseInt(json.substring(at - 4, at), 16);
            default:
                return c;
        }
    }

    private Object word(String word, Object value) {
        if (!json.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
        return value;
    }

    private String number() {
        int start = at;
        while (at < json.length() && "+-.eE0123456789".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
        return json.substring(start, at);
    }

    private char peek() {
        if (at >= json.length()) {
            throw malformed();
        }
        return json.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw malformed();
        }
        at++;
    }

    private void skipSpace() {
        while (at < json.length() && json.charAt(at) <= ' ') {
            at++;
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("malformed JSON at character " + at);
    }
}
