package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;

/** Reads over the text of one JSON value (RFC 8259), which is kept as it was written. Used once. */
final class JsonText {
    /** As deep as SQL Server lets objects and arrays be nested. */
    private static final int DEEPEST = 128;

    private static final String HEX = "0123456789abcdefABCDEF";

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /** @throws SqlServerException 13609 if the text is not JSON, or nested too deeply */
    static void check(String text) throws SqlServerException {
        JsonText json = new JsonText(text);
        json.value(0);
        json.space();
        if (json.at < text.length()) {
            throw json.unexpected();
        }
    }

    private void value(int depth) throws SqlServerException {
        space();
        switch (peek()) {
            case '{' -> members('}', depth, true);
            case '[' -> members(']', depth, false);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
        space();
    }

    private void members(char end, int depth, boolean named) throws SqlServerException {
        if (depth == DEEPEST) {
            throw unexpected();
        }
        at++;
        space();
        if (peek() == end) {
            at++;
            return;
        }
        while (true) {
            if (named) {
                space();
                string();
                space();
                expect(':');
            }
            value(depth + 1);
            if (peek() == end) {
                at++;
                return;
            }
            expect(',');
        }
    }

    private void string() throws SqlServerException {
        expect('"');
        while (peek() != '"') {
            if (peek() < ' ') {
                throw unexpected();
            }
            if (text.charAt(at++) == '\\') {
                if ("\"\\/bfnrtu".indexOf(peek()) < 0) {
                    throw unexpected();
                }
                if (text.charAt(at++) == 'u') {
                    for (int i = 0; i < 4; i++) {
                        if (HEX.indexOf(peek()) < 0) {
                            throw unexpected();
                        }
                        at++;
                    }
                }
            }
        }
        at++;
    }

    private void number() throws SqlServerException {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
    }

    private void digits() throws SqlServerException {
        if (peek() < '0' || peek() > '9') {
            throw unexpected();
        }
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
    }

    private void word(String word) throws SqlServerException {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
    }

    private void expect(char wanted) throws SqlServerException {
        if (peek() != wanted) {
            throw unexpected();
        }
        at++;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The end of the text is a character that is wrong everywhere. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private SqlServerException unexpected() {
        return KnownError.JSON_TEXT.exception(at < text.length() ? text.charAt(at) : '.', at);
    }
}
