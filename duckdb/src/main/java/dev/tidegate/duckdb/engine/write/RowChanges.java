package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.change.Outcome;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.ParameterLiterals;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.sql.ChangeReader;
import dev.tidegate.duckdb.sql.ChangeStatement;
import dev.tidegate.duckdb.sql.MergeStatement;
import dev.tidegate.duckdb.sql.QualifiedName;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** UPDATE, DELETE, MERGE and INSERT … ON CONFLICT of attached tables. */
final class RowChanges implements Writes.Kind {
    private final EngineSession session;
    private final TargetNames names;

    RowChanges(EngineSession session, TargetNames names) {
        this.session = session;
        this.names = names;
    }

    @Override
    public Optional<Translated> translate(SqlStatement statement) throws SQLException {
        Optional<QualifiedName> name = ChangeReader.target(statement);
        Optional<Target> target = name.isEmpty() ? Optional.empty() : names.table(name.get());
        if (target.isEmpty()) {
            return Optional.empty();
        }
        ChangeStatement change = ChangeReader.read(statement);
        new RemoteTables(session, names).of(target.get());
        ParameterLiterals parameters = new ParameterLiterals(statement);
        if (change.returning() == null) {
            return Optional.of(Translated.written(
                    parameters.standIn(), new Changing(target.get(), statement, parameters, Outcome.COUNT)));
        }
        Returning returning = new Returning(
                session, target.get(), change.returning(), change.knownAs(), change instanceof MergeStatement);
        Changing changing = new Changing(target.get(), statement, parameters, new Outcome(returning));
        return Optional.of(returning.of(changing).translated(parameters, List.of(), Map.of()));
    }

    /** A batch of it is all or nothing, as DuckDB's own are. */
    private final class Changing implements Write {
        private final Target target;
        private final SqlStatement statement;
        private final ParameterLiterals parameters;
        private final Outcome outcome;

        Changing(Target target, SqlStatement statement, ParameterLiterals parameters, Outcome outcome) {
            this.target = target;
            this.statement = statement;
            this.parameters = parameters;
            this.outcome = outcome;
        }

        @Override
        public long run(Binding binding) throws SQLException {
            SqlStatement written = parameters.written(session.duckdb(), binding);
            return of(written).run();
        }

        @Override
        public Optional<PushDown> request() throws SQLException {
            return of(statement).request();
        }

        private ChangeRun of(SqlStatement some) throws SQLException {
            return ChangeRun.of(new ChangedTable(session, names, target, some, outcome));
        }

        @Override
        public long[] runAll(List<? extends Binding> batch) throws SQLException {
            return session.atomically(() -> Write.super.runAll(batch));
        }
    }
}
