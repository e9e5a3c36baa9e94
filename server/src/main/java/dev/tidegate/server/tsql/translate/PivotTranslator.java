package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.TableSource;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Writes PIVOT as aggregates over CASE, grouped by the columns that it does not name, and UNPIVOT as a union. Stateless. */
final class PivotTranslator {
    private PivotTranslator() {}

    /** @param columns of the source */
    static TableSource.Derived pivot(TableSource.Pivot pivot, List<ColumnInfo> columns) throws SqlServerException {
        Expression.Call aggregate = pivot.aggregate();
        if (aggregate.star() || aggregate.arguments().size() != 1
                || !(aggregate.arguments().getFirst() instanceof Expression.Column value)) {
            throw KnownError.UNSUPPORTED.exception(
                    "PIVOT with anything but an aggregate of one column is not supported by this server.");
        }
        check(List.of(value.name(), pivot.column()), columns);
        List<Expression> rest = without(columns, List.of(value.name(), pivot.column()));
        List<Query.Item> items = new ArrayList<>();
        rest.forEach(column -> items.add(new Query.Value(column, null)));
        for (String name : pivot.values()) {
            Expression isName = new Expression.Comparison(
                    "=", column(pivot.column()), new Expression.Literal(SqlType.nvarchar(Math.max(1, name.length())), name));
            Expression chosen = new Expression.Case(null, List.of(new Expression.When(isName, value)), null);
            items.add(new Query.Value(
                    new Expression.Call(aggregate.name(), List.of(chosen), false, false, List.of(), null), name));
        }
        Query.Select select = new Query.Select(false, null, items, null, pivot.source(), null, rest, null);
        return new TableSource.Derived(new Query(select), pivot.alias(), List.of());
    }

    /** @param columns of the source */
    static TableSource.Derived unpivot(TableSource.Unpivot unpivot, List<ColumnInfo> columns)
            throws SqlServerException {
        check(unpivot.columns(), columns);
        List<Expression> rest = without(columns, unpivot.columns());
        Query.Body all = null;
        for (String name : unpivot.columns()) {
            List<Query.Item> items = new ArrayList<>();
            rest.forEach(column -> items.add(new Query.Value(column, null)));
            items.add(new Query.Value(column(name), unpivot.value()));
            items.add(new Query.Value(
                    new Expression.Cast(new Expression.Literal(SqlType.nvarchar(128), name), SqlType.nvarchar(128), null, false),
                    unpivot.name()));
            Query.Body part = new Query.Select(
                    false,
                    null,
                    items,
                    null,
                    unpivot.source(),
                    new Expression.IsNull(column(name), true),
                    List.of(),
                    null);
            all = all == null ? part : new Query.SetOperation("UNION", true, all, part);
        }
        return new TableSource.Derived(new Query(all), unpivot.alias(), List.of());
    }

    private static Expression column(String name) {
        return new Expression.Column(List.of(name));
    }

    private static void check(List<String> names, List<ColumnInfo> columns) throws SqlServerException {
        for (String name : names) {
            if (columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
                throw KnownError.INVALID_COLUMN.exception(name);
            }
        }
    }

    private static List<Expression> without(List<ColumnInfo> columns, List<String> names) {
        List<Expression> rest = new ArrayList<>();
        for (ColumnInfo column : columns) {
            if (names.stream().noneMatch(column.name()::equalsIgnoreCase)) {
                rest.add(column(column.name()));
            }
        }
        return rest;
    }
}
