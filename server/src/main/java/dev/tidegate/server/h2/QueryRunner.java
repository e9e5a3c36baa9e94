package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.translate.ExpressionSearch;
import dev.tidegate.server.tsql.translate.Parameters;
import dev.tidegate.server.tsql.translate.RowImages;
import dev.tidegate.server.tsql.translate.SessionView.TypedValue;
import dev.tidegate.server.tsql.translate.SqlText;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.translate.TableTranslator;
import dev.tidegate.server.tsql.translate.TranslatedQuery;
import dev.tidegate.server.tsql.translate.Translation;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Done;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs queries: those that go to the client, those that set variables, and SELECT … INTO. */
final class QueryRunner {
    private final SessionCore core;
    private final Frame frame;
    private final ResponseSink sink;
    private final H2Statement h2;

    QueryRunner(SessionCore core, Frame frame, ResponseSink sink) {
        this.core = core;
        this.frame = frame;
        this.sink = sink;
        this.h2 = new H2Statement(core);
    }

    void select(Query query) throws SqlServerException, SQLException {
        if (query.into() != null) {
            into(query);
            return;
        }
        if (query.body() instanceof Query.Select select) {
            if (select.items().stream().anyMatch(Query.Assignment.class::isInstance)) {
                assign(query, select);
                return;
            }
        }
        Parameters parameters = new Parameters();
        Translation translation = new Translation(frame, parameters);
        TranslatedQuery translated = translation.query(query);
        if (core.settings.formatOnly) {
            sink.columns(ResultStream.metadata(translated.columns()));
            sink.statementDone(Done.COMMAND_SELECT, 0);
            return;
        }
        for (TableInfo table : translation.held()) {
            TableLocks.read(core, table);
        }
        long rows = h2.query(
                translated.sql(),
                parameters.values(),
                result -> new ResultStream(translated.columns()).send(result, core, sink));
        core.rowCount = rows;
        sink.statementDone(Done.COMMAND_SELECT, core.settings.noCount ? -1 : rows);
    }

    /** A query whose rows are wanted here. */
    Cursors.Cursor read(Query query) throws SqlServerException, SQLException {
        Parameters parameters = new Parameters();
        TranslatedQuery translated = new Translation(frame, parameters).query(query);
        List<Object[]> rows =
                h2.query(translated.sql(), parameters.values(), new ResultStream(translated.columns())::readAll);
        return new Cursors.Cursor(translated.columns(), rows);
    }

    /** {@code SELECT @a = @a + x FROM t}: each row sees what the row before has left. */
    private void fold(Query query, Query.Select select) throws SqlServerException, SQLException {
        RowImages images = RowImages.of(frame, query, select);
        List<Object[]> rows = h2.query(images.sql(), images.parameters(), new ResultStream(images.columns())::readAll);
        for (Object[] row : rows) {
            core.cancellation.check();
            for (Query.Item item : select.items()) {
                Query.Assignment assignment = (Query.Assignment) item;
                RowImages.Step step = images.value(value(assignment), row);
                Object value = h2.query(step.sql(), step.parameters(), new ResultStream(step.columns())::readAll)
                        .getFirst()[0];
                frame.assign(
                        assignment.variable(), value, step.columns().getFirst().type());
            }
        }
        core.rowCount = rows.size();
    }

    /** Whether an assignment reads a variable that the same SELECT sets. */
    private static boolean isFold(Query.Select select) {
        List<String> names = new ArrayList<>();
        for (Query.Item item : select.items()) {
            if (item instanceof Query.Assignment assignment) {
                names.add(assignment.variable().toLowerCase(Locale.ROOT));
            }
        }
        boolean aggregated = !select.groupBy().isEmpty() || select.distinct();
        boolean reads = false;
        for (Query.Item item : select.items()) {
            if (item instanceof Query.Assignment assignment) {
                aggregated |= ExpressionSearch.hasAggregate(assignment.expression());
                aggregated |= ExpressionSearch.hasWindow(assignment.expression());
                reads |= !assignment.operator().equals("=")
                        || ExpressionSearch.variables(assignment.expression()).anyMatch(names::contains);
            }
        }
        return reads && !aggregated && select.from() != null;
    }

