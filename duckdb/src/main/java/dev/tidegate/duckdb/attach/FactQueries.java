package dev.tidegate.duckdb.attach;

import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.tds.row.RowCursor;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
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

    /** Whoever reads a view is sent what its tables mask, and a view does not tell which those are. */
    private static final String MASKED = "SELECT object_id, name FROM sys.columns WHERE is_masked = 1";

    private static final String ROWS =
            "SELECT object_id, SUM(rows) FROM sys.partitions WHERE index_id IN (0, 1)%s GROUP BY object_id";

    /** Nothing is joined with what has a row for each table or column. */
    private static final String ALL = String.join(
            ";\n",
            "SELECT o.object_id, s.name, o.name FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id"
                    + " WHERE o.type = 'U'",
            MASKED,
            String.format(ROWS, ""));

    /** For more tables than this, it is less work to tell the facts of all. */
    private static final int MOST_NAMED = 20;

    private final TdsConnection connection;
    private final Run run;
    private final Map<RemoteName, Integer> ids = new HashMap<>();
    private final Map<Integer, Set<String>> masked = new HashMap<>();
    private final Map<Integer, Long> rows = new HashMap<>();
    private boolean isMaskingKnown;

    FactQueries(TdsConnection connection, Run run) {
        this.connection = connection;
        this.run = run;
    }

    Map<RemoteName, TableFacts> facts(List<RemoteName> tables) throws SQLException {
        try (Response response = run.execute(connection, tables.size() > MOST_NAMED ? ALL : named(tables))) {
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

    /** The ids stand in variables, so that a server finds each one once, and goes to the table by it. What is no table has none. */
    private static String named(List<RemoteName> tables) {
        List<String> declarations = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> isMissing = new ArrayList<>();
        List<String> variables = new ArrayList<>();
        for (RemoteName table : tables) {
            String variable = "@t" + variables.size();
            variables.add(variable);
            declarations.add(variable + " int = OBJECT_ID(" + TableName.literal(table.sql()) + ", N'U')");
            names.add("SELECT " + variable + ", " + TableName.literal(table.schema()) + ", "
                    + TableName.literal(table.table()));
            isMissing.add(variable + " IS NULL");
        }
        String these = " AND object_id IN (" + String.join(", ", variables) + ")";
        return String.join(
                ";\n",
                "DECLARE " + String.join(", ", declarations),
                String.join(" UNION ALL ", names),
                "IF " + String.join(" OR ", isMissing) + " " + MASKED + " ELSE " + MASKED + these,
                String.format(ROWS, these));
    }

    private void read(Response response) throws SQLException {
        int results = 0;
        for (Item item = response.next(); item != null; item = response.next()) {
            if (item instanceof Item.Rows) {
                while (response.nextRow()) {
                    try {
                        read(response.row(), results);
                    } catch (IOException e) {
                        throw response.failed(e);
                    }
                }
                results++;
                isMaskingKnown = results > 1;
            }
        }
    }

    private void read(RowCursor row, int result) throws IOException {
        if (row.isNull(0)) {
            return;
        }
        int id = row.getInt(0);
        switch (result) {
            case 0 -> ids.put(new RemoteName(row.getString(1), row.getString(2)), id);
            case 1 -> masked.computeIfAbsent(id, key -> new HashSet<>()).add(row.getString(1));
            default -> {
                if (!row.isNull(1)) {
                    rows.put(id, ((Number) row.getObject(1)).longValue());
                }
            }
        }
    }

    private TableFacts facts(RemoteName table) {
        Integer id = ids.get(table);
        Long count = id == null ? null : rows.get(id);
        boolean isKnown = isMaskingKnown && (id != null || masked.isEmpty());
        return new TableFacts(
                count == null ? OptionalLong.empty() : OptionalLong.of(count),
                isKnown ? Optional.of(id == null ? Set.of() : masked.getOrDefault(id, Set.of())) : Optional.empty());
    }
}
