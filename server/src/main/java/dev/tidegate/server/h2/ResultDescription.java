package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import java.util.List;

/** Finds the columns of the first result that a batch would give, without running any of it. */
final class ResultDescription {
    private final StatementBinder binder;

    /** @param frame has the variables that are declared */
    ResultDescription(Frame frame) {
        this.binder = new StatementBinder(frame);
    }

    /** Empty if the batch gives none, or one of a procedure. */
    List<ColumnInfo> first(List<Statement> batch) throws SqlServerException {
        for (Statement statement : batch) {
            List<ColumnInfo> own = binder.bind(statement);
            List<ColumnInfo> found = own.isEmpty() ? first(BatchCheck.parts(statement)) : own;
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }
}
