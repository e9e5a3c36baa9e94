package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.translate.ChangeTranslator;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.InsertTranslator;
import dev.tidegate.server.tsql.translate.MergeTranslator;
import dev.tidegate.server.tsql.translate.Parameters;
import dev.tidegate.server.tsql.translate.RowImages;
import dev.tidegate.server.tsql.translate.SessionView;
import dev.tidegate.server.tsql.translate.SessionView.TypedValue;
import dev.tidegate.server.tsql.translate.TranslatedDml;
import dev.tidegate.server.tsql.translate.TranslatedQuery;
import dev.tidegate.server.tsql.translate.Translation;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Resolves the names and types of statements without running them. Used by one thread. */
final class StatementBinder {
    private final SessionView view;

    StatementBinder(SessionView view) {
        this.view = view;
    }

    /**
     * One statement, without those that it contains.
     *
     * @return the columns of the result that it gives to the client; empty if it gives none
     * @throws SqlServerException what is wrong with it
     */
    List<ColumnInfo> bind(Statement statement) throws SqlServerException {
        return switch (statement) {
            case Statement.Select select -> query(select.query());
            case Statement.Insert insert ->
                insert.source() instanceof Statement.ExecuteSource
                        ? List.of()
                        : output(new InsertTranslator(translation(), false).insert(insert));
            case Statement.Update update -> {
                if (!RowImages.isNeeded(update)) {
                    yield output(new ChangeTranslator(translation()).update(update));
                }
                RowImages.of(view, update);
                yield List.of();
            }
            case Statement.Delete delete -> output(new ChangeTranslator(translation()).delete(delete));
            case Statement.Merge merge -> {
                if (merge.output() == null) {
                    yield output(new MergeTranslator(translation()).merge(merge));
                }
                RowImages.of(view, merge);
                yield List.of();
            }
            default -> {
                withoutResult(statement);
                yield List.of();
            }
        };
    }

    private static List<ColumnInfo> output(TranslatedDml dml) {
        return dml.output() == null ? List.of() : dml.output();
    }

    private void withoutResult(Statement statement) throws SqlServerException {
        switch (statement) {
            case Statement.If choice -> condition(choice.condition());
            case Statement.While loop -> condition(loop.condition());
            case Statement.SetVariable set -> value(set.name(), set.value());
            case Statement.Declare declare -> {
                for (Statement.Declaration declaration : declare.variables()) {
                    if (declaration.initial() != null) {
                        value(declaration.name(), declaration.initial());
                    }
                }
            }
            case Statement.Print print -> expression(print.value());
            default -> {
                // the others resolve their names when they run
            }
        }
    }

    private Translation translation() {
        return new Translation(view, new Parameters());
    }

    private List<ColumnInfo> query(Query query) throws SqlServerException {
        if (!(query.body() instanceof Query.Select select)) {
            List<ColumnInfo> columns = translation().query(query).columns();
            return query.into() == null ? columns : List.of();
        }
        List<Query.Item> items = new ArrayList<>();
        boolean sent = select.into() == null;
        for (Query.Item item : select.items()) {
            boolean assigned = item instanceof Query.Assignment;
            sent &= !assigned;
            items.add(assigned ? new Query.Value(((Query.Assignment) item).expression(), null) : item);
        }
        TranslatedQuery translated = translation().query(select.over(items, query));
        return sent ? translated.columns() : List.of();
    }

    private void condition(Expression condition) throws SqlServerException {
        Expression one = new Expression.Literal(SqlType.INT, 1);
        expression(new Expression.Case(null, List.of(new Expression.When(condition, one)), null));
    }

    private void expression(Expression expression) throws SqlServerException {
        translation().query(Query.ofValue(expression));
    }

    /** The value's type is that of the variable. */
    private void value(String variable, Expression expression) throws SqlServerException {
        TypedValue target = view.variable(variable)
                .orElseThrow(() ->
                        KnownError.UNDECLARED_VARIABLE.exception(variable));
        expression(new Expression.Cast(expression, target.type(), null, false));
    }
}
