package dev.tidegate.duckdb.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What stands between the quotes of {@code E'…'}. Numbers in it are octets of UTF-8. */
final class EscapedString {
    private final String written;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private int at;

    private EscapedString(String written) {
        this.written = written;
    }

    static String value(String written) {
        EscapedString string = new EscapedString(written);
        while (string.at < written.length()) {
            string.next();
        }
        return string.value.toString(StandardCharsets.UTF_8);
    }

    private void next() {
        int c = written.codePointAt(at);
        at += Character.charCount(c);
        if (c == '\\' && at < written.length()) {
            escape();
            return;
        }
        append(c);
        if (c == '\'') {
            // It was doubled.
            at++;
        }
    }

    private void escape() {
        int c = written.codePointAt(at);
        int start = at;
        at += Character.charCount(c);
        switch (c) {
            case 'b' -> append('\b');
            case 'f' -> append('\f');
            case 'n' -> append('\n');
            case 'r' -> append('\r');
            case 't' -> append('\t');
            case 'x' -> octet(at, 16, 2);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octet(start, 8, 3);
            default -> append(c);
        }
    }

    private void octet(int from, int radix, int most) {
        int end = from;
        while (end < written.length() && end - from < most && Character.digit(written.charAt(end), radix) >= 0) {
            end++;
        }
        if (end == from) {
            append('x');
        } else {
            value.write(Integer.parseInt(written.substring(from, end), radix));
        }
        at = end;
    }

    private void append(int codePoint) {
        value.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
}
