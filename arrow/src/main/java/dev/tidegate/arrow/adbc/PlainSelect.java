package dev.tidegate.arrow.adbc;

import dev.tidegate.client.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code SELECT columns FROM table} and nothing else, whose rows can be read in parts.
 *
 * @param columns unquoted; none for all
 */
record PlainSelect(TableName table, List<String> columns) {
    private static final String NAME =
            "(?:\\[(?:[^\\]]|\\]\\])++\\]|\"(?:[^\"]|\"\")++\"|[\\p{L}_#][\\p{L}\\p{N}_@#$]*+)";
    private static final Pattern ONE_NAME = Pattern.compile(NAME);
    private static final Pattern QUERY = Pattern.compile(
            "\\s*+SELECT(?:\\s++|(?=[\\[\"*]))(?<columns>\\*|" + NAME + "(?:\\s*+,\\s*+" + NAME
                    + ")*+)\\s*+FROM(?:\\s++|(?=[\\[\"]))(?<table>" + NAME + "(?:\\s*+\\.\\s*+" + NAME
                    + "|\\s*+\\.\\s*+(?=\\.)){0,2}+)\\s*+;?\\s*+",
            Pattern.CASE_INSENSITIVE);

    PlainSelect {
        columns = List.copyOf(columns);
    }

    /** Empty for every other statement. */
    static Optional<PlainSelect> of(String sql) {
        Matcher query = QUERY.matcher(sql);
        if (!query.matches()) {
            return Optional.empty();
        }
        return Optional.of(new PlainSelect(
                new TableName(parts(query.group("table"))),
                query.group("columns").equals("*") ? List.of() : names(query.group("columns"))));
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        Matcher name = ONE_NAME.matcher(text);
        while (name.find()) {
            names.add(unquoted(name.group()));
        }
        return names;
    }

    /** As {@link #names}; the one that may be left out between two points is empty. */
    private static List<String> parts(String text) {
        List<String> parts = names(text);
        boolean omitted =
                parts.size() == 2 && text.replaceAll(NAME + "|\\s", "").length() == 2;
        return omitted ? List.of(parts.get(0), "", parts.get(1)) : parts;
    }

    private static String unquoted(String name) {
        return switch (name.charAt(0)) {
            case '[' -> name.substring(1, name.length() - 1).replace("]]", "]");
            case '"' -> name.substring(1, name.length() - 1).replace("\"\"", "\"");
            default -> name;
        };
    }
}
