package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/** Translates MERGE. What is NOT MATCHED BY SOURCE becomes a statement of its own that runs before: it meets other rows than the rest. */
public final class MergeTranslator {
    private final Translation translation;
    private final ChangeTranslator changes;

    public MergeTranslator(Translation translation) {
        this.translation = translation;
        this.changes = new ChangeTranslator(translation);
    }

    public TranslatedDml merge(Statement.Merge merge) throws SqlServerException {
        TableInfo table = translation.table(merge.target().name());
        String alias = alias(merge, table);
        int depth = translation.depth();
        try {
            String with = translation.queries().with(merge.with(), null);
            if (!with.isEmpty()) {
                throw afterWith();
            }
            Scope scope = new Scope(null);
            scope.add(target(table, alias));
            String source = translation.from().source(merge.source(), scope, null);
            String condition = translation.predicates().condition(merge.condition(), scope);
            List<String> before = new ArrayList<>();
            StringBuilder sql = new StringBuilder("MERGE INTO " + table.sql() + " AS " + SqlText.quote(alias)
                    + " USING " + source + " ON " + condition);
            boolean main = false;
            List<Statement.MergeClause> earlier = new ArrayList<>();
            for (Statement.MergeClause clause : merge.clauses()) {
                if (clause.when() == Statement.MergeWhen.NOT_MATCHED_BY_SOURCE) {
                    String change = bySource(clause, earlier, table, alias, source, condition, scope);
                    // a row meets one clause only: what is to be deleted goes first, as long as it is what it was
                    before.add(clause.action() instanceof Statement.MergeDelete ? 0 : before.size(), change);
                    earlier.add(clause);
                } else {
                    sql.append(clause(clause, table, scope));
                    main = true;
                }
            }
            String twice = twice(merge, table, alias, source, condition, scope);
            if (!main) {
                return new TranslatedDml(null, before.subList(0, before.size() - 1), before.getLast(), null, table);
            }
            return new TranslatedDml(twice, before, sql.toString(), null, table);
        } finally {
            translation.popTo(depth);
        }
    }

    /** The rows that a MERGE meets: matched, not matched (their id is NULL), and not matched by the source (its columns are NULL). */
    RowImages.Rows images(Statement.Merge merge) throws SqlServerException {
        if (!merge.with().isEmpty()) {
            throw afterWith();
        }
        TableInfo table = translation.table(merge.target().name());
        String alias = alias(merge, table);
        Scope scope = new Scope(null);
        scope.add(target(table, alias));
        String source = translation.from().source(merge.source(), scope, null);
        String condition = translation.predicates().condition(merge.condition(), scope);
        String target = table.sql() + " AS " + SqlText.quote(alias);
        String row = SqlText.quote(alias) + "." + Scope.ROW_ID;
        List<Scope.Source> others = scope.sources().subList(1, scope.sources().size());
        List<String> left = RowImages.items(scope.sources().subList(0, 1));
        // H2 has a row id also where an outer join found no row
        String marker = SqlText.quote(translation.newPlace("one"));
        String sql = "SELECT CASE WHEN " + marker + ".\"there\" IS NOT NULL THEN " + row + " END, TRUE, "
                + String.join(", ", left) + ", "
                + String.join(", ", RowImages.items(others)) + " FROM " + source + " LEFT JOIN (" + target
                + " CROSS JOIN (VALUES (1)) AS " + marker + "(\"there\")) ON " + condition;
        if (merge.clauses().stream().anyMatch(c -> c.when() == Statement.MergeWhen.NOT_MATCHED_BY_SOURCE)) {
            List<String> nulls = new ArrayList<>();
            others.forEach(other -> other.columns().forEach(c -> nulls.add(SqlText.cast("NULL", c.type()))));
            sql += " UNION ALL SELECT " + row + ", FALSE, " + String.join(", ", left) + ", "
                    + String.join(", ", nulls) + " FROM " + target + " WHERE NOT EXISTS (SELECT 1 FROM " + source
                    + " WHERE " + condition + ")";
        }
        return new RowImages.Rows(sql, table, scope.sources(), 0);
    }

