package dev.tidegate.server.tsql.convert;

import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A pattern of LIKE and PATINDEX, with {@code %}, {@code _}, {@code [a-f]} and {@code [^a-f]}. Thread-safe. */
public final class LikePattern {
    private static final ConcurrentHashMap<String, LikePattern> KNOWN = new ConcurrentHashMap<>();
    private static final int MOST_KNOWN = 1_000;
    private static final Pattern NEVER = Pattern.compile("(?!)");

    private final Pattern whole;
    private final Pattern inside;

    private LikePattern(String pattern, char escape, int flags) {
        this.whole = compile(translate(pattern, escape), flags);
        String middle = pattern.startsWith("%") ? pattern.substring(1) : pattern;
        String anchor = pattern.startsWith("%") ? "" : "^";
        boolean open = middle.endsWith("%");
        this.inside = compile(anchor
                + translate(open ? middle.substring(0, middle.length() - 1) : middle, escape)
                + (open ? "" : "$"), flags);
    }

    private static Pattern compile(String regex, int flags) {
        try {
            return Pattern.compile(regex, flags | Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            // a range that ends before it begins: no character is in it
            return NEVER;
        }
    }

    /**
     * @param escape one character, or empty for none
     * @param exact whether case counts
     */
    public static LikePattern of(String pattern, String escape, boolean exact) {
        char character = escape.isEmpty() ? 0 : escape.charAt(0);
        if (KNOWN.size() > MOST_KNOWN) {
            KNOWN.clear();
        }
        int flags = exact ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        return KNOWN.computeIfAbsent(
                (exact ? "=" : "~") + character + pattern, k -> new LikePattern(pattern, character, flags));
    }

    private static String translate(String pattern, char escape) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
            if (escape != 0 && c == escape && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(pattern.substring(i + 1, i + 2)));
                i++;
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else if (close > 0) {
                String set = pattern.substring(i + 1, close);
                boolean negated = set.startsWith("^");
                regex.append(negated ? "[^" : "[")
                        .append(escapeSet(negated ? set.substring(1) : set))
                        .append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    private static String escapeSet(String set) {
        return set.replace("\\", "\\\\").replace("[", "\\[").replace("&", "\\&").replace("^", "\\^");
    }

    public boolean matches(String text) {
        return whole.matcher(text).matches();
    }

    /** As {@link #matches}, for any number of the spaces that the text ends with. */
    public boolean matchesPadded(String text) {
        int end = text.length();
        while (end >= 0) {
            if (whole.matcher(text).region(0, end).matches()) {
                return true;
            }
            end = end > 0 && text.charAt(end - 1) == ' ' ? end - 1 : -1;
        }
        return false;
    }

    /** @return the position of the first match, from 1; 0 if there is none */
    public int indexIn(String text) {
        Matcher matcher = inside.matcher(text);
        return matcher.find() ? matcher.start() + 1 : 0;
    }
}
