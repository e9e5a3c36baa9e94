package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.ast.TableSource;
import dev.tidegate.server.tsql.function.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates UPDATE and DELETE. Those with FROM, TOP or a common table expression find the rows first, by H2's {@code _ROWID_}, and
 * then change these.
 */
public final class ChangeTranslator {
    private static final String ROW_ID = "tidegate_row";

    private final Translation translation;
    private final OutputTranslator outputs;

    public ChangeTranslator(Translation translation) {
        this.translation = translation;
        this.outputs = new OutputTranslator(translation);
    }

    public TranslatedDml update(Statement.Update update) throws SqlServerException {
        Found found = find(update.target(), update.from(), update.with());
        if (isSimple(update.from(), update.top(), update.with())) {
            Scope scope = new Scope(null);
            scope.add(source(found.table, found.alias));
            String sql = "UPDATE " + found.table.sql() + " AS " + SqlText.quote(found.alias) + " SET "
                    + String.join(", ", assignments(update.assignments(), found.table, scope, null))
                    + where(update.where(), scope);
            return outputs.apply(update.output(), sql, found.table, OutputTranslator.Change.UPDATE);
        }
        List<Statement.Assignment> computed = new ArrayList<>();
        List<String> sets = new ArrayList<>();
        for (Statement.Assignment assignment : update.assignments()) {
            if (assignment.value() instanceof Expression.Default) {
                sets.add(SqlText.quote(assignable(assignment, found.table).name()) + " = DEFAULT");
            } else {
                computed.add(assignment);
            }
        }
        Rows rows = rows(found, update.from(), update.with(), update.top(), update.where(), computed);
        String row = SqlText.quote(ROW_ID);
        for (int i = 0; i < rows.columns.size(); i++) {
            sets.add(SqlText.quote(rows.columns.get(i)) + " = s.v" + i);
        }
        // a row that the join finds twice is changed once, as SQL Server does
        String sql = "MERGE INTO " + found.table.sql() + " AS tidegate_target USING (SELECT * FROM (" + rows.sql
                + ") AS r QUALIFY ROW_NUMBER() OVER (PARTITION BY " + row
                + ") = 1) AS s ON tidegate_target._ROWID_ = s." + row + " WHEN MATCHED THEN UPDATE SET "
                + String.join(", ", sets);
        return outputs.apply(update.output(), sql, found.table, OutputTranslator.Change.UPDATE);
    }

    public TranslatedDml delete(Statement.Delete delete) throws SqlServerException {
        Found found = find(delete.target(), delete.from(), delete.with());
        String sql;
        if (isSimple(delete.from(), delete.top(), delete.with())) {
            Scope scope = new Scope(null);
            scope.add(source(found.table, found.alias));
            sql = "DELETE FROM " + found.table.sql() + " AS " + SqlText.quote(found.alias)
                    + where(delete.where(), scope);
        } else {
            Rows rows = rows(found, delete.from(), delete.with(), delete.top(), delete.where(), List.of());
            String row = SqlText.quote(ROW_ID);
            // with _ROWID_ IN (…) H2 would find the rows anew for each row of the table
            sql = "MERGE INTO " + found.table.sql() + " AS tidegate_target USING (SELECT DISTINCT " + row + " FROM ("
                    + rows.sql + ") AS r) AS s ON tidegate_target._ROWID_ = s." + row + " WHEN MATCHED THEN DELETE";
        }
        return outputs.apply(delete.output(), sql, found.table, OutputTranslator.Change.DELETE);
    }

    private static boolean isSimple(TableSource from, Query.Top top, List<Query.Cte> with) {
        return from == null && top == null && with.isEmpty();
    }

    /** @param cte the common table expression through which the table is changed, or null */
    private record Found(TableInfo table, String alias, Query.Cte cte) {}

    /** @param columns that the values {@code v0}, {@code v1}, … of the query are for */
    private record Rows(String sql, List<String> columns) {}

    /** The rows that an UPDATE meets: their ids, and after them every column of every source. */
    RowImages.Rows images(Statement.Update update) throws SqlServerException {
        Found found = find(update.target(), update.from(), update.with());
        if (found.cte != null) {
            throw KnownError.UNSUPPORTED.exception("UPDATE of a common table expression that sets a variable or returns both images is not supported"
                            + " by this server: name the table.");
        }
        Scope scope = new Scope(null);
        String sql =
                rows(found, scope, update.from(), update.with(), update.top(), update.where(), List.of(), true).sql;
        boolean simple = isSimple(update.from(), update.top(), update.with());
        int target = 0;
        while (!scope.sources().get(target).alias().equalsIgnoreCase(found.alias)) {
            target++;
        }
        return new RowImages.Rows(simple ? sql + " FOR UPDATE" : sql, found.table, scope.sources(), target);
    }

