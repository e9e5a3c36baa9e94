package dev.tidegate.jdbc.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A procedure call: <code>{call p(?, 1)}</code>, <code>{? = call p(?)}</code>, or {@code EXEC p ?, 1} and {@code EXEC ? = p ?}.
 *
 * @param returnsStatus a marker stands before the call for the procedure's return status
 * @param procedure name as written, with its quotes and parts
 * @param arguments as written: {@code ?} for a parameter, else an expression
 */
public record CallEscape(boolean returnsStatus, String procedure, List<String> arguments) {
    public CallEscape {
        arguments = List.copyOf(arguments);
    }

    /**
     * @return nothing if the text is no call at all, or more than one call
     * @throws SQLException if it begins as a call escape but is malformed
     */
    public static Optional<CallEscape> parse(String sql) throws SQLException {
        SqlLexer lexer = new SqlLexer(sql);
        if (!lexer.nextCode()) {
            return Optional.empty();
        }
        if (lexer.isSymbol('{')) {
            return Optional.of(parseEscape(sql, lexer));
        }
        if (lexer.isWord("EXEC") || lexer.isWord("EXECUTE")) {
            return parseExec(sql, lexer);
        }
        return Optional.empty();
    }

    /** True if every argument is a marker: then the call can go as an RPC request, with output parameters. */
    public boolean isPlain() {
        return arguments.stream().allMatch("?"::equals);
    }

    /** Markers before and inside the argument list. */
    public int parameters() {
        int count = returnsStatus ? 1 : 0;
        for (String argument : arguments) {
            count += MarkedSql.of(argument).parameters();
        }
        return count;
    }

    /** The call as a T-SQL statement. */
    public String toExec() {
        String list = arguments.isEmpty() ? "" : " " + String.join(", ", arguments);
        return "EXEC " + (returnsStatus ? "? = " : "") + procedure + list;
    }

    private static CallEscape parseEscape(String sql, SqlLexer lexer) throws SQLException {
        boolean returns = false;
        expect(sql, lexer.nextCode());
        if (lexer.kind() == SqlLexer.Kind.MARKER) {
            returns = true;
            expect(sql, lexer.nextCode() && lexer.isSymbol('='));
            expect(sql, lexer.nextCode());
        }
        expect(sql, lexer.isWord("call") && lexer.nextCode());
        int from = lexer.start();
        int to = endOfName(sql, lexer);
        expect(sql, to > from);
        List<String> arguments = List.of();
        if (lexer.isSymbol('(')) {
            int open = lexer.end();
            int close = closing(sql, lexer);
            arguments = Arguments.split(sql.substring(open, close));
            expect(sql, lexer.nextCode());
        }
        expect(sql, lexer.isSymbol('}'));
        while (lexer.nextCode()) {
            expect(sql, lexer.isSymbol(';'));
        }
        return new CallEscape(returns, sql.substring(from, to), arguments);
    }

    private static Optional<CallEscape> parseExec(String sql, SqlLexer lexer) throws SQLException {
        boolean returns = false;
        if (!lexer.nextCode()) {
            return Optional.empty();
        }
        if (lexer.kind() == SqlLexer.Kind.MARKER) {
            returns = true;
            if (!lexer.nextCode() || !lexer.isSymbol('=') || !lexer.nextCode()) {
                return Optional.empty();
            }
        }
        int from = lexer.start();
        int to = endOfName(sql, lexer);
        if (to == from || lexer.isSymbol('(')) {
            return Optional.empty();
        }
        List<String> arguments = Arguments.split(sql.substring(to));
        boolean plain = arguments.stream().allMatch("?"::equals);
        // Anything but markers may be followed by another statement; that goes as text.
        return plain ? Optional.of(new CallEscape(returns, sql.substring(from, to), arguments)) : Optional.empty();
    }

    /** Reads {@code name(.name)*} from the piece that the lexer stands on and leaves it on the piece behind, if any. */
    private static int endOfName(String sql, SqlLexer lexer) {
        int end = lexer.start();
        boolean afterName = false;
        while (lexer.isSymbol('.') || !afterName && isName(lexer)) {
            afterName = !lexer.isSymbol('.');
            end = lexer.end();
            if (!lexer.nextCode()) {
                return sql.length();
            }
        }
        return end;
    }

    private static boolean isName(SqlLexer lexer) {
        return lexer.kind() == SqlLexer.Kind.WORD || lexer.kind() == SqlLexer.Kind.QUOTED_NAME;
    }

    private static int closing(String sql, SqlLexer lexer) throws SQLException {
        int depth = 1;
        while (lexer.next()) {
            if (lexer.isSymbol('(')) {
                depth++;
            } else if (lexer.isSymbol(')') && --depth == 0) {
                return lexer.start();
            }
        }
        throw JdbcEscapes.syntax("the argument list is not closed: " + sql);
    }

    private static void expect(String sql, boolean held) throws SQLException {
        if (!held) {
            throw JdbcEscapes.syntax("not a call: " + sql + "; expected {call name(?, …)} or {? = call name(?, …)}");
        }
    }
}
