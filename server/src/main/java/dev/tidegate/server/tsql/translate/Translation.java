package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.function.FunctionContext;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The translation of one statement: what its parts share. Used by one thread. */
public final class Translation implements FunctionContext {
    /** A common table expression that is in force. */
    record NamedQuery(String name, List<ColumnInfo> columns) {}

    private final SessionView session;
    private final Parameters parameters;
    private final List<TableInfo> held = new ArrayList<>();
    private int places;
    private final Deque<NamedQuery> ctes = new ArrayDeque<>();
    private final ExpressionTranslator expressions = new ExpressionTranslator(this);
    private final PredicateTranslator predicates = new PredicateTranslator(this);
    private final FromTranslator from = new FromTranslator(this);
    private final QueryTranslator queries = new QueryTranslator(this);

    /** @param parameters null where none can be bound: in views, defaults and constraints values are written into the SQL */
    public Translation(SessionView session, Parameters parameters) {
        this.session = session;
        this.parameters = parameters;
    }

    public TranslatedQuery query(Query query) throws SqlServerException {
        return queries.query(query, null);
    }

    /** The tables that nobody may write to until the transaction ends. */
    public List<TableInfo> held() {
        return held;
    }

    void hold(TableInfo table) {
        held.add(table);
    }

    SessionView session() {
        return session;
    }

    ExpressionTranslator expressions() {
        return expressions;
    }

    PredicateTranslator predicates() {
        return predicates;
    }

    FromTranslator from() {
        return from;
    }

    QueryTranslator queries() {
        return queries;
    }

    /** An alias for H2's SQL that nothing else in this statement has. */
    String newPlace(String what) {
        return what + "$" + ++places;
    }

    /** How many values are bound so far. */
    int bound() {
        return parameters == null ? 0 : parameters.values().size();
    }

    /** Forgets values that are bound for SQL that is not used. */
    void unbindTo(int bound) {
        if (parameters != null) {
            parameters.forgetAfter(bound);
        }
    }

    void push(NamedQuery cte) {
        ctes.push(cte);
    }

    int depth() {
        return ctes.size();
    }

    void popTo(int depth) {
        while (ctes.size() > depth) {
            ctes.pop();
        }
    }

    Optional<NamedQuery> cte(ObjectName name) {
        return name.parts().size() > 1
                ? Optional.empty()
                : ctes.stream()
                        .filter(cte -> cte.name().equalsIgnoreCase(name.name()))
                        .findFirst();
    }

    /** @throws SqlServerException 208 if there is no such table */
    TableInfo table(ObjectName name) throws SqlServerException {
        return session.table(name)
                .orElseThrow(() -> KnownError.INVALID_OBJECT.exception(name));
    }

    Operand variable(String name) throws SqlServerException {
        Optional<SessionView.TypedValue> declared = session.variable(name);
        if (declared.isEmpty() && session.undeclared(name).isPresent()) {
            return Operand.undeclared(session.undeclared(name).get());
        }
        SessionView.TypedValue variable = declared.orElseThrow(
                () -> KnownError.UNDECLARED_VARIABLE.exception(name));
        return value(variable.value(), variable.type());
    }

    Operand global(String name) throws SqlServerException {
        SessionView.TypedValue value = session.global(name)
                .orElseThrow(
                        () -> KnownError.UNDECLARED_VARIABLE.exception(name));
        return value(value.value(), value.type());
    }

    @Override
    public Operand value(Object value, SqlType type) throws SqlServerException {
        String sql = parameters == null ? SqlText.literal(value, type) : parameters.add(value, type);
        return new Operand(sql, type, true, null);
    }

    @Override
    public String convert(Operand operand, SqlType target) throws SqlServerException {
        return Coercion.implicit(operand, target);
    }

    @Override
    public String database() {
        return session.database();
    }

    @Override
    public boolean isImmediate() {
        return parameters != null;
    }
}
