package dev.tidegate.jdbc.sql;

import java.util.ArrayList;
import java.util.List;

/** Splits an argument list at the commas that belong to it. */
final class Arguments {
    private Arguments() {}

    /** @return the trimmed arguments; none for blank text */
    static List<String> split(String list) {
        List<String> arguments = new ArrayList<>();
        SqlLexer lexer = new SqlLexer(list);
        int depth = 0;
        int from = 0;
        while (lexer.next()) {
            if (lexer.isSymbol('(') || lexer.isSymbol('{')) {
                depth++;
            } else if (lexer.isSymbol(')') || lexer.isSymbol('}')) {
                depth--;
            } else if (lexer.isSymbol(',') && depth == 0) {
                arguments.add(list.substring(from, lexer.start()).trim());
                from = lexer.end();
            }
        }
        String last = list.substring(from).trim();
        if (!last.isEmpty() || !arguments.isEmpty()) {
            arguments.add(last);
        }
        return arguments;
    }
}