    private Scope.Source source(TableInfo table, String alias) {
        boolean plain = alias.equalsIgnoreCase(table.name());
        return new Scope.Source(
                alias,
                plain ? List.of(translation.database(), table.schema(), table.name()) : List.of(alias),
                table.columns());
    }

    private Found find(Statement.Target target, TableSource from, List<Query.Cte> with) throws SqlServerException {
        ObjectName name = target.name();
        if (name.parts().size() == 1) {
            for (Query.Cte cte : with) {
                if (cte.name().equalsIgnoreCase(name.name())) {
                    return through(cte);
                }
            }
            TableSource named = from == null ? null : byAlias(from, name.name());
            if (named instanceof TableSource.Named source) {
                return new Found(translation.table(source.name()), name.name(), null);
            }
            if (named instanceof TableSource.TableVariable source) {
                return new Found(translation.table(ObjectName.of(source.variable())), name.name(), null);
            }
        }
        TableInfo table = translation.table(name);
        if (from != null) {
            String alias = byTable(from, name);
            return new Found(table, alias == null ? name.name() : alias, null);
        }
        return new Found(table, name.name(), null);
    }

    private Found through(Query.Cte cte) throws SqlServerException {
        if (cte.query().body() instanceof Query.Select select && select.from() instanceof TableSource.Named named) {
            return new Found(
                    translation.table(named.name()),
                    named.alias() == null ? named.name().name() : named.alias(),
                    cte);
        }
        throw KnownError.VIEW_NOT_UPDATABLE.exception(cte.name());
    }

    private static TableSource byAlias(TableSource source, String alias) {
        return switch (source) {
            case TableSource.Named named ->
                (named.alias() == null ? named.name().name() : named.alias()).equalsIgnoreCase(alias) ? named : null;
            case TableSource.TableVariable variable ->
                alias.equalsIgnoreCase(variable.alias()) || alias.equalsIgnoreCase(variable.variable())
                        ? variable
                        : null;
            case TableSource.Join join -> {
                TableSource left = byAlias(join.left(), alias);
                yield left == null ? byAlias(join.right(), alias) : left;
            }
            case TableSource.Apply apply -> byAlias(apply.left(), alias);
            default -> null;
        };
    }

    /** The alias under which the FROM clause has the target table. */
    private static String byTable(TableSource source, ObjectName name) {
        return switch (source) {
            case TableSource.Named named ->
                named.name().name().equalsIgnoreCase(name.name())
                        ? (named.alias() == null ? named.name().name() : named.alias())
                        : null;
            case TableSource.Join join -> {
                String left = byTable(join.left(), name);
                yield left == null ? byTable(join.right(), name) : left;
            }
            case TableSource.Apply apply -> byTable(apply.left(), name);
            default -> null;
        };
    }

    /** A query for the rows to change: their ids, and the values that their columns get. */
    private Rows rows(
            Found found,
            TableSource from,
            List<Query.Cte> with,
            Query.Top top,
            Expression where,
            List<Statement.Assignment> assignments)
            throws SqlServerException {
        return rows(found, new Scope(null), from, with, top, where, assignments, false);
    }

