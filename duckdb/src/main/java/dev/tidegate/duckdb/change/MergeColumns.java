package dev.tidegate.duckdb.change;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.sql.ChangeStatement.Assigned;
import dev.tidegate.duckdb.sql.MergeStatement;
import dev.tidegate.duckdb.sql.MergeStatement.Action;
import dev.tidegate.duckdb.sql.MergeStatement.Clause;
import dev.tidegate.duckdb.write.InsertColumns;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds which columns of a table the clauses of a MERGE are for. */
public final class MergeColumns {
    private final RemoteName table;
    private final List<Column> columns;

    /** @param columns those of the table, in its order */
    public MergeColumns(RemoteName table, List<Column> columns) {
        this.table = table;
        this.columns = List.copyOf(columns);
    }

    /** Whether a clause takes the values of the source as they stand. */
    public static boolean takesAll(MergeStatement merge) {
        return merge.clauses().stream()
                .map(Clause::action)
                .anyMatch(action ->
                        action instanceof MergeStatement.SetAll || action instanceof MergeStatement.InsertAll);
    }

    /**
     * The same statement, in which each UPDATE and INSERT names its columns, as the server writes them.
     *
     * @param source columns of the source; of no account unless the statement {@link #takesAll}
     * @throws SQLException if a column is not there or set twice, or the number of values is wrong
     */
    public MergeStatement named(MergeStatement merge, List<String> source) throws SQLException {
        List<Clause> clauses = new ArrayList<>();
        for (Clause clause : merge.clauses()) {
            clauses.add(new Clause(clause.rows(), clause.condition(), named(clause.action(), merge, source)));
        }
        return new MergeStatement(
                merge.target(),
                merge.alias(),
                merge.with(),
                merge.source(),
                merge.sourceName(),
                merge.on(),
                merge.using(),
                clauses,
                merge.returning());
    }

    private Action named(Action action, MergeStatement merge, List<String> source) throws SQLException {
        List<String> all = source.stream()
                .map(column -> Identifiers.duckdb(merge.sourceName()) + "." + Identifiers.duckdb(column))
                .toList();
        if (action instanceof MergeStatement.Set set) {
            List<String> names = set.values().stream().map(Assigned::column).toList();
            return set(set(names), set.values().stream().map(Assigned::value).toList());
        }
        if (action instanceof MergeStatement.SetAll setAll) {
            return set(setAll.byName() ? set(source) : settable(source.size()), all);
        }
        if (action instanceof MergeStatement.InsertAll insertAll) {
            InsertColumns insert = new InsertColumns(table, columns);
            return insert(
                    insertAll.byName() ? insert.named(source) : insert.placed(List.of(), Set.of(), all.size()), all);
        }
        return action instanceof MergeStatement.Insert insert ? insert(insert) : action;
    }

    private static Action set(List<Column> targets, List<String> values) {
        return new MergeStatement.Set(IntStream.range(0, targets.size())
                .mapToObj(i -> new Assigned(targets.get(i).name(), values.get(i)))
                .toList());
    }

    private static Action insert(List<Column> targets, List<String> values) {
        return new MergeStatement.Insert(targets.stream().map(Column::name).toList(), values);
    }

    /** Columns that stand for DEFAULT are left out. */
    private Action insert(MergeStatement.Insert insert) throws SQLException {
        Set<Integer> omitted = IntStream.range(0, insert.values().size())
                .filter(i -> insert.values().get(i) == null)
                .boxed()
                .collect(Collectors.toSet());
        List<String> given =
                insert.values().stream().filter(value -> value != null).toList();
        if (given.isEmpty()) {
            throw new SQLFeatureNotSupportedException(
                    "MERGE: an INSERT of nothing but defaults is not translated; give one of the columns a value",
                    "0A000");
        }
        return insert(new InsertColumns(table, columns).placed(insert.columns(), omitted, given.size()), given);
    }

    private List<Column> set(List<String> names) throws SQLException {
        List<Column> found = new ArrayList<>();
        for (String name : names) {
            found.add(columns.stream()
                    .filter(column -> column.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new SQLSyntaxErrorException(
                            "table " + table + " has no column \"" + name + "\"", "42703")));
        }
        for (Column column : found) {
            if (found.indexOf(column) != found.lastIndexOf(column)) {
                throw new SQLSyntaxErrorException("MERGE: column \"" + column.name() + "\" is set twice", "42701");
            }
        }
        return found;
    }

    /** Columns that an UPDATE of all of them sets. */
    private List<Column> settable(int values) throws SQLException {
        List<Column> settable = columns.stream()
                .filter(column -> column.isIdentity() || !InsertColumns.isFilledByServer(column))
                .toList();
        if (settable.size() != values) {
            throw new SQLSyntaxErrorException(
                    "MERGE: UPDATE needs " + settable.size() + " values for " + table + ", and the source has " + values
                            + "; name the columns, or write UPDATE BY NAME",
                    "42601");
        }
        return settable;
    }
}
