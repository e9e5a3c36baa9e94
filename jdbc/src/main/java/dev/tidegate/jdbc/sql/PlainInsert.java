package dev.tidegate.jdbc.sql;

import dev.tidegate.client.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An {@code INSERT [INTO] table [(columns)] VALUES (?, ?, …)} and nothing else: one row, all of whose values are parameters.
 *
 * @param table as it is written, with one to three parts
 * @param columns as they are written, without their quotes; none if the statement names none
 * @param values how many parameters there are
 */
public record PlainInsert(TableName table, List<String> columns, int values) {
    public PlainInsert {
        columns = List.copyOf(columns);
    }

    /** Empty for every other statement, and for one that would be too unusual to be certain of. */
    public static Optional<PlainInsert> of(String sql) {
        Reader reader = new Reader(sql);
        if (!reader.word("INSERT")) {
            return Optional.empty();
        }
        reader.word("INTO");
        List<String> table = reader.table();
        List<String> columns = new ArrayList<>();
        int values = 0;
        boolean matches = table != null;
        if (matches && reader.symbol('(')) {
            do {
                String column = reader.name();
                matches = column != null;
                columns.add(column);
            } while (matches && reader.symbol(','));
            matches = matches && reader.symbol(')');
        }
        matches = matches && reader.word("VALUES") && reader.symbol('(');
        if (matches) {
            do {
                matches = reader.marker();
                values++;
            } while (matches && reader.symbol(','));
        }
        matches = matches && reader.symbol(')');
        if (matches) {
            reader.symbol(';');
            matches = reader.atEnd() && (columns.isEmpty() || columns.size() == values);
        }
        return matches ? Optional.of(new PlainInsert(new TableName(table), columns, values)) : Optional.empty();
    }

    /** Steps over a piece of code if it is the one that is asked for. */
    private static final class Reader {
        private static final int MOST_PARTS = 3;

        private final SqlLexer lexer;
        private boolean more;

        Reader(String sql) {
            this.lexer = new SqlLexer(sql);
            step();
        }

        private boolean step() {
            more = lexer.nextCode();
            return true;
        }

        boolean atEnd() {
            return !more;
        }

        boolean word(String word) {
            return more && lexer.isWord(word) && step();
        }

        boolean symbol(char symbol) {
            return more && lexer.isSymbol(symbol) && step();
        }

        boolean marker() {
            return more && lexer.kind() == SqlLexer.Kind.MARKER && step();
        }

        /** Null if there is none. */
        List<String> table() {
            List<String> parts = new ArrayList<>();
            do {
                boolean omitted = parts.size() == 1 && more && lexer.isSymbol('.');
                String part = omitted ? "" : name();
                if (part == null || parts.size() == MOST_PARTS) {
                    return null;
                }
                parts.add(part);
            } while (symbol('.'));
            // A table variable is no object that others could be asked of.
            return parts.get(parts.size() - 1).startsWith("@") ? null : parts;
        }

        /** Null if there is none. */
        String name() {
            if (!more || lexer.kind() != SqlLexer.Kind.WORD && lexer.kind() != SqlLexer.Kind.QUOTED_NAME) {
                return null;
            }
            String text = lexer.text();
            String name = lexer.kind() == SqlLexer.Kind.WORD ? text : unquoted(text);
            return name != null && step() ? name : null;
        }

        private static String unquoted(String text) {
            char close = text.charAt(0) == '[' ? ']' : '"';
            boolean closed = text.length() > 2 && text.charAt(text.length() - 1) == close;
            String doubled = String.valueOf(close) + close;
            return closed ? text.substring(1, text.length() - 1).replace(doubled, String.valueOf(close)) : null;
        }
    }
}
