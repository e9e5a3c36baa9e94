package dev.tidegate.client.settings;

import java.util.function.BiConsumer;

/** Reads {@code host[\instance][:port]}, where an IPv6 address stands in square brackets; {@code host,port} is understood too. */
final class HostPart {
    private HostPart() {}

    static void read(String text, BiConsumer<ConnectionProperty, String> target) {
        String rest = text.trim();
        if (rest.isEmpty()) {
            return;
        }
        if (rest.indexOf('@') >= 0) {
            // What stands before it may be a password: nothing of it is repeated.
            throw new PropertyException(
                    "an @ stands in the host; user and password are properties (;user=…;password=…), and an @ in the password of"
                            + " an mssql URL is written %40",
                    null);
        }
        String host;
        if (rest.startsWith("[")) {
            int close = rest.indexOf(']');
            if (close < 0) {
                throw new PropertyException("the IPv6 address in '" + text + "' has no closing bracket", null);
            }
            host = rest.substring(1, close);
            rest = rest.substring(close + 1);
        } else {
            int end = firstOf(rest, "\\:,");
            host = rest.substring(0, end);
            rest = rest.substring(end);
            if (rest.indexOf(':') != rest.lastIndexOf(':')) {
                throw new PropertyException(
                        "'" + text + "' has several colons; an IPv6 address stands in square brackets", null);
            }
        }
        target.accept(ConnectionProperty.SERVER_NAME, host);
        if (rest.startsWith("\\")) {
            int end = firstOf(rest, ":,");
            target.accept(ConnectionProperty.INSTANCE_NAME, rest.substring(1, end));
            rest = rest.substring(end);
        }
        if (rest.startsWith(":") || rest.startsWith(",")) {
            target.accept(ConnectionProperty.PORT_NUMBER, rest.substring(1));
        } else if (!rest.isEmpty()) {
            throw new PropertyException(
                    "'" + rest + "' follows the host in '" + text + "'; expected \\instance or :port", null);
        }
    }

    private static int firstOf(String text, String characters) {
        int i = 0;
        while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }
}
