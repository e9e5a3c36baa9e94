package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.TableSource;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates FROM clauses and fills the scope with what they offer. */
final class FromTranslator {
    private final Translation translation;

    FromTranslator(Translation translation) {
        this.translation = translation;
    }

    /** @param outer scope of the queries around this one, for subqueries; null if there is none */
    String source(TableSource source, Scope scope, Scope outer) throws SqlServerException {
        return switch (source) {
            case TableSource.Named named -> named(named, scope);
            case TableSource.TableVariable variable ->
                table(
                        tableVariable(variable.variable()),
                        variable.alias() == null ? variable.variable() : variable.alias(),
                        List.of(variable.variable()),
                        variable.alias() == null,
                        scope);
            case TableSource.Derived derived -> derived(derived, scope, outer);
            case TableSource.Values values -> values(values, scope, outer);
            case TableSource.Function function -> function(function, scope, outer);
            case TableSource.Join join -> join(join, scope, outer);
            case TableSource.Pivot pivot ->
                derived(PivotTranslator.pivot(pivot, columns(pivot.source(), outer)), scope, outer);
            case TableSource.Unpivot unpivot ->
                derived(PivotTranslator.unpivot(unpivot, columns(unpivot.source(), outer)), scope, outer);
            case TableSource.Apply apply -> new ApplyTranslator(translation, this).apply(apply, scope, outer);
        };
    }

    /** The columns of a source that is translated once more, as a part of what it becomes. */
    private List<ColumnInfo> columns(TableSource source, Scope outer) throws SqlServerException {
        int bound = translation.bound();
        Scope scope = new Scope(outer);
        source(source, scope, outer);
        translation.unbindTo(bound);
        List<ColumnInfo> columns = new ArrayList<>();
        scope.sources().forEach(part -> columns.addAll(part.columns()));
        return columns;
    }

    private TableInfo tableVariable(String variable) throws SqlServerException {
        return translation
                .session()
                .table(ObjectName.of(variable))
                .orElseThrow(() ->
                        KnownError.UNDECLARED_TABLE_VARIABLE.exception(variable));
    }

    private String named(TableSource.Named named, Scope scope) throws SqlServerException {
        ObjectName name = named.name();
        String alias = named.alias() == null ? name.name() : named.alias();
        Optional<Translation.NamedQuery> cte = translation.cte(name);
        if (cte.isPresent()) {
            String place = scope.place(alias);
            scope.add(new Scope.Source(alias, List.of(alias), cte.get().columns(), place));
            return SqlText.quote(cte.get().name()) + " AS " + SqlText.quote(place);
        }
        TableInfo table = translation.table(name);
        if (named.held()) {
            translation.hold(table);
        }
        return table(
                table,
                alias,
                List.of(translation.database(), table.schema(), table.name()),
                named.alias() == null,
                scope);
    }

    private static String table(TableInfo table, String alias, List<String> fullName, boolean byName, Scope scope)
            throws SqlServerException {
        List<String> display = byName ? fullName : List.of(alias);
        String place = scope.place(alias);
        scope.add(new Scope.Source(alias, display, table.columns(), place));
        return table.sql() + " AS " + SqlText.quote(place);
    }

    private String derived(TableSource.Derived derived, Scope scope, Scope outer) throws SqlServerException {
        TranslatedQuery query = translation.queries().query(derived.query(), outer);
        List<ColumnInfo> columns = rename(query.columns(), derived.columns(), derived.alias());
        String place = scope.place(derived.alias());
        scope.add(new Scope.Source(derived.alias(), List.of(derived.alias()), columns, place));
        return "(" + query.sql() + ") AS " + SqlText.quote(place) + columnList(columns);
    }

    static String columnList(List<ColumnInfo> columns) {
        return "("
                + String.join(
                        ", ", columns.stream().map(c -> SqlText.quote(c.name())).toList()) + ")";
    }

