package dev.tidegate.server.h2;

import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;

/** SET IMPLICIT_TRANSACTIONS ON: which statements begin a transaction. */
final class ImplicitTransactions {
    private ImplicitTransactions() {}

    static boolean begins(Statement statement) {
        return switch (statement) {
            case Statement.Select select ->
                !(select.query().body() instanceof Query.Select body) || body.from() != null;
            case Statement.Insert i -> true;
            case Statement.Update u -> true;
            case Statement.Delete d -> true;
            case Statement.Merge m -> true;
            case Statement.Truncate t -> true;
            case Statement.CreateTable c -> true;
            case Statement.CreateIndex c -> true;
            case Statement.CreateView c -> true;
            case Statement.AlterTable a -> true;
            case Statement.Drop d -> true;
            case Statement.InsertBulk b -> true;
            default -> false;
        };
    }
}
