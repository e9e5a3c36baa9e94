package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.sql.LoadStatement.CopyFrom;
import dev.tidegate.duckdb.sql.LoadStatement.CopyTo;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes apart {@code COPY (query) TO 'mssql://…'}, {@code COPY t [(a, b)] TO 'mssql://…'} and {@code COPY t [(a, b)] FROM …}. */
public final class CopyReader {
    private static final String FORMAT = "mssql";
    private static final String SCHEME = "mssql://";

    private CopyReader() {}

    /** @return empty for every other statement, and for a COPY to something else than a SQL Server */
    public static Optional<LoadStatement> read(SqlStatement statement) throws SQLSyntaxErrorException {
        TokenReader tokens = new TokenReader(statement);
        if (!tokens.accept("COPY")) {
            return Optional.empty();
        }
        if (tokens.nextIsPunctuation('(')) {
            int from = tokens.position();
            return tokens.skipTo("TO") ? to(tokens, inside(tokens.text(from, tokens.position()))) : Optional.empty();
        }
        if (!tokens.nextIsName()) {
            return Optional.empty();
        }
        QualifiedName table = tokens.qualifiedName("a table");
        List<String> columns = tokens.acceptNames().orElse(List.of());
        if (tokens.peek(0) != null && tokens.peek(0).isWord("FROM")) {
            return Optional.of(new CopyFrom(
                    table,
                    columns,
                    tokens.text(tokens.position(), statement.text().length())));
        }
        String list = columns.isEmpty()
                ? "*"
                : columns.stream().map(Identifiers::duckdb).collect(Collectors.joining(", "));
        return to(tokens, "SELECT " + list + " FROM " + table.duckdb());
    }

    private static String inside(String inParentheses) {
        return inParentheses.substring(1, inParentheses.length() - 1);
    }

    private static Optional<LoadStatement> to(TokenReader tokens, String query) throws SQLSyntaxErrorException {
        if (!tokens.accept("TO") || !tokens.nextIsText()) {
            return Optional.empty();
        }
        String url = tokens.text("a URL");
        boolean isMine = url.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        if (!isMine && !saysFormat(tokens)) {
            return Optional.empty();
        }
        tokens.accept("WITH");
        Map<String, List<String>> options = tokens.nextIsPunctuation('(')
                ? new LinkedHashMap<>(new OptionList(tokens, "COPY").read())
                : new LinkedHashMap<>();
        tokens.expectEnd();
        List<String> format = options.remove("format");
        if (format != null && !(format.size() == 1 && format.get(0).equalsIgnoreCase(FORMAT))) {
            throw new SQLSyntaxErrorException("COPY: what goes to " + SCHEME + "… has FORMAT mssql", "22023");
        }
        if (!isMine) {
            throw new SQLSyntaxErrorException(
                    "COPY: FORMAT mssql writes to '" + SCHEME + "DATABASE/SCHEMA/TABLE', with the name of an attached"
                            + " database",
                    "22023");
        }
        return Optional.of(new CopyTo(url, query, options));
    }

    private static boolean saysFormat(TokenReader tokens) {
        TokenReader ahead = tokens.copy();
        List<Token> rest = new ArrayList<>();
        for (int i = 0; ahead.peek(i) != null; i++) {
            rest.add(ahead.peek(i));
        }
        for (int i = 0; i + 1 < rest.size(); i++) {
            Token value = rest.get(i + 1);
            if (rest.get(i).isWord("FORMAT")
                    && (value.isWord(FORMAT)
                            || value.isPlainString() && value.string().equalsIgnoreCase(FORMAT))) {
                return true;
            }
        }
        return false;
    }
}
