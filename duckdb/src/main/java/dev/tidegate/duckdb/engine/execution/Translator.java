package dev.tidegate.duckdb.engine.execution;

import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.function.EngineFunctions;
import dev.tidegate.duckdb.engine.session.Engine;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.Transactions;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.engine.write.Writes;
import dev.tidegate.duckdb.sql.EngineStatement;
import dev.tidegate.duckdb.sql.EngineStatement.Attach;
import dev.tidegate.duckdb.sql.EngineStatement.CreateSecret;
import dev.tidegate.duckdb.sql.EngineStatement.Detach;
import dev.tidegate.duckdb.sql.EngineStatement.DropSecret;
import dev.tidegate.duckdb.sql.EngineStatement.Transaction;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.StatementReader;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the statements of a connection become. Used by who holds {@link EngineSession#running}. */
public final class Translator {
    private final EngineSession session;
    private final Writes writes;

    public Translator(EngineSession session) {
        this.session = session;
        this.writes = new Writes(session);
    }

    /**
     * Looks up what the statement needs, which may ask servers for names and columns, but runs nothing there.
     *
     * @throws SQLException what is wrong with a statement of the engine, or an attached database cannot be reached
     */
    public Translated translate(SqlStatement statement) throws SQLException {
        Optional<EngineStatement> mine = StatementReader.read(statement);
        if (mine.isPresent()) {
            Optional<Translated> translated = translate(mine.get(), statement);
            if (translated.isPresent()) {
                return translated.get();
            }
        }
        session.remote().checkNotAborted();
        Optional<Translated> write = writes.translate(statement);
        if (write.isPresent()) {
            return write.get();
        }
        Optional<Translated.Step> setting = session.settings().change(statement);
        if (setting.isPresent()) {
            return Translated.byEngine(setting.get());
        }
        if (statement.begins("USE") || statement.begins("SET")) {
            session.defaultsChosen();
        }
        Map<RemoteName, SQLException> undescribed = session.makeViews(statement);
        SqlStatement seenBy = session.asSeen(statement);
        return EngineFunctions.in(seenBy)
                ? new EngineFunctions(session, seenBy).translate(undescribed)
                : Translated.asItIs(seenBy.text(), undescribed);
    }

    /** What a statement that changes an attached database would be; empty for every other one. */
    Optional<Translated> write(SqlStatement statement) throws SQLException {
        return writes.translate(statement);
    }

    private Optional<Translated> translate(EngineStatement mine, SqlStatement statement) {
        Engine engine = session.engine();
        if (mine instanceof Attach attach) {
            return Optional.of(Translated.byEngine(() -> {
                if (attach.orReplace()) {
                    checkUnused(attach.alias());
                }
                engine.attach(attach, session);
            }));
        }
        if (mine instanceof Transaction transaction) {
            return Optional.of(translate(transaction, statement.text()));
        }
        if (mine instanceof CreateSecret secret) {
            return Optional.of(Translated.byEngine(() -> engine.secrets().create(secret)));
        }
        if (mine instanceof DropSecret secret && engine.secrets().has(secret.name())) {
            return Optional.of(Translated.byEngine(() -> engine.secrets().drop(secret)));
        }
        if (mine instanceof Detach detach && engine.attached().find(detach.alias()) != null) {
            // DuckDB has its say first: it does not detach the default database.
            return Optional.of(new Translated(
                    statement.text(),
                    () -> checkUnused(detach.alias()),
                    () -> engine.attached().detached(detach.alias()),
                    null,
                    List.of(),
                    Map.of()));
        }
        return Optional.empty();
    }

    private Translated translate(Transaction statement, String text) {
        Transactions transactions = session.transactions();
        return switch (statement.step()) {
            // DuckDB has its say first: it refuses one within another.
            case BEGIN ->
                new Translated(
                        text,
                        null,
                        () -> session.remote().begun(statement.readOnly(), session.run()),
                        null,
                        List.of(),
                        Map.of());
            case COMMIT -> Translated.byEngine(transactions::commitAll);
            case ROLLBACK -> Translated.byEngine(Translated.Step.evenIfAborted(transactions::rollbackAll));
        };
    }

    /** As DuckDB does with its own. */
    private void checkUnused(String alias) throws SQLException {
        AttachedViews views = session.attached().find(alias);
        if (views != null && session.remote().uses(views.database())) {
            throw new SQLException(
                    "Cannot detach database \"" + alias
                            + "\" because the current transaction has outstanding work on it -"
                            + " commit or rollback first",
                    "25001");
        }
    }
}
