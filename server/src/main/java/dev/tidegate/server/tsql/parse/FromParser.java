package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.TableSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses what follows FROM and USING. */
final class FromParser {
    private static final Set<String> JOIN_HINTS = Set.of("LOOP", "HASH", "MERGE", "REMOTE");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final QueryParser queries;

    FromParser(TokenCursor cursor, ExpressionParser expressions, QueryParser queries) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.queries = queries;
    }

    /** The sources separated by commas, as cross joins. */
    TableSource tableSources() throws SqlServerException {
        TableSource source = joined();
        while (cursor.acceptOperator(",")) {
            source = new TableSource.Join(TableSource.JoinKind.CROSS, source, joined(), null);
        }
        return source;
    }

    private TableSource joined() throws SqlServerException {
        TableSource left = primary();
        while (true) {
            if (cursor.accept("CROSS", "JOIN")) {
                left = new TableSource.Join(TableSource.JoinKind.CROSS, left, primary(), null);
            } else if (cursor.accept("CROSS", "APPLY")) {
                left = new TableSource.Apply(false, left, primary());
            } else if (cursor.accept("OUTER", "APPLY")) {
                left = new TableSource.Apply(true, left, primary());
            } else if (cursor.accept("PIVOT")) {
                left = pivot(left);
            } else if (cursor.accept("UNPIVOT")) {
                left = unpivot(left);
            } else {
                TableSource.JoinKind kind = joinKind();
                if (kind == null) {
                    return left;
                }
                TableSource right = joined(primary());
                cursor.expect("ON");
                left = new TableSource.Join(kind, left, right, expressions.expression());
            }
        }
    }

    private TableSource pivot(TableSource source) throws SqlServerException {
        cursor.expectOperator("(");
        Expression aggregate = expressions.expression();
        if (!(aggregate instanceof Expression.Call call)) {
            throw cursor.unexpected();
        }
        cursor.expect("FOR");
        String column = cursor.identifier();
        cursor.expect("IN");
        List<String> values = cursor.identifierList();
        cursor.expectOperator(")");
        return new TableSource.Pivot(source, call, column, values, requiredAlias());
    }

    private TableSource unpivot(TableSource source) throws SqlServerException {
        cursor.expectOperator("(");
        String value = cursor.identifier();
        cursor.expect("FOR");
        String name = cursor.identifier();
        cursor.expect("IN");
        List<String> columns = cursor.identifierList();
        cursor.expectOperator(")");
        return new TableSource.Unpivot(source, value, name, columns, requiredAlias());
    }

    /** {@code a JOIN b JOIN c ON … ON …}: a join whose condition comes later binds to the right first. */
    private TableSource joined(TableSource first) throws SqlServerException {
        TableSource left = first;
        while (!cursor.at("ON")) {
            TableSource.JoinKind kind = joinKind();
            if (kind == null) {
                return left;
            }
            TableSource right = joined(primary());
            cursor.expect("ON");
            left = new TableSource.Join(kind, left, right, expressions.expression());
        }
        return left;
    }

    private TableSource.JoinKind joinKind() throws SqlServerException {
        TableSource.JoinKind kind;
        if (cursor.accept("INNER")) {
            kind = TableSource.JoinKind.INNER;
        } else if (cursor.accept("LEFT")) {
            kind = TableSource.JoinKind.LEFT;
        } else if (cursor.accept("RIGHT")) {
            kind = TableSource.JoinKind.RIGHT;
        } else if (cursor.accept("FULL")) {
            kind = TableSource.JoinKind.FULL;
        } else if (cursor.accept("JOIN")) {
            return TableSource.JoinKind.INNER;
        } else {
            return null;
        }
        cursor.accept("OUTER");
        if (cursor.peek(1).isWord("JOIN")
                && JOIN_HINTS.contains(cursor.peek().text().toUpperCase(Locale.ROOT))) {
            cursor.next();
        }
        cursor.expect("JOIN");
        return kind;
    }

    TableSource primary() throws SqlServerException {
        if (cursor.atOperator("(")) {
            return parenthesised();
        }
        if (cursor.peek().kind() == TokenKind.VARIABLE) {
            String variable = cursor.variable();
            return new TableSource.TableVariable(variable, alias());
        }
        if (cursor.atAny(
                "OPENJSON", "OPENXML", "OPENROWSET", "OPENQUERY", "OPENDATASOURCE", "CONTAINSTABLE", "FREETEXTTABLE")) {
            throw TokenCursor.unsupported(cursor.peek().text().toUpperCase(Locale.ROOT));
        }
        ObjectName name = cursor.objectName();
        if (cursor.atOperator("(") && !oldStyleHint()) {
            cursor.next();
            List<Expression> arguments = cursor.atOperator(")") ? List.of() : expressions.list();
            cursor.expectOperator(")");
            String alias = alias();
            return new TableSource.Function(name, arguments, alias, columnAliases());
        }
        boolean held = hints();
        String alias = alias();
        held |= hints();
        if (cursor.at("TABLESAMPLE") || cursor.at("FOR", "SYSTEM_TIME")) {
            throw TokenCursor.unsupported(cursor.peek().text().toUpperCase(Locale.ROOT));
        }
        return new TableSource.Named(name, alias, held);
    }

    private TableSource parenthesised() throws SqlServerException {
        if (cursor.peek(1).isWord("VALUES")) {
            cursor.next();
            cursor.next();
            List<List<Expression>> rows = rows();
            cursor.expectOperator(")");
            String alias = requiredAlias();
            return new TableSource.Values(rows, alias, cursor.identifierList());
        }
        if (atDerived()) {
            return derived();
        }
        cursor.expectOperator("(");
        TableSource inner = tableSources();
        cursor.expectOperator(")");
        return inner;
    }

    /**
     * Whether the parentheses hold a query, not sources. Both may begin with more of them: {@code ((SELECT …) UNION …) a} and
     * {@code ((SELECT …) a JOIN b …)}. What follows the inner ones tells; reading twice would take exponential time.
     */
    private boolean atDerived() {
        int at = 1;
        while (cursor.peek(at).isOperator("(")) {
            Token after = cursor.peek(cursor.pastParentheses(at));
            if (after.isWord("UNION") || after.isWord("EXCEPT") || after.isWord("INTERSECT") || after.isWord("ORDER")) {
                return true;
            }
            if (!after.isOperator(")")) {
                return false;
            }
            at++;
        }
        return cursor.peek(at).isWord("SELECT") || cursor.peek(at).isWord("WITH");
    }

    private TableSource derived() throws SqlServerException {
        cursor.expectOperator("(");
        Query query = queries.query();
        cursor.expectOperator(")");
        String alias = requiredAlias();
        return new TableSource.Derived(query, alias, columnAliases());
    }

    List<List<Expression>> rows() throws SqlServerException {
        List<List<Expression>> rows = new ArrayList<>();
        do {
            cursor.expectOperator("(");
            rows.add(expressions.list());
            cursor.expectOperator(")");
        } while (cursor.acceptOperator(","));
        return rows;
    }

    private String requiredAlias() throws SqlServerException {
        cursor.accept("AS");
        return cursor.identifier();
    }

    String alias() throws SqlServerException {
        if (cursor.accept("AS")) {
            return cursor.identifier();
        }
        return cursor.atIdentifier() && !StatementWords.startsStatement(cursor.peek(), cursor.peek(1))
                ? cursor.identifier()
                : null;
    }

    private List<String> columnAliases() throws SqlServerException {
        return cursor.atOperator("(") ? cursor.identifierList() : List.of();
    }

    /** {@code t (NOLOCK)}: hints without WITH. */
    private boolean oldStyleHint() {
        Token token = cursor.peek(1);
        return token.kind() == TokenKind.WORD
                && TableHints.contains(token.text())
                && !cursor.peek(2).isOperator("(");
    }

    /**
     * Table hints. One pair has a meaning here; the others change how SQL Server goes about it, or are met by H2's own rules.
     *
     * @return whether they hold the whole table for reading
     */
    boolean hints() throws SqlServerException {
        if (cursor.at("WITH") && cursor.peek(1).isOperator("(")) {
            cursor.next();
        } else if (!cursor.atOperator("(") || !oldStyleHint()) {
            return false;
        }
        boolean whole = false;
        boolean untilTheEnd = false;
        for (int i = 1; !cursor.peek(i).isOperator(")") && cursor.peek(i).kind() != TokenKind.END; i++) {
            whole |= cursor.peek(i).isWord("TABLOCK");
            untilTheEnd |= cursor.peek(i).isWord("HOLDLOCK") || cursor.peek(i).isWord("SERIALIZABLE");
        }
        cursor.skipParentheses();
        return whole && untilTheEnd;
    }
}
