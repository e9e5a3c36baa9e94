package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.RowImages;
import dev.tidegate.server.tsql.translate.RowImages.Step;
import dev.tidegate.server.tsql.type.SqlType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs changes row by row: an UPDATE that sets variables or returns a row's values before and after, a MERGE that tells what it did. The
 * caller has a transaction open, so that all of it is done or nothing.
 */
final class RowwiseRunner {
    private final Frame frame;
    private final H2Statement h2;
    private final SessionCore core;
    private final List<Object[]> returned = new ArrayList<>();
    private List<ColumnInfo> returnedColumns = List.of();

    RowwiseRunner(SessionCore core, Frame frame) {
        this.core = core;
        this.frame = frame;
        this.h2 = new H2Statement(core);
    }

    /** @return rows changed */
    long update(Statement.Update update) throws SqlServerException, SQLException {
        RowImages images = RowImages.of(frame, update);
        describe(images, update.output());
        Set<Object> seen = new HashSet<>();
        long count = 0;
        for (Object[] row : read(images)) {
            if (!seen.add(row[0])) {
                // a row that the join finds twice is changed once
                continue;
            }
            core.cancellation.check();
            Map<String, Object> values = new LinkedHashMap<>();
            for (Statement.Assignment assignment : update.assignments()) {
                assign(images, assignment, row, values);
            }
            Object[] after = values.isEmpty() ? images.before(row) : changed(images.update(row[0], values));
            if (after == null) {
                // an outer join of FROM has found no row of the target
                continue;
            }
            count++;
            output(images, update.output(), "UPDATE", row, images.before(row), after);
        }
        return count;
    }

    private void assign(RowImages images, Statement.Assignment assignment, Object[] row, Map<String, Object> values)
            throws SqlServerException, SQLException {
        Step step;
        if (assignment.column() != null) {
            step = images.value(assignment, row);
        } else {
            Expression value = assignment.operator().equals("=")
                    ? assignment.value()
                    : new Expression.Binary(
                            assignment.operator().substring(0, 1),
                            new Expression.Variable(assignment.variable()),
                            assignment.value());
            step = images.value(value, row);
        }
        Object value = single(step)[0];
        if (assignment.column() != null) {
            values.put(step.columns().getFirst().name(), value);
        }
        if (assignment.variable() != null) {
            frame.assign(assignment.variable(), value, step.columns().getFirst().type());
        }
    }

    /** @return rows changed */
    long merge(Statement.Merge merge) throws SqlServerException, SQLException {
        RowImages images = RowImages.of(frame, merge);
        describe(images, merge.output());
        Set<Object> changed = new HashSet<>();
        long count = 0;
        for (Object[] row : read(images)) {
            core.cancellation.check();
            Statement.MergeClause clause = clause(images, merge, row);
            if (clause == null) {
                continue;
            }
            if (row[0] != null && !changed.add(row[0])) {
                throw KnownError.MERGE_TWICE.exception();
            }
            apply(images, merge, clause.action(), row);
            count++;
        }
        return count;
    }

    private Statement.MergeClause clause(RowImages images, Statement.Merge merge, Object[] row)
            throws SqlServerException, SQLException {
        Statement.MergeWhen state = row[0] == null
                ? Statement.MergeWhen.NOT_MATCHED
                : Boolean.TRUE.equals(row[1]) ? Statement.MergeWhen.MATCHED : Statement.MergeWhen.NOT_MATCHED_BY_SOURCE;
        for (Statement.MergeClause clause : merge.clauses()) {
            if (clause.when() == state && (clause.condition() == null || isTrue(images, clause.condition(), row))) {
                return clause;
            }
        }
        return null;
    }

    private boolean isTrue(RowImages images, Expression condition, Object[] row)
            throws SqlServerException, SQLException {
        Expression one = new Expression.Literal(SqlType.INT, 1);
        Expression choice = new Expression.Case(null, List.of(new Expression.When(condition, one)), null);
        return single(images.value(choice, row))[0] != null;
    }

    private void apply(RowImages images, Statement.Merge merge, Statement.MergeAction action, Object[] row)
            throws SqlServerException, SQLException {
        switch (action) {
            case Statement.MergeDelete d -> {
                Step delete = images.delete(row[0]);
                h2.update(delete.sql(), delete.parameters());
                output(images, merge.output(), "DELETE", row, images.before(row), null);
            }
            case Statement.MergeUpdate update ->
                output(
                        images,
                        merge.output(),
                        "UPDATE",
                        row,
                        images.before(row),
                        single(images.update(row[0], update, row)));
            case Statement.MergeInsert insert ->
                output(images, merge.output(), "INSERT", row, null, single(images.insert(insert, row)));
        }
    }

    private List<Object[]> read(RowImages images) throws SqlServerException, SQLException {
        return h2.query(images.sql(), images.parameters(), new ResultStream(images.columns())::readAll);
    }

    /** The changed row; null if there was none. */
    private Object[] changed(Step step) throws SqlServerException, SQLException {
        List<Object[]> rows = h2.query(step.sql(), step.parameters(), new ResultStream(step.columns())::readAll);
        return rows.isEmpty() ? null : rows.getFirst();
    }

    private Object[] single(Step step) throws SqlServerException, SQLException {
        return h2.query(step.sql(), step.parameters(), new ResultStream(step.columns())::readAll)
                .getFirst();
    }

    /** Finds the columns of the result also if there will be no row. */
    private void describe(RowImages images, Statement.Output output) throws SqlServerException {
        if (output != null) {
            Object[] none = new Object[images.columns().size()];
            returnedColumns = images.output(output, "", none, null, null).columns();
        }
    }

    private void output(
            RowImages images, Statement.Output output, String action, Object[] row, Object[] before, Object[] after)
            throws SqlServerException, SQLException {
        if (output != null) {
            returned.add(single(images.output(output, action, row, before, after)));
        }
    }

    /** Sends what OUTPUT returns, or gives it to the table that OUTPUT INTO names. */
    void deliver(Statement.Output output, ResponseSink sink) throws SqlServerException, SQLException {
        if (output == null) {
            return;
        }
        if (output.into() == null) {
            sink.columns(ResultStream.metadata(returnedColumns));
            returned.forEach(sink::row);
            return;
        }
        List<List<Expression>> rows = new ArrayList<>();
        for (Object[] row : returned) {
            List<Expression> values = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                values.add(
                        row[i] == null
                                ? new Expression.Null()
                                : new Expression.Literal(returnedColumns.get(i).type(), row[i]));
            }
            rows.add(values);
        }
        if (!rows.isEmpty()) {
            new DmlRunner(core, frame, new CapturedRows(sink))
                    .insert(new Statement.Insert(
                            1,
                            List.of(),
                            null,
                            new Statement.Target(output.into(), null),
                            output.intoColumns(),
                            null,
                            new Statement.ValuesSource(rows)));
        }
    }
}
