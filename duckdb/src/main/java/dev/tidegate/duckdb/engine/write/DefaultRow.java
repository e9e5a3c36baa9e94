package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.load.Binding;
import java.sql.SQLException;

/** INSERT INTO an attached table DEFAULT VALUES. */
record DefaultRow(EngineSession session, Target target) implements Write {
    @Override
    public long run(Binding parameters) throws SQLException {
        return session.remote().write(target.database(), session.run(), (connection, run) -> {
            run.finish(connection, "INSERT INTO " + target.name().sql() + " DEFAULT VALUES");
            return 1L;
        });
    }
}
