package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.translate.ChangeTranslator;
import dev.tidegate.server.tsql.translate.InsertTranslator;
import dev.tidegate.server.tsql.translate.MergeTranslator;
import dev.tidegate.server.tsql.translate.Parameters;
import dev.tidegate.server.tsql.translate.RowImages;
import dev.tidegate.server.tsql.translate.SessionView;
import dev.tidegate.server.tsql.translate.SessionView.TypedValue;
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
     * @throws SqlServerException what is wrong with it
     */
    void bind(Statement statement) throws SqlServerException {
        switch (statement) {
            case Statement.Select select -> query(select.query());
            case Statement.Insert insert -> {
                if (!(insert.source() instanceof Statement.ExecuteSource)) {
                    new InsertTranslator(translation(), false).insert(insert);
                }
            }
            case Statement.Update update -> {
                if (RowImages.isNeeded(update)) {
                    RowImages.of(view, update);
                } else {
                    new ChangeTranslator(translation()).update(update);
                }
            }
            case Statement.Delete delete -> new ChangeTranslator(translation()).delete(delete);
            case Statement.Merge merge -> {
                if (merge.output() == null) {
                    new MergeTranslator(translation()).merge(merge);
                } else {
                    RowImages.of(view, merge);
                }
            }
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

    private void query(Query query) throws SqlServerException {
        Query plain = query;
        if (query.body() instanceof Query.Select select) {
            List<Query.Item> items = new ArrayList<>();
            for (Query.Item item : select.items()) {
                items.add(
                        item instanceof Query.Assignment assignment
                                ? new Query.Value(assignment.expression(), null)
                                : item);
            }
            plain = select.over(items, query);
        }
        translation().query(plain);
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
                        new SqlServerException(137, 1, 15, "Must declare the scalar variable \"" + variable + "\"."));
        expression(new Expression.Cast(expression, target.type(), null, false));
    }
}
