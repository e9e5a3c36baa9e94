package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.translate.ChangeTranslator;
import dev.tidegate.server.tsql.translate.InsertTranslator;
import dev.tidegate.server.tsql.translate.MergeTranslator;
import dev.tidegate.server.tsql.translate.Parameters;
import dev.tidegate.server.tsql.translate.RowImages;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.translate.TranslatedDml;
import dev.tidegate.server.tsql.translate.Translation;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.token.Done;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.value.Value;
import org.h2.value.ValueNull;

/** Runs INSERT, UPDATE, DELETE and MERGE. */
final class DmlRunner {
    private final SessionCore core;
    private final Frame frame;
    private final ResponseSink sink;
    private final H2Statement h2;

    DmlRunner(SessionCore core, Frame frame, ResponseSink sink) {
        this.core = core;
        this.frame = frame;
        this.sink = sink;
        this.h2 = new H2Statement(core);
    }

    void insert(Statement.Insert insert) throws SqlServerException, SQLException {
        if (insert.source() instanceof Statement.ExecuteSource source) {
            insertExecuted(insert, source.execute());
            return;
        }
        TableInfo table = core.tables.find(insert.target().name()).orElse(null);
        boolean explicit = table != null && table.display().equalsIgnoreCase(core.settings.identityInsert);
        Parameters parameters = new Parameters();
        TranslatedDml dml = new InsertTranslator(new Translation(frame, parameters), explicit).insert(limited(insert));
        SessionLocal session = core.h2();
        session.setLastIdentity(ValueNull.INSTANCE);
        run("INSERT", Done.COMMAND_INSERT, dml, parameters);
        if (dml.target().identity().isPresent()) {
            Value last = session.getLastIdentity();
            core.identity = last == ValueNull.INSTANCE ? null : last.getBigDecimal();
            if (explicit) {
                IdentitySequence.moveBeyond(core, dml.target());
            }
        }
    }

