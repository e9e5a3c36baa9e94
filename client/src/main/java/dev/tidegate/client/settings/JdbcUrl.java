package dev.tidegate.client.settings;

import java.util.function.BiConsumer;

/** Reads {@code jdbc:tidegate://host[\instance][:port][;name=value]…}; values in braces may hold any character, "}" doubled. */
final class JdbcUrl {
    private static final String PREFIX = "jdbc:tidegate://";

    private final String url;
    private int at = PREFIX.length();
    /** The property before was a secret without braces: what makes no sense now may be the rest of it. */
    private ConnectionProperty secretBefore;

    private JdbcUrl(String url) {
        this.url = url;
    }

    static boolean accepts(String url) {
        return url != null && url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    static void read(String url, BiConsumer<ConnectionProperty, String> target) {
        JdbcUrl reader = new JdbcUrl(url);
        int end = url.indexOf(';', reader.at);
        HostPart.read(url.substring(reader.at, end < 0 ? url.length() : end), target);
        reader.at = end < 0 ? url.length() : end;
        while (reader.at < url.length()) {
            reader.at++;
            reader.readProperty(target);
        }
    }

    /** Stands behind a semicolon; ends on the next one or at the end. */
    private void readProperty(BiConsumer<ConnectionProperty, String> target) {
        int end = url.indexOf(';', at);
        int equals = url.indexOf('=', at);
        if (equals < 0 || (end >= 0 && end < equals)) {
            String stray = url.substring(at, end < 0 ? url.length() : end);
            if (!stray.isBlank()) {
                throw refused("the URL has '" + stray.trim() + "' where name=value is expected");
            }
            at = end < 0 ? url.length() : end;
            return;
        }
        ConnectionProperty property = named(url.substring(at, equals).trim());
        at = equals + 1;
        boolean braced = at < url.length() && url.charAt(at) == '{';
        secretBefore = property.isSecret() && !braced ? property : null;
        target.accept(property, braced ? readBraced(property) : readPlain());
    }

    private ConnectionProperty named(String name) {
        try {
            return ConnectionProperty.named(name);
        } catch (PropertyException e) {
            throw refused(e.getMessage());
        }
    }

    private PropertyException refused(String why) {
        return new PropertyException(
                secretBefore == null
                        ? why
                        : "what follows " + secretBefore.propertyName()
                                + " in the URL is no property; if its value has a" + " semicolon, write it in braces: "
                                + secretBefore.propertyName() + "={…}",
                null);
    }

    private String readPlain() {
        int end = url.indexOf(';', at);
        String value = url.substring(at, end < 0 ? url.length() : end);
        at = end < 0 ? url.length() : end;
        return value;
    }

    private String readBraced(ConnectionProperty property) {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c != '}') {
                value.append(c);
            } else if (i + 1 < url.length() && url.charAt(i + 1) == '}') {
                value.append(c);
                i++;
            } else {
                at = i + 1;
                if (at < url.length() && url.charAt(at) != ';') {
                    throw new PropertyException(
                            "the value of " + property.propertyName()
                                    + " goes on after its closing brace; write }} for a brace inside",
                            null);
                }
                return value.toString();
            }
        }
        throw new PropertyException("the value of " + property.propertyName() + " has no closing brace", null);
    }
}
