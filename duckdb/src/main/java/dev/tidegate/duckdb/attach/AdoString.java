package dev.tidegate.duckdb.attach;

import dev.tidegate.client.settings.ConnectionProperty;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads connection strings as ADO.NET has them: {@code Server=host,1433;Database=db;User Id=…;Password={…}}. A value that holds a
 * semicolon stands between quotes or braces, in which the closing one is doubled.
 */
final class AdoString {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("server", "server"),
            Map.entry("datasource", "server"),
            Map.entry("address", "server"),
            Map.entry("addr", "server"),
            Map.entry("networkaddress", "server"),
            Map.entry("database", "databaseName"),
            Map.entry("initialcatalog", "databaseName"),
            Map.entry("userid", "user"),
            Map.entry("uid", "user"),
            Map.entry("user", "user"),
            Map.entry("password", "password"),
            Map.entry("pwd", "password"),
            Map.entry("connecttimeout", "loginTimeout"),
            Map.entry("connectiontimeout", "loginTimeout"),
            Map.entry("timeout", "loginTimeout"),
            Map.entry("commandtimeout", "queryTimeout"),
            Map.entry("app", "applicationName"));

    private final String text;
    private int at;

    private AdoString(String text) {
        this.text = text;
    }

    static boolean accepts(String text) {
        int equals = text.indexOf('=');
        return equals > 0 && !text.substring(0, equals).contains("://");
    }

    /**
     * By the names of {@link ConnectionProperty}; {@code server} is {@code host[\instance][,port]}.
     *
     * @throws IllegalArgumentException naming what is wrong, never a value
     */
    static Map<String, String> read(String text) {
        AdoString string = new AdoString(text);
        Map<String, String> values = new LinkedHashMap<>();
        while (string.skipToName()) {
            string.readPair(values);
        }
        String server = values.get("server");
        if (server != null && server.toLowerCase(Locale.ROOT).startsWith("tcp:")) {
            values.put("server", server.substring("tcp:".length()));
        }
        return values;
    }

    private boolean skipToName() {
        while (at < text.length() && (text.charAt(at) == ';' || Character.isWhitespace(text.charAt(at)))) {
            at++;
        }
        return at < text.length();
    }

    private void readPair(Map<String, String> values) {
        int equals = text.indexOf('=', at);
        int semicolon = text.indexOf(';', at);
        if (equals < 0 || semicolon >= 0 && semicolon < equals) {
            throw new IllegalArgumentException(
                    "part " + (values.size() + 1) + " of the connection string is not name=value");
        }
        String written = text.substring(at, equals).trim();
        String folded = written.replace(" ", "").toLowerCase(Locale.ROOT);
        at = equals + 1;
        String name = NAMES.containsKey(folded)
                ? NAMES.get(folded)
                : ConnectionProperty.named(folded).propertyName();
        if (values.put(name, value(written)) != null) {
            throw new IllegalArgumentException("the connection string gives " + written + " twice");
        }
    }

    private String value(String name) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at < text.length() && "{'\"".indexOf(text.charAt(at)) >= 0) {
            return quoted(name, text.charAt(at) == '{' ? '}' : text.charAt(at));
        }
        int end = text.indexOf(';', at);
        end = end < 0 ? text.length() : end;
        String value = text.substring(at, end).trim();
        at = end;
        return value;
    }

    private String quoted(String name, char close) {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != close) {
                value.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == close) {
                value.append(c);
                at++;
            } else {
                at++;
                return value.toString();
            }
        }
        throw new IllegalArgumentException("the value of " + name + " in the connection string has no end");
    }
}
