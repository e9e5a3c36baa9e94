package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A URL with its {@code table} parameter taken out: that one is for the copy, the others are for the connection.
 *
 * @param table null when there was none
 */
record TableInUrl(String rest, String table) {
    private static final String NAME = "table=";

    static TableInUrl of(String url) {
        return url.regionMatches(true, 0, "jdbc:", 0, 5) ? split(url, ';', ';') : split(url, '?', '&');
    }

    private static TableInUrl split(String url, char first, char between) {
        int start = url.indexOf(first);
        if (start < 0) {
            return new TableInUrl(url, null);
        }
        String table = null;
        List<String> others = new ArrayList<>();
        for (String pair : url.substring(start + 1).split(String.valueOf(between))) {
            if (pair.regionMatches(true, 0, NAME, 0, NAME.length())) {
                if (table != null) {
                    throw CliException.usage("the URL names two tables");
                }
                table = decoded(pair.substring(NAME.length()), first == '?');
            } else if (!pair.isEmpty()) {
                others.add(pair);
            }
        }
        String kept = String.join(String.valueOf(between), others);
        return new TableInUrl(url.substring(0, start) + (kept.isEmpty() ? "" : first + kept), table);
    }

    private static String decoded(String value, boolean percent) {
        // A plus sign is a plus sign here, as in the rest of these URLs.
        String table = percent ? URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8) : value;
        if (table.isBlank()) {
            throw CliException.usage("table= in the URL names no table");
        }
        return table;
    }
}
