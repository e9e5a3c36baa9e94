package dev.tidegate.server.h2;

import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;

/** Which statements begin a transaction while SET IMPLICIT_TRANSACTIONS is ON, and which of them change something in it. */
final class ImplicitTransactions {
    private ImplicitTransactions() {}

    static boolean begins(Statement statement) {
        return writes(statement)
                || statement instanceof Statement.Select select
                        && (!(select.query().body() instanceof Query.Select body) || body.from() != null);
    }

    static boolean writes(Statement statement) {
        return switch (statement) {
            case Statement.Select select -> select.query().into() != null;
            case Statement.Insert i -> true;
            case Statement.Update u -> true;
            case Statement.Delete d -> true;
            case Statement.Merge m -> true;
            case Statement.Truncate t -> true;
            case Statement.CreateTable c -> true;
            case Statement.CreateIndex c -> true;
            case Statement.CreateView c -> true;
            case Statement.CreateSchema c -> true;
            case Statement.CreateSequence c -> true;
            case Statement.AlterTable a -> true;
            case Statement.Drop d -> true;
            case Statement.InsertBulk b -> true;
            default -> false;
        };
    }
}
