package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.TableSource;

/** Finds common table expressions that refer to themselves. */
final class Recursion {
    private Recursion() {}

    static boolean isRecursive(Query.Cte cte) {
        return cte.query().body() instanceof Query.SetOperation operation
                && operation.all()
                && refers(operation.right(), cte.name());
    }

    private static boolean refers(Query.Body body, String name) {
        return switch (body) {
            case Query.Select select -> select.from() != null && refers(select.from(), name);
            case Query.SetOperation operation -> refers(operation.left(), name) || refers(operation.right(), name);
            case Query.Nested nested -> refers(nested.query().body(), name);
        };
    }

    private static boolean refers(TableSource source, String name) {
        return switch (source) {
            case TableSource.Named named ->
                named.name().parts().size() == 1 && named.name().name().equalsIgnoreCase(name);
            case TableSource.Derived derived -> refers(derived.query().body(), name);
            case TableSource.Join join -> refers(join.left(), name) || refers(join.right(), name);
            case TableSource.Apply apply -> refers(apply.left(), name) || refers(apply.right(), name);
            case TableSource.Pivot pivot -> refers(pivot.source(), name);
            case TableSource.Unpivot unpivot -> refers(unpivot.source(), name);
            case TableSource.Values v -> false;
            case TableSource.Function f -> false;
            case TableSource.TableVariable v -> false;
        };
    }
}
