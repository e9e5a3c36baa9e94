package dev.tidegate.duckdb.change;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.change.Stage.StageColumn;
import dev.tidegate.duckdb.scan.ScanTypes;
import dev.tidegate.duckdb.sql.ChangeStatement.Assigned;
import dev.tidegate.duckdb.sql.MergeStatement;
import dev.tidegate.duckdb.sql.MergeStatement.Clause;
import dev.tidegate.duckdb.sql.MergeStatement.Rows;
import dev.tidegate.duckdb.write.ChangedRows.Action;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What DuckDB has to find out for a MERGE, and the steps that the server does with it. DuckDB decides of each row which clause it meets,
 * and computes the values of that clause only.
 */
public final class MergePlan {
    /** The column that says which clause a row has met, by its number. */
    public static final String CLAUSE = "tidegate_clause";

    private final MergeStatement merge;
    private final String source;
    private final RemoteName table;
    private final List<Column> columns;
    private final List<StageColumn> keys = new ArrayList<>();
    private final List<MergeStep> steps = new ArrayList<>();
    private final List<List<Value>> values = new ArrayList<>();

    private record Value(StageColumn column, String expression) {}

    /**
     * @param merge whose clauses name their columns, as {@link MergeColumns} does it
     * @param source where the rows of the statement's source are
     * @param columns those of the table
     */
    public MergePlan(MergeStatement merge, String source, RemoteName table, List<Column> columns, TableKey key)
            throws SQLException {
        this.merge = merge;
        this.source = source;
        this.table = table;
        this.columns = columns;
        for (String name : key.columns()) {
            keys.add(new StageColumn("tidegate_key_" + keys.size(), column(name)));
        }
        for (Clause clause : merge.clauses()) {
            clause(clause.action());
        }
    }

    /** The names of the columns that tell the table's rows apart in {@link #query}. */
    public List<String> keys() {
        return keys.stream().map(StageColumn::name).toList();
    }

    /** Those clauses that change rows: deletions first, then updates, then insertions. */
    public List<MergeStep> steps() {
        List<MergeStep> ordered = new ArrayList<>();
        for (Action action : List.of(Action.DELETE, Action.UPDATE, Action.INSERT)) {
            steps.stream().filter(step -> step.action() == action).forEach(ordered::add);
        }
        return ordered;
    }

    private void clause(MergeStatement.Action action) throws SQLException {
        int number = values.size();
        List<Value> of = new ArrayList<>();
        List<String> defaults = new ArrayList<>();
        values.add(of);
        if (action instanceof MergeStatement.Set set) {
            for (Assigned assigned : set.values()) {
                if (assigned.value() == null) {
                    defaults.add(assigned.column());
                } else {
                    of.add(value(number, of.size(), assigned.column(), assigned.value()));
                }
            }
        } else if (action instanceof MergeStatement.Insert insert) {
            for (int i = 0; i < insert.values().size(); i++) {
                of.add(value(number, i, insert.columns().get(i), insert.values().get(i)));
            }
        }
        Action kind = kind(action);
        if (kind != null) {
            steps.add(new MergeStep(
                    number,
                    kind,
                    table,
                    kind == Action.INSERT ? List.of() : keys,
                    of.stream().map(Value::column).toList(),
                    defaults));
        }
    }

    private Value value(int clause, int place, String column, String expression) throws SQLException {
        return new Value(new StageColumn("tidegate_" + clause + "_" + place, column(column)), expression);
    }

    private static Action kind(MergeStatement.Action action) {
        if (action instanceof MergeStatement.Delete) {
            return Action.DELETE;
        }
        if (action instanceof MergeStatement.Set) {
            return Action.UPDATE;
        }
        return action instanceof MergeStatement.Insert ? Action.INSERT : null;
    }

    private Column column(String name) throws SQLException {
        for (Column column : columns) {
            if (column.name().equalsIgnoreCase(name)) {
                return column;
            }
        }
        throw new SQLSyntaxErrorException("table " + table + " has no column \"" + name + "\"", "42703");
    }

    /** Gives a row for each row that a clause changes, with what it needs. */
    public String query() {
        List<String> parts = new ArrayList<>();
        for (Rows rows : Rows.values()) {
            if (merge.clauses().stream().anyMatch(clause -> clause.rows() == rows)) {
                parts.add("SELECT unnest(tidegate_row) FROM (SELECT " + choice(rows) + " AS tidegate_row FROM "
                        + from(rows) + ")");
            }
        }
        return merge.with() + " SELECT * FROM (" + String.join("\nUNION ALL ", parts) + ") WHERE " + CLAUSE
                + " IS NOT NULL";
    }

    /** In each of them those names are known that the clauses may use. */
    private String from(Rows rows) {
        String here =
                merge.target().duckdb() + (merge.alias() == null ? "" : " AS " + Identifiers.duckdb(merge.alias()));
        String there = source + " AS " + Identifiers.duckdb(merge.sourceName());
        String condition = merge.on() != null
                ? " ON (" + merge.on() + "\n)"
                : merge.using().stream().map(Identifiers::duckdb).collect(Collectors.joining(", ", " USING (", ")"));
        return switch (rows) {
            case MATCHED -> there + " JOIN " + here + condition;
            case NOT_MATCHED -> there + " ANTI JOIN " + here + condition;
            case NOT_MATCHED_BY_SOURCE -> here + " ANTI JOIN " + there + condition;
        };
    }

    private String choice(Rows rows) {
        StringBuilder choice = new StringBuilder("CASE");
        for (int i = 0; i < merge.clauses().size(); i++) {
            Clause clause = merge.clauses().get(i);
            if (clause.rows() == rows) {
                choice.append(" WHEN ")
                        .append(clause.condition() == null ? "true" : "(" + clause.condition() + "\n)")
                        .append(" THEN ")
                        .append(row(i, clause));
            }
        }
        return choice.append(" END").toString();
    }

    private String row(int number, Clause clause) {
        List<String> fields = new ArrayList<>();
        fields.add(field(CLAUSE, number(number, clause), "INTEGER"));
        for (StageColumn key : keys) {
            String value = clause.rows() == Rows.NOT_MATCHED
                    ? "NULL"
                    : Identifiers.duckdb(merge.knownAs()) + "."
                            + Identifiers.duckdb(key.of().name());
            fields.add(field(key.name(), value, ScanTypes.of(key.of().type())));
        }
        for (int i = 0; i < values.size(); i++) {
            for (Value value : values.get(i)) {
                fields.add(field(
                        value.column().name(),
                        i == number ? value.expression() : "NULL",
                        ScanTypes.of(value.column().of().type())));
            }
        }
        return "struct_pack(" + String.join(", ", fields) + ")";
    }

    private static String field(String name, String value, String type) {
        return name + " := CAST((" + value + "\n) AS " + type + ")";
    }

    /** Of a clause that is an error for the rows that meet it, an expression that fails. */
    private static String number(int number, Clause clause) {
        if (!(clause.action() instanceof MergeStatement.Fail fail)) {
            return kind(clause.action()) == null ? "NULL" : String.valueOf(number);
        }
        String what = Identifiers.literal("MERGE: a row meets " + clause.rows().words()
                + (clause.condition() == null ? "" : " AND " + clause.condition()) + " THEN ERROR");
        return "error(" + what + (fail.message() == null ? "" : " || ': ' || (" + fail.message() + "\n)") + ")";
    }
}
