package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses statements: which one it is, and those that control the batch. */
final class StatementParser {
    private static final Set<String> ASSIGNMENTS = Set.of("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=");

    private final TokenCursor cursor;
    private final TypeParser types;
    private final QueryParser queries;
    private final ExpressionParser expressions;
    private final DmlParser dml;
    private final DdlParser ddl;
    private final SessionStatementParser session;

    StatementParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.types = new TypeParser(cursor);
        this.queries = new QueryParser(cursor, types);
        this.expressions = queries.expressions();
        this.dml = new DmlParser(cursor, queries, this);
        this.ddl = new DdlParser(cursor, types, queries);
        this.session = new SessionStatementParser(cursor, types, expressions);
    }

    List<Statement> batch() throws SqlServerException {
        List<Statement> statements = new ArrayList<>();
        skipSemicolons();
        if (cursor.atIdentifier() && cursor.peek().kind() != TokenKind.END && !startsStatement()) {
            statements.add(session.call(cursor.line()));
            skipSemicolons();
        }
        while (!cursor.atEnd()) {
            statements.add(statement());
            skipSemicolons();
        }
        return statements;
    }

    private boolean startsStatement() {
        return cursor.at("THROW") || cursor.at("GO");
    }

    private void skipSemicolons() {
        while (cursor.acceptOperator(";")) {
            // empty statements are allowed
        }
    }

    Statement statement() throws SqlServerException {
        Token token = cursor.peek();
        int line = token.line();
        if (token.isOperator("(")) {
            return new Statement.Select(line, queries.statement());
        }
        if (token.kind() != TokenKind.WORD) {
            throw cursor.unexpected();
        }
        return switch (token.text().toUpperCase(Locale.ROOT)) {
            case "SELECT" -> new Statement.Select(line, queries.statement());
            case "WITH" -> with(line);
            case "INSERT" -> cursor.peek(1).isWord("BULK") ? session.insertBulk() : dml.statement(List.of());
            case "UPDATE", "DELETE", "MERGE" -> dml.statement(List.of());
            case "CREATE" -> ddl.create();
            case "ALTER" -> ddl.alter();
            case "DROP" -> ddl.dropObject();
            case "TRUNCATE" -> ddl.truncate();
            case "DECLARE" -> declare(line);
            case "SET" -> set(line);
            case "IF" -> conditional(line);
            case "WHILE" -> {
                cursor.next();
                Expression condition = expressions.expression();
                yield new Statement.While(line, condition, body());
            }
            case "BREAK" -> {
                cursor.next();
                yield new Statement.Break(line);
            }
            case "CONTINUE" -> {
                cursor.next();
                yield new Statement.Continue(line);
            }
            case "BEGIN" -> begin(line);
            case "RETURN" -> {
                cursor.next();
                yield new Statement.Return(line, atExpression() ? expressions.expression() : null);
            }
            case "PRINT" -> {
                cursor.next();
                yield new Statement.Print(line, expressions.expression());
            }
            default -> session.statement();
        };
    }

    private boolean atExpression() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case INTEGER, DECIMAL, VARIABLE, GLOBAL, STRING -> true;
            case OPERATOR -> token.isOperator("-") || token.isOperator("(");
            default -> false;
        };
    }

    /** The statement after IF, ELSE or WHILE; a semicolon may end it before ELSE. */
    private Statement body() throws SqlServerException {
        Statement statement = statement();
        if (cursor.atOperator(";") && cursor.peek(1).isWord("ELSE")) {
            cursor.next();
        }
        return statement;
    }

    private Statement with(int line) throws SqlServerException {
        int start = cursor.position();
        List<Query.Cte> ctes = queries.ctes();
        if (cursor.atAny("INSERT", "UPDATE", "DELETE", "MERGE")) {
            return dml.statement(ctes);
        }
        cursor.back(start);
        return new Statement.Select(line, queries.statement());
    }

    private Statement conditional(int line) throws SqlServerException {
        cursor.expect("IF");
        Expression condition = expressions.expression();
        Statement then = body();
        Statement otherwise = cursor.accept("ELSE") ? body() : null;
        return new Statement.If(line, condition, then, otherwise);
    }

    private Statement begin(int line) throws SqlServerException {
        if (cursor.peek(1).isWord("TRAN")
                || cursor.peek(1).isWord("TRANSACTION")
                || cursor.peek(1).isWord("DISTRIBUTED")) {
            return session.beginTransaction();
        }
        cursor.expect("BEGIN");
        if (cursor.accept("TRY")) {
            Statement.Block attempt = block(line, "TRY");
            skipSemicolons();
            int handlerLine = cursor.line();
            cursor.expect("BEGIN", "CATCH");
            return new Statement.TryCatch(line, attempt, block(handlerLine, "CATCH"));
        }
        return block(line, null);
    }

    private Statement.Block block(int line, String closing) throws SqlServerException {
        List<Statement> statements = new ArrayList<>();
        skipSemicolons();
        while (!cursor.at("END")) {
            if (cursor.atEnd()) {
                throw cursor.unexpected();
            }
            statements.add(statement());
            skipSemicolons();
        }
        cursor.expect("END");
        if (closing != null) {
            cursor.expect(closing);
        } else if (statements.isEmpty()) {
            throw cursor.unexpected();
        }
        return new Statement.Block(line, statements);
    }

    private Statement declare(int line) throws SqlServerException {
        cursor.expect("DECLARE");
        if (cursor.atIdentifier()) {
            throw TokenCursor.unsupported("DECLARE CURSOR");
        }
        List<Statement.Declaration> declarations = new ArrayList<>();
        do {
            String name = cursor.variable();
            cursor.accept("AS");
            if (cursor.accept("TABLE")) {
                return new Statement.DeclareTable(line, name, ddl.tables().elements());
            }
            if (cursor.at("CURSOR")) {
                throw TokenCursor.unsupported("DECLARE CURSOR");
            }
            SqlType type = types.declared(declarations.size() + 1);
            Expression initial = cursor.acceptOperator("=") ? expressions.expression() : null;
            declarations.add(new Statement.Declaration(name, type, initial));
        } while (cursor.acceptOperator(","));
        return new Statement.Declare(line, declarations);
    }

    private Statement set(int line) throws SqlServerException {
        if (cursor.peek(1).kind() != TokenKind.VARIABLE) {
            return session.setOption();
        }
        cursor.expect("SET");
        String name = cursor.variable();
        Token operator = cursor.peek();
        if (operator.kind() != TokenKind.OPERATOR || !ASSIGNMENTS.contains(operator.text())) {
            throw cursor.unexpected();
        }
        cursor.next();
        return new Statement.SetVariable(line, name, operator.text(), expressions.expression());
    }

    /** The parameters of {@code sp_executesql}: {@code @a int, @b nvarchar(10) OUTPUT}. */
    List<Statement.Declaration> parameters() throws SqlServerException {
        List<Statement.Declaration> parameters = new ArrayList<>();
        while (!cursor.atEnd()) {
            String name = cursor.variable();
            cursor.accept("AS");
            SqlType type = types.declared(parameters.size() + 1);
            Expression initial = cursor.acceptOperator("=") ? expressions.expression() : null;
            if (!cursor.accept("OUTPUT") && !cursor.accept("OUT")) {
                cursor.accept("READONLY");
            }
            parameters.add(new Statement.Declaration(name, type, initial));
            if (!cursor.acceptOperator(",") && !cursor.atEnd()) {
                throw cursor.unexpected();
            }
        }
        return parameters;
    }
}
