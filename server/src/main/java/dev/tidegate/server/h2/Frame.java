package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.convert.VariantConversion;
import dev.tidegate.server.tsql.function.ScalarFunction;
import dev.tidegate.server.tsql.translate.SessionView;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The variables of a batch, or of a statement that {@code sp_executesql} runs. Used by one thread. */
final class Frame implements SessionView {
    private final SessionCore core;
    private final Map<String, TypedValue> variables = new HashMap<>();
    private final List<String> tableVariables = new ArrayList<>();
    private CaughtError caught;
    /** Whether names are looked up without a lock on them. */
    private boolean looksOnly;

    Frame(SessionCore core) {
        this.core = core;
    }

    /** A frame with the same variables, in which nothing runs. */
    Frame copy() {
        Frame copy = new Frame(core);
        copy.looksOnly = true;
        copy.variables.putAll(variables);
        return copy;
    }

    /** @throws SqlServerException 134 if there is one of that name */
    void declare(String name, SqlType type) throws SqlServerException {
        if (variables.putIfAbsent(key(name), new TypedValue(null, type)) != null) {
            throw KnownError.VARIABLE_DECLARED_TWICE.exception(name);
        }
    }

    /** The variables of a statement and of those in it: they are there from the batch's beginning, reached never, once or in a loop. */
    void declareAll(Statement statement) throws SqlServerException {
        if (statement instanceof Statement.Declare declare) {
            for (Statement.Declaration declaration : declare.variables()) {
                declare(declaration.name(), declaration.type());
            }
        }
        for (Statement part : BatchCheck.parts(statement)) {
            declareAll(part);
        }
    }

    /** @param value of the given type; converted to the variable's */
    void assign(String name, Object value, SqlType type) throws SqlServerException {
        TypedValue variable = variables.get(key(name));
        if (variable == null) {
            throw KnownError.UNDECLARED_VARIABLE.exception(name);
        }
        VariantConversion.checkImplicit(type, variable.type());
        Object converted = value == null ? null : Conversion.convert(value, type, variable.type(), 0);
        variables.put(key(name), new TypedValue(converted, variable.type()));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    void addTableVariable(String name) {
        tableVariables.add(name);
    }

    List<String> tableVariables() {
        return tableVariables;
    }

    /**
     * An error that a CATCH block has caught.
     *
     * @param line of the statement that failed, in its own batch
     */
    record CaughtError(SqlServerException error, int line) {}

    /** What the CATCH block that runs has caught; null outside of one. */
    CaughtError caught() {
        return caught;
    }

    void caught(CaughtError error) {
        caught = error;
    }

    @Override
    public Optional<TableInfo> table(ObjectName name) throws SqlServerException {
        return looksOnly ? core.tables.look(name) : core.tables.find(name);
    }

    @Override
    public Optional<SqlType> sequence(ObjectName name) {
        return core.tables.sequence(name);
    }

    @Override
    public Optional<TypedValue> variable(String name) {
        return Optional.ofNullable(variables.get(key(name)));
    }

    @Override
    public Optional<TypedValue> global(String name) {
        return SessionGlobals.find(core, name.toUpperCase(Locale.ROOT));
    }

    @Override
    public Optional<ScalarFunction> function(String name) {
        Optional<ScalarFunction> own = SessionFunctions.find(core, this, name);
        return own.isPresent() ? own : core.backend.function(name);
    }

    @Override
    public String database() {
        return core.database.name();
    }
}