    /** INSERT … EXECUTE: the rows are read to their end, then inserted as one statement. */
    private void insertExecuted(Statement.Insert insert, Statement source) throws SqlServerException, SQLException {
        CapturedRows captured = new CapturedRows(sink);
        new Interpreter(core, frame, captured).run(List.of(source));
        if (captured.failed()) {
            return;
        }
        List<List<Expression>> rows = new ArrayList<>();
        for (Object[] row : captured.rows()) {
            List<Expression> values = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                SqlType type = SqlType.of(captured.columns().get(i).type());
                values.add(row[i] == null ? new Expression.Null() : new Expression.Literal(type, row[i]));
            }
            rows.add(values);
        }
        if (rows.isEmpty()) {
            core.rowCount = 0;
            sink.statementDone(Done.COMMAND_INSERT, core.settings.noCount ? -1 : 0);
            return;
        }
        insert(new Statement.Insert(
                insert.line(),
                insert.with(),
                insert.top(),
                insert.target(),
                insert.columns(),
                insert.output(),
                new Statement.ValuesSource(rows)));
    }

    void update(Statement.Update written) throws SqlServerException, SQLException {
        Statement.Update update = limited(written);
        if (RowImages.isNeeded(update)) {
            RowwiseRunner rows = new RowwiseRunner(core, frame);
            rowwise("UPDATE", Done.COMMAND_UPDATE, () -> {
                long count = rows.update(update);
                rows.deliver(update.output(), sink);
                return count;
            });
            return;
        }
        Parameters parameters = new Parameters();
        run(
                "UPDATE",
                Done.COMMAND_UPDATE,
                new ChangeTranslator(new Translation(frame, parameters)).update(update),
                parameters);
    }

    void delete(Statement.Delete delete) throws SqlServerException, SQLException {
        Parameters parameters = new Parameters();
        run(
                "DELETE",
                Done.COMMAND_DELETE,
                new ChangeTranslator(new Translation(frame, parameters)).delete(limited(delete)),
                parameters);
    }

    void merge(Statement.Merge merge) throws SqlServerException, SQLException {
        if (core.settings.rowLimit > 0) {
            throw KnownError.UNSUPPORTED.exception("MERGE while SET ROWCOUNT is not 0 is not supported by this server.");
        }
        if (merge.output() != null) {
            mergeRows(merge);
            return;
        }
        Parameters parameters = new Parameters();
        TranslatedDml whole = new MergeTranslator(new Translation(frame, parameters)).merge(merge);
        try {
            run("MERGE", Done.COMMAND_MERGE, whole, parameters);
        } catch (SqlServerException e) {
            if (e.number() != KnownError.MERGE_TWICE.number()) {
                throw e;
            }
            // For H2 a row is met twice also if no clause fits one of the times.
            mergeRows(merge);
        }
    }

    private void mergeRows(Statement.Merge merge) throws SqlServerException, SQLException {
        RowwiseRunner rows = new RowwiseRunner(core, frame);
        rowwise("MERGE", Done.COMMAND_MERGE, () -> {
            long count = rows.merge(merge);
            rows.deliver(merge.output(), sink);
            return count;
        });
    }

    /** SET ROWCOUNT limits changes too; a TOP of their own stays. */
    private Query.Top limit(Query.Top own) {
        return own != null || core.settings.rowLimit == 0
                ? own
                : new Query.Top(new Expression.Literal(SqlType.BIGINT, core.settings.rowLimit), false, false);
    }

    private Statement.Insert limited(Statement.Insert i) {
        return new Statement.Insert(
                i.line(), i.with(), limit(i.top()), i.target(), i.columns(), i.output(), i.source());
    }

    private Statement.Update limited(Statement.Update u) {
        return new Statement.Update(
                u.line(), u.with(), limit(u.top()), u.target(), u.assignments(), u.output(), u.from(), u.where());
    }

    private Statement.Delete limited(Statement.Delete d) {
        return new Statement.Delete(d.line(), d.with(), limit(d.top()), d.target(), d.output(), d.from(), d.where());
    }

    private void run(String statement, int command, TranslatedDml dml, Parameters parameters)
            throws SqlServerException, SQLException {
        try (TableLocks.Writing _ = TableLocks.write(core, dml.target())) {
            boolean several = dml.twice() != null || !dml.before().isEmpty();
            core.rowCount = several ? together(() -> all(dml, parameters)) : change(dml, parameters);
        } catch (SQLException e) {
            throw core.map(e, statement, dml.target().display());
        }
        sink.statementDone(command, core.settings.noCount ? -1 : core.rowCount);
    }

    private long all(TranslatedDml dml, Parameters parameters) throws SqlServerException, SQLException {
        if (dml.twice() != null && h2.query(dml.twice(), parameters.values(), ResultSet::next)) {
            throw KnownError.MERGE_TWICE.exception();
        }
        long count = 0;
        for (String sql : dml.before()) {
            count += h2.update(sql, parameters.values());
        }
        return count + change(dml, parameters);
    }

    private void rowwise(String statement, int command, Work work) throws SqlServerException, SQLException {
        try {
            core.rowCount = together(work);
        } catch (SQLException e) {
            throw core.map(e, statement, "");
        }
        sink.statementDone(command, core.settings.noCount ? -1 : core.rowCount);
    }

    private long change(TranslatedDml dml, Parameters parameters) throws SqlServerException, SQLException {
        if (dml.output() == null) {
            return h2.update(dml.sql(), parameters.values());
        }
        ResultStream stream = new ResultStream(dml.output());
        return h2.query(dml.sql(), parameters.values(), rows -> stream.send(rows, core, sink));
    }

    /** Statements that are one for the client. */
    @FunctionalInterface
    private interface Work {
        /** @return rows changed */
        long run() throws SqlServerException, SQLException;
    }

    /** Several statements as one: all or nothing. */
    private long together(Work work) throws SqlServerException, SQLException {
        boolean own = !core.transactions.isOpen();
        core.connection.setAutoCommit(false);
        try {
            Savepoint start = own ? null : core.connection.setSavepoint();
            try {
                long count = work.run();
                if (own) {
                    core.connection.commit();
                }
                return count;
            } catch (SQLException | SqlServerException | RuntimeException e) {
                undo(start, e);
                throw e;
            }
        } finally {
            if (own) {
                core.connection.setAutoCommit(true);
            }
        }
    }

    /** @param start null for the whole transaction; it is gone with that if this session was the victim of a deadlock */
    private void undo(Savepoint start, Exception cause) {
        try {
            if (start == null) {
                core.connection.rollback();
            } else {
                core.connection.rollback(start);
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
