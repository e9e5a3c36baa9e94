package dev.tidegate.duckdb.engine.catalog;

import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import dev.tidegate.duckdb.sql.Tokenizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every name that stands in a text: more than it means, never less. In lower case.
 *
 * @param afterOne pairs {@code a.b} that are not part of a longer name: b may be a table of the default schema
 */
public record Mentions(Set<String> names, Set<String> afterOne) {
    static final Mentions NONE = new Mentions(Set.of(), Set.of());

    public static Mentions of(SqlStatement statement) {
        return of(statement.tokens());
    }

    public static Mentions of(String sql) {
        return of(Tokenizer.tokens(sql).stream().filter(Token::isSignificant).toList());
    }

    private static Mentions of(List<Token> tokens) {
        Set<String> names = new HashSet<>();
        Set<String> afterOne = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isName()) {
                names.add(tokens.get(i).foldedName());
                if (isName(tokens, i - 2) && isDot(tokens, i - 1) && !isDot(tokens, i - 3) && !isDot(tokens, i + 1)) {
                    afterOne.add(
                            tokens.get(i - 2).foldedName() + "." + tokens.get(i).foldedName());
                }
            }
        }
        return new Mentions(names, afterOne);
    }

    private static boolean isName(List<Token> tokens, int at) {
        return at >= 0 && tokens.get(at).isName();
    }

    private static boolean isDot(List<Token> tokens, int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isPunctuation('.');
    }

    Mentions and(Mentions others) {
        return new Mentions(union(names, others.names), union(afterOne, others.afterOne));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    public boolean contains(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    boolean containsShort(String database, String table) {
        return afterOne.contains((database + "." + table).toLowerCase(Locale.ROOT));
    }

    public boolean anyOf(Set<String> some) {
        return some.stream().anyMatch(names::contains);
    }
}
