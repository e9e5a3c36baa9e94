package dev.tidegate.duckdb.attach;

import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.duckdb.Identifiers;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a server for {@link TableFacts}. It may refuse to tell them: then less is known, and nothing fails. */
final class FactQueries {
    /** Servers from before there was masking do not know the column, or not the view. */
    private static final Set<Integer> UNKNOWN_NAMES = Set.of(207, 208);

    /** All of the database: whoever reads a view is sent what its tables mask. */
    private static final String MASKED = "SELECT s.name, o.name, c.name FROM sys.columns c JOIN sys.objects o"
            + " ON o.object_id = c.object_id JOIN sys.schemas s ON s.schema_id = o.schema_id WHERE c.is_masked = 1";

    private static final String ROWS = "SELECT s.name, o.name, SUM(p.rows) FROM sys.partitions p JOIN sys.objects o"
            + " ON o.object_id = p.object_id JOIN sys.schemas s ON s.schema_id = o.schema_id"
            + " WHERE p.index_id IN (0, 1) AND o.type = 'U' AND (%s) GROUP BY s.name, o.name";

    /** For more tables than this, it is less work to tell the facts of all. */
    private static final int MOST_NAMED = 200;

    private final TdsConnection connection;
    private final Run run;
    private final Map<RemoteName, Set<String>> masked = new HashMap<>();
    private final Map<RemoteName, Long> rows = new HashMap<>();
    private boolean isMaskingKnown;

    FactQueries(TdsConnection connection, Run run) {
        this.connection = connection;
        this.run = run;
    }

    Map<RemoteName, TableFacts> facts(List<RemoteName> tables) throws SQLException {
        String wanted = tables.size() > MOST_NAMED
                ? "1 = 1"
                : tables.stream()
                        .map(table -> "s.name = N" + Identifiers.literal(table.schema()) + " AND o.name = N"
                                + Identifiers.literal(table.table()))
                        .collect(Collectors.joining(" OR "));
        try (Response response = run.execute(connection, MASKED + ";\n" + String.format(ROWS, wanted))) {
            read(response);
        } catch (SQLException e) {
            if (DatabaseError.of(e).isEmpty() || Disconnects.isDisconnect(e) || run.isCancelled()) {
                throw e;
            }
            isMaskingKnown |= UNKNOWN_NAMES.contains(e.getErrorCode());
        } finally {
            run.left(connection);
        }
        return tables.stream().collect(Collectors.toMap(table -> table, this::facts));
    }

    private void read(Response response) throws SQLException {
        for (Item item = response.next(); item != null; item = response.next()) {
            if (item instanceof Item.Rows) {
                while (response.nextRow()) {
                    try {
                        read(response, isMaskingKnown);
                    } catch (IOException e) {
                        throw response.failed(e);
                    }
                }
                isMaskingKnown = true;
            }
        }
    }

    private void read(Response response, boolean counts) throws IOException {
        RemoteName name =
                new RemoteName(response.row().getString(0), response.row().getString(1));
        if (!counts) {
            masked.computeIfAbsent(name, key -> new HashSet<>())
                    .add(response.row().getString(2));
        } else if (!response.row().isNull(2)) {
            rows.put(name, ((Number) response.row().getObject(2)).longValue());
        }
    }

    private TableFacts facts(RemoteName table) {
        Long count = rows.get(table);
        boolean isTable = count != null;
        boolean isKnown = isMaskingKnown && (isTable || masked.isEmpty());
        return new TableFacts(
                isTable ? OptionalLong.of(count) : OptionalLong.empty(),
                isKnown ? Optional.of(masked.getOrDefault(table, Set.of())) : Optional.empty());
    }
}
