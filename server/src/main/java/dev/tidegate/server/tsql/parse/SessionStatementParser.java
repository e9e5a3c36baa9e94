package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses statements about the session: transactions, SET options, EXECUTE, messages, INSERT BULK. */
final class SessionStatementParser {
    private final TokenCursor cursor;
    private final TypeParser types;
    private final ExpressionParser expressions;

    SessionStatementParser(TokenCursor cursor, TypeParser types, ExpressionParser expressions) {
        this.cursor = cursor;
        this.types = types;
        this.expressions = expressions;
    }

    Statement statement() throws SqlServerException {
        Token token = cursor.peek();
        int line = token.line();
        switch (token.text().toUpperCase(Locale.ROOT)) {
            case "EXEC", "EXECUTE" -> {
                return execute(line);
            }
            case "COMMIT" -> {
                transactionName();
                return new Statement.Commit(line);
            }
            case "ROLLBACK" -> {
                return new Statement.Rollback(line, transactionName());
            }
            case "SAVE" -> {
                return new Statement.Save(line, transactionName());
            }
            case "RAISERROR" -> {
                return raisError(line);
            }
            case "THROW" -> {
                return throwError(line);
            }
            case "USE" -> {
                cursor.next();
                return new Statement.Use(line, cursor.identifier());
            }
            case "WAITFOR" -> {
                cursor.next();
                cursor.expect("DELAY");
                return new Statement.WaitFor(line, expressions.expression());
            }
            case "KILL" -> {
                return kill(line);
            }
            case "GOTO",
                    "GRANT",
                    "REVOKE",
                    "DENY",
                    "BACKUP",
                    "RESTORE",
                    "DBCC",
                    "OPEN",
                    "CLOSE",
                    "FETCH",
                    "DEALLOCATE",
                    "BULK",
                    "SHUTDOWN",
                    "RECONFIGURE",
                    "CHECKPOINT",
                    "REVERT" -> throw TokenCursor.unsupported(token.text().toUpperCase(Locale.ROOT));
            default -> {
                if (token.kind() == TokenKind.WORD && cursor.peek(1).isOperator(":")) {
                    throw TokenCursor.unsupported("label " + token.text() + ":");
                }
                throw cursor.unexpected();
            }
        }
    }

    private Statement kill(int line) throws SqlServerException {
        cursor.expect("KILL");
        if (cursor.at("STATS") || cursor.at("QUERY")) {
            throw TokenCursor.unsupported("KILL " + cursor.peek().text().toUpperCase(Locale.ROOT));
        }
        if (cursor.peek().kind() == TokenKind.STRING || cursor.atOperator("-")) {
            throw TokenCursor.unsupported("KILL of a distributed transaction");
        }
        long session = cursor.integer();
        boolean statusOnly = cursor.accept("WITH");
        if (statusOnly && !cursor.accept("STATUSONLY")) {
            throw cursor.unexpected();
        }
        return new Statement.Kill(line, session, statusOnly);
    }

    /** The cursor stands on BEGIN. */
    Statement beginTransaction() throws SqlServerException {
        int line = cursor.line();
        cursor.expect("BEGIN");
        if (cursor.at("DISTRIBUTED")) {
            throw TokenCursor.unsupported("BEGIN DISTRIBUTED TRANSACTION");
        }
        cursor.back(cursor.position() - 1);
        String name = transactionName();
        if (cursor.accept("WITH", "MARK")) {
            cursor.next();
        }
        return new Statement.BeginTransaction(line, name);
    }

    /** A keyword, TRAN or TRANSACTION or WORK, and a name that may be left out or stand in a variable. */
    private String transactionName() throws SqlServerException {
        cursor.next();
        if (cursor.accept("WORK")) {
            return "";
        }
        if (!cursor.accept("TRAN") && !cursor.accept("TRANSACTION")) {
            return "";
        }
        if (cursor.peek().kind() == TokenKind.VARIABLE) {
            return cursor.variable();
        }
        return cursor.atIdentifier() && !cursor.at("THROW") ? cursor.identifier() : "";
    }

    private Statement raisError(int line) throws SqlServerException {
        cursor.expect("RAISERROR");
        cursor.expectOperator("(");
        List<Expression> arguments = expressions.list();
        cursor.expectOperator(")");
        if (cursor.accept("WITH")) {
            do {
                cursor.identifier();
            } while (cursor.acceptOperator(","));
        }
        if (arguments.size() < 3) {
            throw cursor.unexpected();
        }
        return new Statement.RaisError(
                line, arguments.get(0), arguments.get(1), arguments.get(2), arguments.subList(3, arguments.size()));
    }

    private Statement throwError(int line) throws SqlServerException {
        cursor.next();
        if (cursor.atEnd() || cursor.atOperator(";") || cursor.at("END")) {
            return new Statement.Throw(line, null, null, null);
        }
        Expression number = expressions.expression();
        cursor.expectOperator(",");
        Expression message = expressions.expression();
        cursor.expectOperator(",");
        return new Statement.Throw(line, number, message, expressions.expression());
    }

