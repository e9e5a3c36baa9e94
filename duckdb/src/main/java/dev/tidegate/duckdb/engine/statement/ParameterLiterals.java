package dev.tidegate.duckdb.engine.statement;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A statement whose parameters are written out, with the types that DuckDB gives to the values, so that whoever takes it apart need not
 * know of them.
 */
public final class ParameterLiterals {
    private final SqlStatement statement;
    /** A question mark each time, a numbered one once. */
    private final List<String> parameters = new ArrayList<>();

    public ParameterLiterals(SqlStatement statement) {
        this.statement = statement;
        for (Token token : statement.tokens()) {
            if (isParameter(token) && (token.text().equals("?") || !parameters.contains(token.text()))) {
                parameters.add(token.text());
            }
        }
    }

    private static boolean isParameter(Token token) {
        return token.kind() == Token.Kind.PARAMETER;
    }

    /** What DuckDB prepares in the statement's place: it has the same parameters. */
    public String standIn() {
        return parameters.isEmpty() ? Translated.NOTHING : "SELECT " + String.join(", ", parameters);
    }

    /** As {@link #standIn}, of a statement that has parameters, with columns whose types are known before the parameters are. */
    public String texts() {
        return parameters.stream()
                .map(parameter -> "CAST(" + parameter + " AS VARCHAR)")
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }

    public boolean isEmpty() {
        return parameters.isEmpty();
    }

    public SqlStatement written(Connection duckdb, Binding binding) throws SQLException {
        if (parameters.isEmpty()) {
            return statement;
        }
        List<String> literals = literals(duckdb, binding);
        StringBuilder sql = new StringBuilder();
        int copied = 0;
        int questionMarks = 0;
        for (Token token : statement.tokens()) {
            if (isParameter(token)) {
                int index = token.text().equals("?") ? nth(questionMarks++) : parameters.indexOf(token.text());
                sql.append(statement.text(), copied, token.start()).append(literals.get(index));
                copied = token.end();
            }
        }
        sql.append(statement.text().substring(copied));
        return SqlStatement.split(sql.toString()).get(0);
    }

    private int nth(int questionMark) {
        return IntStream.range(0, parameters.size())
                .filter(i -> parameters.get(i).equals("?"))
                .skip(questionMark)
                .findFirst()
                .orElseThrow();
    }

    private List<String> literals(Connection duckdb, Binding binding) throws SQLException {
        String values = IntStream.range(0, parameters.size())
                .mapToObj(i -> parameters.get(i) + " AS p" + i)
                .collect(Collectors.joining(", "));
        String texts = IntStream.range(0, parameters.size())
                .mapToObj(i -> "typeof(p" + i + "), p" + i + "::VARCHAR")
                .collect(Collectors.joining(", "));
        List<String> literals = new ArrayList<>();
        try (PreparedStatement query = duckdb.prepareStatement("SELECT " + texts + " FROM (SELECT " + values + ")")) {
            binding.bind(query);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                for (int i = 0; i < parameters.size(); i++) {
                    literals.add(literal(row.getString(2 * i + 1), row.getString(2 * i + 2)));
                }
            }
        }
        return literals;
    }

    /** A space on each side keeps it from running into what stands there. */
    private static String literal(String type, String text) {
        if (text == null) {
            return " NULL ";
        }
        boolean isNumber = text.matches("-?\\d+(\\.\\d+)?") && !type.equals("VARCHAR") && !type.equals("BLOB");
        String value = isNumber ? text : Identifiers.literal(text);
        if (type.equals("VARCHAR") || type.equals("INTEGER") && !text.startsWith("-")) {
            return " " + value + " ";
        }
        return " CAST(" + value + " AS " + type + ") ";
    }
}
