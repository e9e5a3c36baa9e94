package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.ColumnDefinition.Identity;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the columns and constraints of a table's definition. */
final class ColumnReader {
    /** What ends a type or a default value. */
    private static final Set<String> CLAUSES = Set.of(
            "not",
            "null",
            "default",
            "primary",
            "unique",
            "check",
            "references",
            "generated",
            "as",
            "collate",
            "constraint",
            "identity",
            "using");

    private final TokenReader tokens;

    ColumnReader(TokenReader tokens) {
        this.tokens = tokens;
    }

    ColumnDefinition column() throws SQLSyntaxErrorException, SQLFeatureNotSupportedException {
        String name = tokens.name("a column");
        String type = atClause() || atElementEnd() ? "" : type();
        Clauses clauses = new Clauses(name);
        while (!atElementEnd()) {
            clause(clauses);
        }
        if (type.isEmpty() && clauses.generated == null) {
            throw new SQLSyntaxErrorException("column \"" + name + "\" has no type", "42601");
        }
        return new ColumnDefinition(
                name,
                type,
                clauses.notNull,
                clauses.defaultValue,
                clauses.generated,
                clauses.identity,
                clauses.collation,
                clauses.constraints);
    }

    /** A type, up to what may follow one. */
    String type() throws SQLSyntaxErrorException {
        return clauseText("a type");
    }

    private static final class Clauses {
        final String column;
        boolean notNull;
        String defaultValue;
        String generated;
        Identity identity;
        String collation;
        final List<TableConstraint> constraints = new ArrayList<>();

        Clauses(String column) {
            this.column = column;
        }

        void add(
                TableConstraint.Type type,
                String name,
                String check,
                QualifiedName references,
                List<String> referenced) {
            constraints.add(new TableConstraint(
                    type,
                    name,
                    type == TableConstraint.Type.CHECK ? List.of() : List.of(column),
                    check,
                    references,
                    referenced));
        }
    }

    private void clause(Clauses to) throws SQLSyntaxErrorException, SQLFeatureNotSupportedException {
        String name = tokens.accept("CONSTRAINT") ? tokens.name("a constraint") : null;
        if (tokens.accept("NOT", "NULL")) {
            to.notNull = true;
        } else if (tokens.accept("NULL")) {
            to.notNull = false;
        } else if (tokens.accept("DEFAULT")) {
            to.defaultValue = clauseText("a value");
        } else if (tokens.accept("PRIMARY", "KEY")) {
            to.add(TableConstraint.Type.PRIMARY_KEY, name, null, null, List.of());
        } else if (tokens.accept("UNIQUE")) {
            to.add(TableConstraint.Type.UNIQUE, name, null, null, List.of());
        } else if (tokens.accept("CHECK")) {
            to.add(TableConstraint.Type.CHECK, name, inParentheses(), null, List.of());
        } else if (tokens.accept("REFERENCES")) {
            QualifiedName table = tokens.qualifiedName("a table");
            to.add(TableConstraint.Type.FOREIGN_KEY, name, null, table, referenced());
        } else if (tokens.accept("COLLATE")) {
            to.collation = tokens.name("a collation");
        } else if (tokens.accept("IDENTITY")) {
            to.identity = identity();
        } else if (tokens.accept("GENERATED", "ALWAYS", "AS", "IDENTITY")
                || tokens.accept("GENERATED", "BY", "DEFAULT", "AS", "IDENTITY")) {
            to.identity = sequence();
        } else if (tokens.accept("GENERATED", "ALWAYS", "AS") || tokens.accept("AS")) {
            to.generated = inParentheses();
            if (tokens.accept("STORED")) {
                throw new SQLFeatureNotSupportedException(
                        "column \"" + to.column + "\": STORED columns are not made; leave STORED out", "0A000");
            }
            tokens.accept("VIRTUAL");
        } else {
            throw tokens.error("a clause of column \"" + to.column + "\"");
        }
    }

    /** {@code [(start, increment)]}. */
    private Identity identity() throws SQLSyntaxErrorException {
        if (!tokens.accept('(')) {
            return new Identity("1", "1");
        }
        String start = number();
        tokens.expect(',');
        String increment = number();
        tokens.expect(')');
        return new Identity(start, increment);
    }

    /** {@code [([START [WITH] n] [INCREMENT [BY] n])]}. */
    private Identity sequence() throws SQLSyntaxErrorException {
        String start = "1";
        String increment = "1";
        if (tokens.accept('(')) {
            while (!tokens.accept(')')) {
                if (tokens.accept("START")) {
                    tokens.accept("WITH");
                    start = number();
                } else if (tokens.accept("INCREMENT")) {
                    tokens.accept("BY");
                    increment = number();
                } else {
                    throw tokens.error("START, INCREMENT or ')'");
                }
            }
        }
        return new Identity(start, increment);
    }