    /** @param everything all columns of all sources instead of the assignments' values */
    private Rows rows(
            Found found,
            Scope scope,
            TableSource from,
            List<Query.Cte> with,
            Query.Top top,
            Expression where,
            List<Statement.Assignment> assignments,
            boolean everything)
            throws SqlServerException {
        int before = translation.depth();
        try {
            String ctes = translation.queries().with(found.cte == null ? with : exposing(with, found), null);
            String source;
            String row;
            if (found.cte != null && from == null) {
                source = translation
                        .from()
                        .source(new TableSource.Named(ObjectName.of(found.cte.name()), null, false), scope, null);
                row = SqlText.quote(found.cte.name()) + "." + SqlText.quote(ROW_ID);
            } else if (from == null) {
                scope.add(source(found.table, found.alias));
                source = found.table.sql() + " AS " + SqlText.quote(found.alias);
                row = SqlText.quote(found.alias) + "._ROWID_";
            } else {
                boolean listed = byAlias(from, found.alias) != null;
                if (!listed) {
                    scope.add(source(found.table, found.alias));
                }
                String others = translation.from().source(from, scope, null);
                source = listed
                        ? others
                        : found.table.sql() + " AS " + SqlText.quote(found.alias) + " CROSS JOIN " + others;
                row = translation
                        .expressions()
                        .column(new Expression.Column(List.of(found.alias, Scope.ROW_ID)), scope)
                        .sql();
                if (!row.endsWith("." + Scope.ROW_ID)) {
                    throw KnownError.UNSUPPORTED.exception("A change of a table inside of FULL JOIN, or before APPLY with TOP, is not supported by"
                                    + " this server: join it with a derived table.");
                }
            }
            List<String> values = new ArrayList<>();
            List<String> columns = new ArrayList<>();
            if (everything) {
                values.addAll(RowImages.items(scope.sources()));
            } else {
                assignments(assignments, found.table, scope, columns)
                        .forEach(value -> values.add(value + " AS v" + values.size()));
            }
            String sql = ctes + "SELECT " + row + " AS " + SqlText.quote(ROW_ID)
                    + (values.isEmpty() ? "" : ", " + String.join(", ", values)) + " FROM " + source
                    + where(where, scope) + translation.queries().limit(top);
            return new Rows(sql, columns);
        } finally {
            translation.popTo(before);
        }
    }

    /** The common table expressions, with the row's id added to the one that is changed. */
    private static List<Query.Cte> exposing(List<Query.Cte> with, Found found) {
        List<Query.Cte> exposed = new ArrayList<>();
        for (Query.Cte cte : with) {
            if (cte != found.cte) {
                exposed.add(cte);
                continue;
            }
            Query.Select select = (Query.Select) cte.query().body();
            List<Query.Item> items = new ArrayList<>(select.items());
            items.add(new Query.Value(new Expression.Column(List.of(found.alias, "_ROWID_")), ROW_ID));
            Query.Select wider = new Query.Select(
                    select.distinct(),
                    select.top(),
                    items,
                    null,
                    select.from(),
                    select.where(),
                    select.groupBy(),
                    select.having());
            List<String> columns = new ArrayList<>(cte.columns());
            if (!columns.isEmpty()) {
                columns.add(ROW_ID);
            }
            Query query = cte.query();
            exposed.add(new Query.Cte(
                    cte.name(),
                    columns,
                    new Query(query.with(), wider, query.orderBy(), query.offset(), query.fetch())));
        }
        return exposed;
    }

    /** @param columns takes the columns' names, and the values come alone; null for {@code column = value} */
    List<String> assignments(List<Statement.Assignment> assignments, TableInfo table, Scope scope, List<String> columns)
            throws SqlServerException {
        List<String> sets = new ArrayList<>();
        for (Statement.Assignment assignment : assignments) {
            if (assignment.variable() != null) {
                throw KnownError.UNSUPPORTED.exception("MERGE that sets a variable is not supported by this server.");
            }
            ColumnInfo column = assignable(assignment, table);
            String value = value(assignment, column, scope);
            if (columns == null) {
                sets.add(SqlText.quote(column.name()) + " = " + value);
            } else {
                columns.add(column.name());
                sets.add(value.equals("NULL") ? SqlText.cast("NULL", column.type()) : value);
            }
        }
        return sets;
    }

    /** @throws SqlServerException 207, or 8102 or 271 if the column has values of its own */
    static ColumnInfo assignable(Statement.Assignment assignment, TableInfo table) throws SqlServerException {
        String name = assignment.column().getLast();
        ColumnInfo column = table.column(name)
                .orElseThrow(() -> KnownError.INVALID_COLUMN.exception(name));
        if (column.identity()) {
            throw KnownError.IDENTITY_UPDATE.exception(column.name());
        }
        if (column.computed()) {
            throw KnownError.COMPUTED_COLUMN_MODIFIED.exception(column.name());
        }
        return column;
    }

    /** The column's new value, converted to its type. */
    String value(Statement.Assignment assignment, ColumnInfo column, Scope scope) throws SqlServerException {
        if (assignment.value() instanceof Expression.Default) {
            return "DEFAULT";
        }
        Operand value = translation.expressions().value(assignment.value(), scope);
        if (!assignment.operator().equals("=")) {
            Operand current = translation.expressions().value(new Expression.Column(assignment.column()), scope);
            value = Arithmetic.binary(assignment.operator().substring(0, 1), current, value);
        }
        return Coercion.assignment(value, column.type());
    }

    private String where(Expression where, Scope scope) throws SqlServerException {
        return where == null ? "" : " WHERE " + translation.predicates().condition(where, scope);
    }
}
