package dev.tidegate.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table's name of one to three parts, taken apart so that each can be quoted again, whatever it holds. */
public record TableName(List<String> parts) {
    private static final int MOST_PARTS = 3;

    public TableName {
        parts = List.copyOf(parts);
    }

    /**
     * @param text parts between dots; each plain, in square brackets or in double quotes, the closing one doubled inside. An empty part in
     *     the middle stands for the default schema
     * @throws IllegalArgumentException if it is no such name
     */
    public static TableName parse(String text) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        do {
            StringBuilder part = new StringBuilder();
            at = readPart(text, at, part);
            parts.add(part.toString());
        } while (at < text.length() && text.charAt(at++) == '.');
        if (parts.size() > MOST_PARTS || parts.get(parts.size() - 1).isEmpty()) {
            throw refused(text);
        }
        return new TableName(parts);
    }

    /** Returns where the part ends: on a dot or at the end. */
    private static int readPart(String text, int start, StringBuilder part) {
        int at = start;
        char close = at == text.length() ? 0 : text.charAt(at) == '[' ? ']' : text.charAt(at) == '"' ? '"' : 0;
        if (close == 0) {
            while (at < text.length() && text.charAt(at) != '.') {
                part.append(text.charAt(at++));
            }
            return at;
        }
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == close && (at + 1 == text.length() || text.charAt(at + 1) != close)) {
                if (at + 1 < text.length() && text.charAt(at + 1) != '.') {
                    throw refused(text);
                }
                return at + 1;
            }
            part.append(c);
            at += c == close ? 1 : 0;
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not the name of a table: expected [[database.]schema.]table, each part plain, "
                        + "in square brackets or in double quotes");
    }

    /** A name in square brackets, so that nothing in it is taken for syntax. */
    public static String quote(String identifier) {
        return "[" + identifier.replace("]", "]]") + "]";
    }

    /** A text as a constant of type nvarchar, so that nothing in it is taken for syntax; a table's {@link #sql} for OBJECT_ID, say. */
    public static String literal(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }

    /** What stands before {@code sys.} to ask the database that the table is in; empty for the session's own. */
    public String catalog() {
        return parts.size() == MOST_PARTS && !parts.get(0).isEmpty() ? quote(parts.get(0)) + "." : "";
    }

    /** With every part quoted. */
    public String sql() {
        return parts.stream().map(part -> part.isEmpty() ? "" : quote(part)).collect(Collectors.joining("."));
    }
}