    private String number() throws SQLSyntaxErrorException {
        boolean negative = tokens.peek(0) != null && tokens.peek(0).isOperator("-");
        if (negative) {
            tokens.take();
        }
        Token token = tokens.peek(0);
        if (token == null || !token.text().matches("\\d{1,19}")) {
            throw tokens.error("a whole number");
        }
        return (negative ? "-" : "") + tokens.take().text();
    }

    /** Whether a constraint of the table comes next, rather than a column. */
    boolean atConstraint() {
        return tokens.peek(0) != null
                && tokens.peek(0).kind() == Token.Kind.WORD
                && (atWord("CONSTRAINT")
                        || atWord("UNIQUE") && opens(1)
                        || atWord("CHECK") && opens(1)
                        || tokens.copy().accept("PRIMARY", "KEY")
                        || tokens.copy().accept("FOREIGN", "KEY"));
    }

    TableConstraint constraint() throws SQLSyntaxErrorException, SQLFeatureNotSupportedException {
        String name = tokens.accept("CONSTRAINT") ? tokens.name("a constraint") : null;
        if (tokens.accept("PRIMARY", "KEY")) {
            return new TableConstraint(TableConstraint.Type.PRIMARY_KEY, name, names(), null, null, List.of());
        }
        if (tokens.accept("UNIQUE")) {
            return new TableConstraint(TableConstraint.Type.UNIQUE, name, names(), null, null, List.of());
        }
        if (tokens.accept("CHECK")) {
            return new TableConstraint(TableConstraint.Type.CHECK, name, List.of(), inParentheses(), null, List.of());
        }
        if (tokens.accept("FOREIGN", "KEY")) {
            List<String> columns = names();
            if (!tokens.accept("REFERENCES")) {
                throw tokens.error("REFERENCES");
            }
            QualifiedName table = tokens.qualifiedName("a table");
            return new TableConstraint(TableConstraint.Type.FOREIGN_KEY, name, columns, null, table, referenced());
        }
        throw tokens.error("a constraint");
    }

    private List<String> referenced() throws SQLSyntaxErrorException, SQLFeatureNotSupportedException {
        List<String> columns = tokens.nextIsPunctuation('(') ? names() : List.of();
        while (tokens.accept("ON", "DELETE") || tokens.accept("ON", "UPDATE")) {
            if (!tokens.accept("NO", "ACTION") && !tokens.accept("RESTRICT")) {
                throw new SQLFeatureNotSupportedException(
                        "a foreign key with an action is not made, as DuckDB makes none; use mssql_execute", "0A000");
            }
        }
        return columns;
    }

    List<String> names() throws SQLSyntaxErrorException {
        List<String> names = new ArrayList<>();
        tokens.expect('(');
        do {
            names.add(tokens.name("a column"));
        } while (tokens.accept(','));
        tokens.expect(')');
        return names;
    }

    private String inParentheses() throws SQLSyntaxErrorException {
        tokens.expect('(');
        int from = tokens.position();
        int depth = 0;
        while (depth > 0 || !tokens.nextIsPunctuation(')')) {
            depth += TokenReader.depthChange(tokens.take());
        }
        String text = tokens.text(from, tokens.position());
        tokens.expect(')');
        if (text.isEmpty()) {
            throw tokens.error("an expression in the parentheses before this");
        }
        return text;
    }

    /** The text up to the next clause, or to the end of the element. Its first token belongs to it, whatever it is. */
    private String clauseText(String what) throws SQLSyntaxErrorException {
        if (atElementEnd()) {
            throw tokens.error(what);
        }
        int from = tokens.position();
        int to;
        int depth = 0;
        do {
            Token token = tokens.take();
            depth += TokenReader.depthChange(token);
            to = token.end();
        } while (depth > 0 || !atElementEnd() && !atClause());
        return tokens.text(from, to);
    }

    private boolean atElementEnd() {
        return tokens.atEnd() || tokens.nextIsPunctuation(',') || tokens.nextIsPunctuation(')');
    }

    private boolean atClause() {
        Token next = tokens.peek(0);
        return next != null
                && next.kind() == Token.Kind.WORD
                && CLAUSES.contains(next.text().toLowerCase(Locale.ROOT));
    }

    private boolean atWord(String word) {
        return tokens.peek(0) != null && tokens.peek(0).isWord(word);
    }

    private boolean opens(int ahead) {
        return tokens.peek(ahead) != null && tokens.peek(ahead).isPunctuation('(');
    }
}