    /**
     * H2 finds out by itself of rows that it updates twice, not of those that it deletes.
     *
     * @return null if none is deleted
     */
    private String twice(
            Statement.Merge merge, TableInfo table, String alias, String source, String condition, Scope scope)
            throws SqlServerException {
        List<String> met = new ArrayList<>();
        boolean deletes = false;
        for (Statement.MergeClause clause : merge.clauses()) {
            if (clause.when() == Statement.MergeWhen.MATCHED) {
                met.add(condition(clause, scope));
                deletes |= clause.action() instanceof Statement.MergeDelete;
            }
        }
        String row = SqlText.quote(alias) + "." + Scope.ROW_ID;
        return deletes
                ? "SELECT 1 FROM " + source + " JOIN " + table.sql() + " AS " + SqlText.quote(alias) + " ON " + condition
                        + " WHERE " + String.join(" OR ", met) + " GROUP BY " + row + " HAVING COUNT(*) > 1"
                : null;
    }

    private static String alias(Statement.Merge merge, TableInfo table) {
        return merge.target().alias() == null ? table.name() : merge.target().alias();
    }

    private Scope.Source target(TableInfo table, String alias) {
        boolean plain = alias.equalsIgnoreCase(table.name());
        return new Scope.Source(
                alias,
                plain ? List.of(translation.database(), table.schema(), table.name()) : List.of(alias),
                table.columns());
    }

    private static SqlServerException afterWith() {
        return KnownError.UNSUPPORTED.exception("MERGE after WITH is not supported by this server: use a derived table.");
    }

    /** @param earlier clauses whose rows this one does not get */
    private String bySource(
            Statement.MergeClause clause,
            List<Statement.MergeClause> earlier,
            TableInfo table,
            String alias,
            String source,
            String condition,
            Scope scope)
            throws SqlServerException {
        StringBuilder where = new StringBuilder(" WHERE NOT EXISTS (SELECT 1 FROM ")
                .append(source)
                .append(" WHERE ")
                .append(condition)
                .append(')');
        for (Statement.MergeClause other : earlier) {
            where.append(" AND ").append(condition(other, scope)).append(" IS NOT TRUE");
        }
        if (clause.condition() != null) {
            where.append(" AND ").append(condition(clause, scope));
        }
        String target = table.sql() + " AS " + SqlText.quote(alias);
        if (clause.action() instanceof Statement.MergeUpdate update) {
            return "UPDATE " + target + " SET "
                    + String.join(", ", changes.assignments(update.assignments(), table, scope, null)) + where;
        }
        return "DELETE FROM " + target + where;
    }

    private String condition(Statement.MergeClause clause, Scope scope) throws SqlServerException {
        return clause.condition() == null
                ? "(TRUE)"
                : "(" + translation.predicates().condition(clause.condition(), scope) + ")";
    }

    private String clause(Statement.MergeClause clause, TableInfo table, Scope scope) throws SqlServerException {
        boolean matched = clause.when() == Statement.MergeWhen.MATCHED;
        String when = (matched ? " WHEN MATCHED" : " WHEN NOT MATCHED")
                + (clause.condition() == null
                        ? ""
                        : " AND " + translation.predicates().condition(clause.condition(), scope))
                + " THEN ";
        return switch (clause.action()) {
            case Statement.MergeDelete d -> when + "DELETE";
            case Statement.MergeUpdate update ->
                when + "UPDATE SET " + String.join(", ", changes.assignments(update.assignments(), table, scope, null));
            case Statement.MergeInsert insert -> when + insert(insert, table, scope);
        };
    }

    /** {@code INSERT (…) VALUES (…)}, without the table. */
    String insert(Statement.MergeInsert insert, TableInfo table, Scope scope) throws SqlServerException {
        List<ColumnInfo> columns = new InsertTranslator(translation, false).columns(table, insert.columns(), false);
        if (columns.size() != insert.values().size()) {
            throw KnownError.VALUE_COUNT_MISMATCH.exception();
        }
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add(SqlText.quote(columns.get(i).name()));
            Expression value = insert.values().get(i);
            values.add(
                    value instanceof Expression.Default
                            ? "DEFAULT"
                            : Coercion.assignment(
                                    translation.expressions().value(value, scope),
                                    columns.get(i).type()));
        }
        return "INSERT (" + String.join(", ", names) + ") VALUES (" + String.join(", ", values) + ")";
    }
}
