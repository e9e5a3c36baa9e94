package dev.tidegate.duckdb.sql;

import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code (name [=] value, name (value, …), name)}. */
final class OptionList {
    private final TokenReader tokens;
    private final String what;

    /** @param what the clause, for errors */
    OptionList(TokenReader tokens, String what) {
        this.tokens = tokens;
        this.what = what;
    }

    /** Names in lower case, each with its values; one without any has the value {@code true}. */
    Map<String, List<String>> read() throws SQLSyntaxErrorException {
        Map<String, List<String>> options = new LinkedHashMap<>();
        tokens.expect('(');
        do {
            String name = tokens.name("an option").toLowerCase(Locale.ROOT);
            if (options.put(name, values(name)) != null) {
                throw new SQLSyntaxErrorException(what + ": option " + name + " is given twice", "42601");
            }
        } while (tokens.accept(','));
        tokens.expect(')');
        return options;
    }

    private List<String> values(String option) throws SQLSyntaxErrorException {
        if (tokens.nextIsPunctuation(',') || tokens.nextIsPunctuation(')')) {
            return List.of("true");
        }
        if (tokens.peek(0) != null && tokens.peek(0).isOperator("=")) {
            tokens.take();
        }
        if (!tokens.accept('(')) {
            return List.of(tokens.constant(what + ": option " + option));
        }
        List<String> values = new ArrayList<>();
        do {
            values.add(tokens.constant(what + ": option " + option));
        } while (tokens.accept(','));
        tokens.expect(')');
        return values;
    }
}
