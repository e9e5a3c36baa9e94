package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds the statements that change an attached database, each with those that know its kind. */
public final class Writes {
    /** Those that know one kind of statement. */
    interface Kind {
        /**
         * Looks names up, and runs nothing.
         *
         * @return empty if the statement is of another kind, or its target is DuckDB's own
         * @throws SQLException if its target is attached and it cannot be done
         */
        Optional<Translated> translate(SqlStatement statement) throws SQLException;
    }

    private final EngineSession session;
    private final List<Kind> kinds;

    public Writes(EngineSession session) {
        this.session = session;
        TargetNames names = new TargetNames(session);
        this.kinds = List.of(
                new WholeDatabases(session),
                new Loads(session, names),
                new Definitions(session, names),
                new RowChanges(session, names));
    }

    public Optional<Translated> translate(SqlStatement statement) throws SQLException {
        if (session.attached().isEmpty()) {
            return Optional.empty();
        }
        for (Kind kind : kinds) {
            Optional<Translated> translated = kind.translate(statement);
            if (translated.isPresent()) {
                return translated;
            }
        }
        return Optional.empty();
    }
}