    /** @throws SqlServerException 8155 or 8156 if a column has no name or two have the same, 8158 or 8159 if the number differs */
    static List<ColumnInfo> rename(List<ColumnInfo> columns, List<String> names, String alias)
            throws SqlServerException {
        if (!names.isEmpty() && names.size() != columns.size()) {
            KnownError error = names.size() < columns.size()
                    ? KnownError.MORE_COLUMNS_THAN_LIST
                    : KnownError.FEWER_COLUMNS_THAN_LIST;
            throw error.exception(alias);
        }
        List<ColumnInfo> renamed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = names.isEmpty() ? columns.get(i).name() : names.get(i);
            if (name.isEmpty()) {
                throw KnownError.UNNAMED_COLUMN.exception((i + 1), alias);
            }
            for (ColumnInfo other : renamed) {
                if (other.name().equalsIgnoreCase(name)) {
                    throw KnownError.COLUMN_NAMED_TWICE.exception(name, alias);
                }
            }
            renamed.add(columns.get(i).named(name));
        }
        return renamed;
    }

    private String values(TableSource.Values values, Scope scope, Scope outer) throws SqlServerException {
        List<List<Operand>> rows = new ArrayList<>();
        int width = values.columns().size();
        SqlType[] types = new SqlType[width];
        boolean[] nullable = new boolean[width];
        for (List<Expression> row : values.rows()) {
            if (row.size() != width) {
                throw KnownError.ROW_LENGTHS_DIFFER.exception();
            }
            List<Operand> operands = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                Operand operand = translation.expressions().value(row.get(i), outer);
                operands.add(operand);
                types[i] = TypeRules.common(types[i], operand.type());
                nullable[i] |= operand.nullable();
            }
            rows.add(operands);
        }
        List<ColumnInfo> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            types[i] = types[i] == null ? SqlType.INT : types[i];
            columns.add(new ColumnInfo(values.columns().get(i), types[i], nullable[i]));
        }
        List<String> texts = new ArrayList<>();
        for (List<Operand> row : rows) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                cells.add(SqlText.cast(Coercion.implicit(row.get(i), types[i]), types[i]));
            }
            texts.add("(" + String.join(", ", cells) + ")");
        }
        String place = scope.place(values.alias());
        scope.add(new Scope.Source(values.alias(), List.of(values.alias()), columns, place));
        return "(VALUES " + String.join(", ", texts) + ") AS " + SqlText.quote(place) + columnList(columns);
    }

    private String function(TableSource.Function function, Scope scope, Scope outer) throws SqlServerException {
        List<Operand> arguments = new ArrayList<>();
        for (Expression argument : function.arguments()) {
            arguments.add(translation.expressions().value(argument, outer));
        }
        String name = function.name().name();
        TableFunctions.Call call = TableFunctions.call(name, arguments)
                .orElseThrow(() -> KnownError.INVALID_OBJECT.exception(name));
        String alias = function.alias() == null ? name : function.alias();
        List<ColumnInfo> columns = rename(call.columns(), function.columns(), alias);
        String place = scope.place(alias);
        scope.add(new Scope.Source(alias, List.of(alias), columns, place));
        return call.sql() + " AS " + SqlText.quote(place) + columnList(columns);
    }

    private String join(TableSource.Join join, Scope scope, Scope outer) throws SqlServerException {
        int start = scope.sources().size();
        String left = source(join.left(), scope, outer);
        int middle = scope.sources().size();
        String right = source(join.right(), scope, outer);
        int end = scope.sources().size();
        if (join.right() instanceof TableSource.Join) {
            right = "(" + right + ")";
        }
        if (join.kind() == TableSource.JoinKind.CROSS) {
            return left + " CROSS JOIN " + right;
        }
        String condition = translation.predicates().condition(join.condition(), scope);
        return switch (join.kind()) {
            case LEFT -> {
                scope.makeNullable(middle, end);
                yield left + " LEFT JOIN " + right + " ON " + condition;
            }
            case RIGHT -> {
                scope.makeNullable(start, middle);
                yield left + " RIGHT JOIN " + right + " ON " + condition;
            }
            case FULL -> {
                scope.makeNullable(start, end);
                yield full(left, right, condition, scope, start, middle, end);
            }
            default -> left + " INNER JOIN " + right + " ON " + condition;
        };
    }

    /** H2 has no full join: the left join, and then the rows of the right side that met none of the left one. */
    private String full(String left, String right, String condition, Scope scope, int start, int middle, int end) {
        String place = translation.newPlace("full");
        List<String> both = new ArrayList<>();
        List<String> rightOnly = new ArrayList<>();
        for (int i = start; i < end; i++) {
            Scope.Source source = scope.sources().get(i);
            for (ColumnInfo column : source.columns()) {
                String sql = source.reference().sql(column.name());
                String name = " AS " + Relocation.name(source, column.name());
                both.add(sql + name);
                rightOnly.add((i < middle ? SqlText.cast("NULL", column.type()) : sql) + name);
            }
        }
        Relocation.move(scope, start, end, place);
        return "(SELECT " + String.join(", ", both) + " FROM " + left + " LEFT JOIN " + right + " ON " + condition
                + " UNION ALL SELECT " + String.join(", ", rightOnly) + " FROM " + right
                + " WHERE NOT EXISTS (SELECT 1 FROM " + left + " WHERE " + condition + ")) AS " + SqlText.quote(place);
    }
}
