package dev.tidegate.duckdb.engine.function;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.session.EngineSession;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code mssql_tables()} and {@code mssql_progress()} show. */
final class EngineTables {
    private EngineTables() {}

    /** Names only: no table is described for it. */
    static String names(Map<AttachedDatabase, List<RemoteName>> names) {
        String rows = names.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(name -> "(" + Identifiers.literal(entry.getKey().alias()) + ", "
                                + Identifiers.literal(name.schema()) + ", " + Identifiers.literal(name.table()) + ")"))
                .collect(Collectors.joining(", "));
        return table(rows, "('', '', '')", "tables(database_name, schema_name, table_name)");
    }

    /** A row for each connection of the engine that runs a statement. */
    static String progress(Collection<EngineSession> sessions) {
        String rows = sessions.stream()
                .filter(session -> session.running().isLocked())
                .map(EngineTables::progress)
                .collect(Collectors.joining(", "));
        return table(
                rows,
                "(0::BIGINT, 0::DOUBLE, 0::BIGINT, 0)",
                "statements(connection_id, running_seconds, rows_read, requests)");
    }

    private static String progress(EngineSession session) {
        Run run = session.run();
        return String.format(
                Locale.ROOT,
                "(%d::BIGINT, %.3f::DOUBLE, %d::BIGINT, %d)",
                session.id(),
                run.elapsed().toNanos() / 1e9,
                run.rows(),
                run.requests());
    }

    private static String table(String rows, String none, String names) {
        return "(SELECT * FROM (VALUES " + (rows.isEmpty() ? none : rows) + ") AS " + names
                + (rows.isEmpty() ? " WHERE false" : "") + ")";
    }
}
