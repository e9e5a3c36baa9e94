package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.procedure.DescribedParameter;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.function.ScalarFunction;
import dev.tidegate.server.tsql.function.UndeclaredParameter;
import dev.tidegate.server.tsql.parse.BatchParser;
import dev.tidegate.server.tsql.parse.BatchSyntaxException;
import dev.tidegate.server.tsql.parse.Scanner;
import dev.tidegate.server.tsql.parse.Token;
import dev.tidegate.server.tsql.parse.TokenKind;
import dev.tidegate.server.tsql.translate.SessionView;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the types of the parameters of a batch that does not declare them, from the places where they stand. Used once. */
final class ParameterDescription implements SessionView {
    /** Where any type would do, text of any kind fits. */
    private static final SqlType UNDECIDED = SqlType.nvarchar(4000);

    private final Frame frame;
    private final Map<String, UndeclaredParameter> undeclared = new LinkedHashMap<>();
    private final StatementBinder binder = new StatementBinder(this);

    /** @param frame has the variables that are declared */
    ParameterDescription(Frame frame) {
        this.frame = frame;
    }

    /**
     * In the order in which the text first names them.
     *
     * @throws SqlServerException 102 and others if the text is wrong, 207 and 208 if it names what is not there
     */
    List<DescribedParameter> describe(String sql, boolean quotedIdentifiers) throws SqlServerException {
        List<Statement> statements;
        try {
            statements = BatchParser.parse(sql, quotedIdentifiers);
        } catch (BatchSyntaxException e) {
            throw e.error();
        }
        for (Statement statement : statements) {
            frame.declareAll(statement);
        }
        for (Token token : Scanner.scan(sql, quotedIdentifiers)) {
            if (token.kind() == TokenKind.VARIABLE && isOpen(token.text(), statements)) {
                undeclared.putIfAbsent(key(token.text()), new UndeclaredParameter(token.text()));
            }
        }
        for (Statement statement : statements) {
            bind(statement);
        }
        List<DescribedParameter> described = new ArrayList<>();
        for (UndeclaredParameter parameter : undeclared.values()) {
            described.add(new DescribedParameter(
                    parameter.name(), parameter.suggestion().orElse(UNDECIDED)));
        }
        return described;
    }

    private boolean isOpen(String name, List<Statement> statements) {
        return frame.variable(name).isEmpty()
                && statements.stream()
                        .noneMatch(s -> s instanceof Statement.DeclareTable table
                                && table.name().equalsIgnoreCase(name))
                && statements.stream().noneMatch(s -> namesArgument(s, name));
    }

    /** {@code EXEC p @name = …}: there it is the procedure's own parameter. */
    private static boolean namesArgument(Statement statement, String name) {
        return statement instanceof Statement.Execute execute
                && execute.arguments().stream()
                        .anyMatch(argument -> argument.name().equalsIgnoreCase(name));
    }

    private void bind(Statement statement) throws SqlServerException {
        binder.bind(statement);
        for (Statement part : BatchCheck.parts(statement)) {
            bind(part);
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<UndeclaredParameter> undeclared(String name) {
        return Optional.ofNullable(undeclared.get(key(name)));
    }

    @Override
    public Optional<TableInfo> table(ObjectName name) throws SqlServerException {
        return frame.table(name);
    }

    @Override
    public Optional<SqlType> sequence(ObjectName name) {
        return frame.sequence(name);
    }

    @Override
    public Optional<TypedValue> variable(String name) {
        return frame.variable(name);
    }

    @Override
    public Optional<TypedValue> global(String name) {
        return frame.global(name);
    }

    @Override
    public Optional<ScalarFunction> function(String name) {
        return frame.function(name);
    }

    @Override
    public String database() {
        return frame.database();
    }
}
