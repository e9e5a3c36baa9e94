package dev.tidegate.server.tsql.ast;

import dev.tidegate.server.tsql.type.SqlType;
import java.util.List;

/** A statement of T-SQL. {@code line} counts from 1 in the batch. */
public sealed interface Statement {
    int line();

    record Select(int line, Query query) implements Statement {}

    /** @param columns empty if not given; {@code top}, {@code output} null if not given */
    record Insert(
            int line,
            List<Query.Cte> with,
            Query.Top top,
            Target target,
            List<String> columns,
            Output output,
            Source source)
            implements Statement {}

    /** What is inserted. */
    sealed interface Source {}

    record ValuesSource(List<List<Expression>> rows) implements Source {}

    record QuerySource(Query query) implements Source {}

    record DefaultValues() implements Source {}

    record ExecuteSource(Statement execute) implements Source {}

    /** A table, a table variable (whose name begins with an at sign), or an alias of the FROM clause. */
    record Target(ObjectName name, String alias) {}

    /** @param into null if the rows go to the client */
    record Output(List<Query.Item> items, ObjectName into, List<String> intoColumns) {}

    /**
     * One assignment of an UPDATE; either the column or the variable may be null.
     *
     * @param operator {@code =} or a compound one
     */
    record Assignment(String variable, List<String> column, String operator, Expression value) {}

    /** @param from null if not given */
    record Update(
            int line,
            List<Query.Cte> with,
            Query.Top top,
            Target target,
            List<Assignment> assignments,
            Output output,
            TableSource from,
            Expression where)
            implements Statement {}

    /** @param from null if not given */
    record Delete(
            int line,
            List<Query.Cte> with,
            Query.Top top,
            Target target,
            Output output,
            TableSource from,
            Expression where)
            implements Statement {}

    record Merge(
            int line,
            List<Query.Cte> with,
            Target target,
            TableSource source,
            Expression condition,
            List<MergeClause> clauses,
            Output output)
            implements Statement {}

    /** @param condition null if not given */
    record MergeClause(MergeWhen when, Expression condition, MergeAction action) {}

    /** When a clause of MERGE applies. */
    enum MergeWhen {
        MATCHED,
        NOT_MATCHED,
        NOT_MATCHED_BY_SOURCE
    }

    /** What a clause of MERGE does. */
    sealed interface MergeAction {}

    record MergeUpdate(List<Assignment> assignments) implements MergeAction {}

    record MergeDelete() implements MergeAction {}

    /** @param values empty for DEFAULT VALUES */
    record MergeInsert(List<String> columns, List<Expression> values) implements MergeAction {}

    record Truncate(int line, ObjectName table) implements Statement {}

    record CreateTable(int line, ObjectName table, List<TableElement> elements) implements Statement {}

    record AlterTable(int line, ObjectName table, AlterAction action) implements Statement {}

    /** What ALTER TABLE does. */
    sealed interface AlterAction {}

    record Add(List<TableElement> elements) implements AlterAction {}

    record AlterColumn(String column, SqlType type, Boolean nullable) implements AlterAction {}

    record DropColumns(List<String> columns, boolean ifExists) implements AlterAction {}

    record DropConstraints(List<String> names, boolean ifExists) implements AlterAction {}

    /** Switches constraints or triggers on and off. */
    record CheckConstraints(boolean check, List<String> names) implements AlterAction {}

    /** Kinds of objects that DROP takes. */
    enum ObjectKind {
        TABLE,
        VIEW,
        SCHEMA,
        INDEX,
        SEQUENCE,
        PROCEDURE,
        FUNCTION,
        TYPE,
        TRIGGER,
        SYNONYM
    }

    /** @param names that of an index behind its table's */
    record Drop(int line, ObjectKind kind, boolean ifExists, List<ObjectName> names) implements Statement {}

    record CreateIndex(
            int line, String name, boolean unique, ObjectName table, List<IndexColumn> columns, Expression filter)
            implements Statement {}

    record IndexColumn(String name, boolean descending) {}

    record CreateView(
            int line, ObjectName name, List<String> columns, Query query, String text, boolean orAlter, boolean alter)
            implements Statement {}

    record CreateSchema(int line, String name) implements Statement {}

    /** @param start null if not given, as the others */
    record CreateSequence(
            int line,
            ObjectName name,
            SqlType type,
            Long start,
            Long increment,
            Long minimum,
            Long maximum,
            boolean cycles)
            implements Statement {}

    record Declare(int line, List<Declaration> variables) implements Statement {}

    /** @param initial null if not given */
    record Declaration(String name, SqlType type, Expression initial) {}

    record DeclareTable(int line, String name, List<TableElement> elements) implements Statement {}

    record SetVariable(int line, String name, String operator, Expression value) implements Statement {}

    /** @param value ON, OFF, or what stood there */
    record SetOption(int line, List<String> names, String value) implements Statement {}

    record SetIdentityInsert(int line, ObjectName table, boolean on) implements Statement {}

    /** @param otherwise null if there is no ELSE */
    record If(int line, Expression condition, Statement then, Statement otherwise) implements Statement {}

    record Block(int line, List<Statement> statements) implements Statement {}

    record While(int line, Expression condition, Statement body) implements Statement {}

    record Break(int line) implements Statement {}

    record Continue(int line) implements Statement {}

    record TryCatch(int line, Block attempt, Block handler) implements Statement {}

    /** @param value null if not given */
    record Return(int line, Expression value) implements Statement {}

    record Print(int line, Expression value) implements Statement {}

    record RaisError(int line, Expression message, Expression severity, Expression state, List<Expression> arguments)
            implements Statement {}

    /** @param number null for a bare THROW */
    record Throw(int line, Expression number, Expression message, Expression state) implements Statement {}

    /** @param returnVariable null if not given */
    record Execute(int line, String returnVariable, ObjectName procedure, List<Argument> arguments)
            implements Statement {}

    /** @param name with its at sign, or empty */
    record Argument(String name, Expression value, boolean output) {}

    record ExecuteText(int line, Expression text) implements Statement {}

    record Use(int line, String database) implements Statement {}

    record BeginTransaction(int line, String name) implements Statement {}

    record Commit(int line) implements Statement {}

    /** @param name empty for the whole transaction */
    record Rollback(int line, String name) implements Statement {}

    record Save(int line, String name) implements Statement {}

    record WaitFor(int line, Expression delay) implements Statement {}

    /** @param statusOnly nothing is ended, and only said how far it has come */
    record Kill(int line, long session, boolean statusOnly) implements Statement {}

    record InsertBulk(int line, ObjectName table, List<BulkColumn> columns, List<String> options)
            implements Statement {}

    record BulkColumn(String name, SqlType type) {}

    /** A statement that has no meaning here and does nothing. */
    record Nothing(int line) implements Statement {}
}
