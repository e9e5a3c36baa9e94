package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.ParameterLiterals;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.sql.ChangeReader;
import dev.tidegate.duckdb.sql.ChangeStatement;
import dev.tidegate.duckdb.sql.ChangeStatement.Merge;
import dev.tidegate.duckdb.sql.QualifiedName;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Optional;

/** UPDATE, DELETE and INSERT … ON CONFLICT of attached tables. */
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
        check(ChangeReader.read(statement));
        new RemoteTables(session, names).of(target.get());
        ParameterLiterals parameters = new ParameterLiterals(statement);
        return Optional.of(Translated.written(parameters.standIn(), new Changing(target.get(), parameters)));
    }

    /** A batch of it is all or nothing, as DuckDB's own are. */
    private final class Changing implements Write {
        private final Target target;
        private final ParameterLiterals parameters;

        Changing(Target target, ParameterLiterals parameters) {
            this.target = target;
            this.parameters = parameters;
        }

        @Override
        public long run(Binding binding) throws SQLException {
            SqlStatement written = parameters.written(session.duckdb(), binding);
            return new RowChange(session, names, target, written).run(ChangeReader.read(written));
        }

        @Override
        public long[] runAll(List<? extends Binding> batch) throws SQLException {
            return session.atomically(() -> Write.super.runAll(batch));
        }
    }

    private static void check(ChangeStatement change) throws SQLException {
        if (change instanceof Merge) {
            throw new SQLFeatureNotSupportedException(
                    "MERGE INTO " + change.target() + ": merging into an attached table is not translated; write"
                            + " INSERT … ON CONFLICT, UPDATE … FROM or DELETE … USING, or use mssql_execute",
                    "0A000");
        }
        if (change.returning() != null) {
            throw new SQLFeatureNotSupportedException(
                    "RETURNING is not translated where rows of an attached table are changed; query them before or"
                            + " after, within a transaction",
                    "0A000");
        }
    }
}