    private static Expression value(Query.Assignment assignment) {
        return assignment.operator().equals("=")
                ? assignment.expression()
                : new Expression.Binary(
                        assignment.operator().substring(0, 1),
                        new Expression.Variable(assignment.variable()),
                        assignment.expression());
    }

    private void assign(Query query, Query.Select select) throws SqlServerException, SQLException {
        List<Query.Item> items = new ArrayList<>();
        for (Query.Item item : select.items()) {
            if (!(item instanceof Query.Assignment assignment)) {
                throw KnownError.ASSIGNMENT_WITH_RETRIEVAL.exception();
            }
            items.add(new Query.Value(value(assignment), null));
        }
        if (isFold(select)) {
            fold(query, select);
            return;
        }
        Cursors.Cursor result = read(select.over(items, query));
        core.rowCount = result.rows.size();
        if (!result.rows.isEmpty()) {
            Object[] last = result.rows.getLast();
            for (int i = 0; i < last.length; i++) {
                String variable = ((Query.Assignment) select.items().get(i)).variable();
                frame.assign(variable, last[i], result.columns.get(i).type());
            }
        }
    }

    private void into(Query query) throws SqlServerException, SQLException {
        ObjectName name = query.into();
        new DdlConnection(core).run(catalog -> into(name, query, catalog), name);
        sink.statementDone(Done.COMMAND_SELECT, core.settings.noCount ? -1 : core.rowCount);
    }

    private void into(ObjectName name, Query query, CatalogChanges catalog) throws SqlServerException, SQLException {
        if (core.tables.find(name).isPresent()) {
            throw KnownError.OBJECT_EXISTS.exception(name.name());
        }
        Parameters parameters = new Parameters();
        TranslatedQuery translated = new Translation(frame, parameters).query(query);
        String schema = name.schema().isEmpty() ? "dbo" : name.schema();
        boolean temporary = H2Tables.isLocal(name);
        String inH2 = temporary ? core.tables.temporaries().forNew(name.name()) : name.name();
        String create = new TableTranslator(frame).createFor(schema, inH2, translated.columns(), temporary);
        catalog.createTable(create, core.tables.schema(schema), inH2);
        TableInfo target = core.tables.find(name).orElseThrow();
        String list = String.join(
                ", ",
                target.columns().stream().map(c -> SqlText.quote(c.name())).toList());
        core.rowCount =
                h2.update("INSERT INTO " + target.sql() + " (" + list + ") " + translated.sql(), parameters.values());
    }

    /** The value of an expression. */
    TypedValue value(Expression expression) throws SqlServerException, SQLException {
        if (expression instanceof Expression.Literal literal) {
            return new TypedValue(literal.value(), literal.type());
        }
        if (expression instanceof Expression.Null) {
            return new TypedValue(null, SqlType.INT);
        }
        if (expression instanceof Expression.Variable variable
                && frame.variable(variable.name()).isPresent()) {
            return frame.variable(variable.name()).get();
        }
        Cursors.Cursor result = read(Query.ofValue(expression));
        return new TypedValue(
                result.rows.getFirst()[0], result.columns.getFirst().type());
    }

    /** Whether a condition is true; unknown counts as false. */
    boolean isTrue(Expression condition) throws SqlServerException, SQLException {
        Expression one = new Expression.Literal(SqlType.INT, 1);
        Expression zero = new Expression.Literal(SqlType.INT, 0);
        return Integer.valueOf(1)
                .equals(value(new Expression.Case(null, List.of(new Expression.When(condition, one)), zero))
                        .value());
    }
}
