package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.ddl.TableKind;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.load.TableDefinition;
import dev.tidegate.duckdb.write.NewTable;
import dev.tidegate.duckdb.write.RowSource;
import java.sql.SQLException;

/** Makes a table of an attached database from a query, all or nothing. */
record TableCreation(
        EngineSession session, Target target, LoadQuery query, TableKind kind, boolean replaces, boolean ifNotExists)
        implements Write {
    @Override
    public long run(Binding parameters) throws SQLException {
        Run run = session.run();
        AttachedDatabase database = target.database();
        if (ifNotExists && session.remote().tables(database, run).contains(target.name())) {
            return NO_COUNT;
        }
        // The width of texts is found in the rows that are sent, so that it fits them in any case.
        boolean measured = TableDefinition.hasWidths(session.duckdb(), query.sql(), parameters);
        try (RowSource source = query.rows(session.local(), parameters, measured)) {
            TableDefinition definition = TableDefinition.of(session.duckdb(), source.sql(), measured);
            NewTable.Filled filled = session.remote()
                    .write(
                            database,
                            run,
                            (connection, same) -> new NewTable(target.name(), definition, kind, connection, same)
                                    .fill(replaces, source));
            if (session.remote().inTransaction()) {
                // What is known beside the columns is everybody's, so it is looked up with them, once they are wanted.
                session.remote().changed(database, catalog -> catalog.made(target.name()));
            } else {
                database.made(target.name(), filled.columns(), filled.rows());
            }
            return filled.rows();
        }
    }
}
