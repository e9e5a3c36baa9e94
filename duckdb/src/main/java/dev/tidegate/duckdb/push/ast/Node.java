package dev.tidegate.duckdb.push.ast;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node of DuckDB's parse tree or plan. What a node lacks, or has in another form than expected, reads as empty: who walks over a
 * tree asks for what it understands, and refuses everything else.
 */
public final class Node {
    private final Map<?, ?> members;

    private Node(Map<?, ?> members) {
        this.members = members;
    }

    /** @throws IllegalArgumentException if the text is not JSON */
    public static List<Node> read(String json) {
        Object value = JsonReader.read(json);
        return nodesOf(value instanceof List<?> ? value : List.of(value));
    }

    /** The text of a member; empty if it is missing, null or not a text or number. */
    public String text(String key) {
        return members.get(key) instanceof String text ? text : "";
    }

    public boolean flag(String key) {
        return Boolean.TRUE.equals(members.get(key));
    }

    /** False for a member that is missing, null, empty or false. */
    public boolean has(String key) {
        Object value = members.get(key);
        return value != null
                && !value.equals(Boolean.FALSE)
                && !value.equals("")
                && !(value instanceof List<?> list && list.isEmpty());
    }

    public Optional<Node> child(String key) {
        return members.get(key) instanceof Map<?, ?> map ? Optional.of(new Node(map)) : Optional.empty();
    }

    public List<Node> children(String key) {
        return nodesOf(members.get(key));
    }

    /** The texts of an array, or the one text that stands in its place. */
    public List<String> texts(String key) {
        Object value = members.get(key);
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** How many lists of columns a SELECT groups by: one, unless it says more. */
    public int groupingSets() {
        return members.get("group_sets") instanceof List<?> sets ? sets.size() : 0;
    }

    private static List<Node> nodesOf(Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(member -> new Node((Map<?, ?>) member))
                        .toList()
                : List.of();
    }
}
