package dev.tidegate.server.catalog.procedure;

import java.util.Locale;
import java.util.regex.Pattern;

/** A name or LIKE pattern as catalog procedures take it: {@code %}, {@code _} and {@code [set]}, without regard to case. */
final class NamePattern {
    private final Pattern pattern;

    private NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @param text null matches everything */
    static NamePattern like(String text) {
        return new NamePattern(
                text == null ? null : Pattern.compile(regex(text), Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
    }

    /** @param text null matches everything */
    static NamePattern exactly(String text) {
        return new NamePattern(
                text == null ? null : Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
    }

    static NamePattern of(String text, boolean wildcards) {
        return wildcards ? like(text) : exactly(text);
    }

    boolean matches(String name) {
        return pattern == null || pattern.matcher(name).matches();
    }

    private static String regex(String like) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            int end = c == '[' ? like.indexOf(']', i + 2) : -1;
            if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else if (end > 0) {
                regex.append(set(like.substring(i + 1, end)));
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    private static String set(String members) {
        boolean negated = members.startsWith("^");
        String rest = negated ? members.substring(1) : members;
        // A minus between two characters makes a range, as in regular expressions; all else stands for itself.
        return "[" + (negated ? "^" : "") + rest.replaceAll("[\\[\\]\\\\^&]", "\\\\$0") + "]";
    }

    @Override
    public String toString() {
        return pattern == null ? "%" : pattern.pattern().toLowerCase(Locale.ROOT);
    }
}
