package dev.tidegate.server.catalog.function;

import java.util.ArrayList;
import java.util.List;

/**
 * A name of up to three parts as T-SQL writes it in a string: {@code t}, {@code dbo.t}, {@code [my db]..[t]}.
 *
 * @param database empty if not given
 * @param schema empty if not given
 */
public record NameInText(String database, String schema, String name) {
    /** @return null if the text has more than four parts or ends inside a quoted one */
    public static NameInText parse(String text) {
        List<String> parts = parts(text.strip());
        if (parts == null || parts.isEmpty() || parts.size() > 4) {
            return null;
        }
        int last = parts.size() - 1;
        return new NameInText(
                last > 1 ? parts.get(last - 2) : "", last > 0 ? parts.get(last - 1) : "", parts.get(last));
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c == '.') {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else if (c == '[' || c == '"') {
                char end = c == '[' ? ']' : '"';
                while (true) {
                    if (i >= text.length()) {
                        return null;
                    }
                    c = text.charAt(i++);
                    if (c == end) {
                        if (i < text.length() && text.charAt(i) == end) {
                            i++;
                        } else {
                            break;
                        }
                    }
                    part.append(c);
                }
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }
}