    private Statement execute(int line) throws SqlServerException {
        cursor.next();
        if (cursor.atOperator("(")) {
            cursor.next();
            Expression text = expressions.expression();
            cursor.expectOperator(")");
            if (cursor.at("AT") || cursor.at("AS")) {
                throw TokenCursor.unsupported(
                        "EXECUTE … " + cursor.peek().text().toUpperCase(Locale.ROOT));
            }
            return new Statement.ExecuteText(line, text);
        }
        return call(line);
    }

    /** A procedure's name and arguments, without EXEC in front. */
    Statement call(int line) throws SqlServerException {
        String returnVariable = null;
        if (cursor.peek().kind() == TokenKind.VARIABLE && cursor.peek(1).isOperator("=")) {
            returnVariable = cursor.variable();
            cursor.next();
        }
        ObjectName procedure = cursor.objectName();
        List<Statement.Argument> arguments = new ArrayList<>();
        while (atArgument()) {
            arguments.add(argument());
            if (!cursor.acceptOperator(",")) {
                break;
            }
        }
        cursor.accept("WITH", "RECOMPILE");
        return new Statement.Execute(line, returnVariable, procedure, arguments);
    }

    private boolean atArgument() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case END -> false;
            case OPERATOR -> token.isOperator("-") || token.isOperator("{");
            case WORD -> token.isWord("NULL") || token.isWord("DEFAULT") || !ReservedWords.contains(token.text());
            default -> true;
        };
    }

    private Statement.Argument argument() throws SqlServerException {
        String name = "";
        if (cursor.peek().kind() == TokenKind.VARIABLE && cursor.peek(1).isOperator("=")) {
            name = cursor.variable();
            cursor.next();
        }
        Expression value;
        if (cursor.atIdentifier() && !cursor.peek(1).isOperator("(")) {
            // a bare word is a string here: sp_help customers
            String text = cursor.identifier();
            value = new Expression.Literal(SqlType.nvarchar(Math.max(1, text.length())), text);
        } else {
            value = expressions.expression();
        }
        boolean output = cursor.accept("OUTPUT") || cursor.accept("OUT");
        return new Statement.Argument(name, value, output);
    }

    /** The cursor stands on SET, and no variable follows. */
    Statement setOption() throws SqlServerException {
        int line = cursor.line();
        cursor.expect("SET");
        if (cursor.accept("TRANSACTION", "ISOLATION", "LEVEL")) {
            StringBuilder level = new StringBuilder(cursor.next().text());
            if (cursor.atAny("UNCOMMITTED", "COMMITTED")) {
                level.append(' ').append(cursor.next().text());
            } else if (level.toString().equalsIgnoreCase("REPEATABLE")) {
                level.append(' ').append(cursor.next().text());
            }
            return new Statement.SetOption(
                    line,
                    List.of("TRANSACTION ISOLATION LEVEL"),
                    level.toString().toUpperCase(Locale.ROOT));
        }
        if (cursor.accept("IDENTITY_INSERT")) {
            ObjectName table = cursor.objectName();
            return new Statement.SetIdentityInsert(line, table, onOff());
        }
        List<String> names = new ArrayList<>();
        do {
            if (cursor.accept("STATISTICS")) {
                names.add("STATISTICS " + cursor.next().text());
            } else if (cursor.peek().kind() == TokenKind.WORD) {
                names.add(cursor.next().text());
            } else {
                throw cursor.unexpected();
            }
        } while (cursor.acceptOperator(","));
        boolean negative = cursor.acceptOperator("-");
        Token value = cursor.peek();
        if (value.kind() == TokenKind.END || value.kind() == TokenKind.OPERATOR) {
            throw cursor.unexpected();
        }
        cursor.next();
        return new Statement.SetOption(line, names, (negative ? "-" : "") + value.text());
    }

    private boolean onOff() throws SqlServerException {
        boolean on = cursor.accept("ON");
        if (!on) {
            cursor.expect("OFF");
        }
        return on;
    }

    Statement insertBulk() throws SqlServerException {
        int line = cursor.line();
        cursor.expect("INSERT", "BULK");
        ObjectName table = cursor.objectName();
        List<Statement.BulkColumn> columns = new ArrayList<>();
        if (cursor.acceptOperator("(")) {
            do {
                String name = cursor.identifier();
                SqlType type = types.declared(columns.size() + 1);
                if (cursor.accept("COLLATE")) {
                    cursor.next();
                }
                columns.add(new Statement.BulkColumn(name, type));
            } while (cursor.acceptOperator(","));
            cursor.expectOperator(")");
        }
        List<String> options = new ArrayList<>();
        if (cursor.accept("WITH")) {
            cursor.expectOperator("(");
            do {
                options.add(cursor.identifierOrKeyword().toUpperCase(Locale.ROOT));
                if (cursor.acceptOperator("=")) {
                    cursor.next();
                }
                if (cursor.atOperator("(")) {
                    cursor.skipParentheses();
                }
            } while (cursor.acceptOperator(","));
            cursor.expectOperator(")");
        }
        return new Statement.InsertBulk(line, table, columns, options);
    }
}
