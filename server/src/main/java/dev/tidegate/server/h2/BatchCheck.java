package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.function.ScalarFunction;
import dev.tidegate.server.tsql.translate.SessionView;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What SQL Server finds when it compiles a batch, before the first statement runs: names of columns that existing tables do not have,
 * and expressions whose types do not go together. A table that does not exist yet is looked for when its statement runs (deferred name
 * resolution), and so is one that the batch itself creates.
 */
final class BatchCheck {
    /** Errors of compilation; all others are left to the statement's run. */
    private static final Set<Integer> COMPILATION =
            Set.of(104, 107, 108, 116, 134, 137, 141, 205, 206, 207, 209, 213, 402, 1013, 4104, 8117, 8155, 8156);

    /** Whether an error is one of compilation: XACT_ABORT does not count for it. */
    static boolean isCompilation(SqlServerException error) {
        return COMPILATION.contains(error.number());
    }

    /** An error, and the statement that has it. */
    record Finding(SqlServerException error, Statement statement) {}

    private final Frame frame;
    private final Set<String> created = new HashSet<>();
    private final StatementBinder binder;
    private Finding finding;
    private boolean elsewhere;

    private BatchCheck(Frame frame) {
        this.frame = frame;
        this.binder = new StatementBinder(new View());
    }

    /** @param frame has the variables that are declared before the batch begins; it stays as it is */
    static Optional<Finding> of(List<Statement> batch, Frame frame) {
        // a single statement finds its own errors before anything was done
        if (batch.size() < 2 && batch.stream().noneMatch(BatchCheck::containsOthers)) {
            return Optional.empty();
        }
        BatchCheck check = new BatchCheck(frame.copy());
        batch.forEach(check::collect);
        batch.forEach(check::check);
        return Optional.ofNullable(check.finding);
    }

    private static boolean containsOthers(Statement statement) {
        return !parts(statement).isEmpty();
    }

    /** The statements that a statement contains. */
    static List<Statement> parts(Statement statement) {
        return switch (statement) {
            case Statement.If choice ->
                choice.otherwise() == null ? List.of(choice.then()) : List.of(choice.then(), choice.otherwise());
            case Statement.Block block -> block.statements();
            case Statement.While loop -> List.of(loop.body());
            case Statement.TryCatch attempt -> List.of(attempt.attempt(), attempt.handler());
            default -> List.of();
        };
    }

    private void collect(Statement statement) {
        parts(statement).forEach(this::collect);
        if (statement instanceof Statement.CreateTable create) {
            created.add(key(create.table()));
        } else if (statement instanceof Statement.CreateView create) {
            created.add(key(create.name()));
        } else if (statement instanceof Statement.Select select && select.query().into() != null) {
            created.add(key(select.query().into()));
        } else if (statement instanceof Statement.DeclareTable declare) {
            created.add(declare.name().toLowerCase(Locale.ROOT));
        }
    }

    private static String key(ObjectName name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private void check(Statement statement) {
        // after USE the names are those of another database
        elsewhere |= statement instanceof Statement.Use;
        if (finding != null || elsewhere) {
            return;
        }
        try {
            if (statement instanceof Statement.Declare declare) {
                declare(declare);
            }
            binder.bind(statement);
        } catch (SqlServerException e) {
            if (isCompilation(e)) {
                finding = new Finding(e, statement);
            }
        }
        parts(statement).forEach(this::check);
    }

    /** From here on the variables may be used. */
    private void declare(Statement.Declare declare) throws SqlServerException {
        for (Statement.Declaration declaration : declare.variables()) {
            frame.declare(declaration.name(), declaration.type());
        }
    }

    /** The session, without the tables that the batch creates. */
    private final class View implements SessionView {
        @Override
        public Optional<TableInfo> table(ObjectName name) throws SqlServerException {
            return created.contains(key(name)) ? Optional.empty() : frame.table(name);
        }

        @Override
        public Optional<SqlType> sequence(ObjectName name) {
            return frame.sequence(name);
        }

        @Override
        public Optional<TypedValue> variable(String name) {
            return frame.variable(name);
        }

        @Override
        public Optional<TypedValue> global(String name) {
            return frame.global(name);
        }

        @Override
        public Optional<ScalarFunction> function(String name) {
            return frame.function(name);
        }

        @Override
        public String database() {
            return frame.database();
        }
    }
}
