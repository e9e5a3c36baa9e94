package dev.tidegate.client.settings;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Reads {@code mssql://[user[:password]@]host[\instance][:port][/database][?name=value&…]}; %xx stands for a byte of UTF-8. */
final class MssqlUri {
    private static final String PREFIX = "mssql://";

    private MssqlUri() {}

    static boolean accepts(String url) {
        return url != null && url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    static void read(String url, BiConsumer<ConnectionProperty, String> target) {
        try {
            readParts(url, target);
        } catch (PropertyException e) {
            int question = url.indexOf('?');
            if (question >= 0 && url.indexOf('@') > question) {
                // Then a piece of the password may stand where a host, a port or a property belongs, and in the error.
                throw new PropertyException(
                        "the URL makes no sense as it stands; a question mark in its user or password is written %3F",
                        null);
            }
            throw e;
        }
    }

    private static void readParts(String url, BiConsumer<ConnectionProperty, String> target) {
        String rest = url.substring(PREFIX.length());
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        rest = question < 0 ? rest : rest.substring(0, question);
        int at = rest.lastIndexOf('@');
        if (at >= 0) {
            readLogin(rest.substring(0, at), target);
            rest = rest.substring(at + 1);
        }
        int slash = rest.indexOf('/');
        HostPart.read(decode(slash < 0 ? rest : rest.substring(0, slash)), target);
        if (slash >= 0 && slash + 1 < rest.length()) {
            target.accept(ConnectionProperty.DATABASE_NAME, decode(rest.substring(slash + 1)));
        }
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                readPair(pair, target);
            }
        }
    }

    private static void readLogin(String text, BiConsumer<ConnectionProperty, String> target) {
        int colon = text.indexOf(':');
        target.accept(ConnectionProperty.USER, decode(colon < 0 ? text : text.substring(0, colon)));
        if (colon >= 0) {
            target.accept(ConnectionProperty.PASSWORD, decode(text.substring(colon + 1)));
        }
    }

    private static void readPair(String pair, BiConsumer<ConnectionProperty, String> target) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw new PropertyException("the URL has '" + pair + "' where name=value is expected", null);
        }
        target.accept(ConnectionProperty.named(decode(pair.substring(0, equals))), decode(pair.substring(equals + 1)));
    }

    /** A plus sign stays one: passwords have them. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new PropertyException(
                            "a percent sign in the URL is not followed by two hexadecimal digits; write %25 for the"
                                    + " sign itself",
                            null);
                }
                decoded[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                decoded[length++] = bytes[i];
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }
}
