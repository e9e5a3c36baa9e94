package dev.tidegate.duckdb.attach;

import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.error.Disconnects;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a server for the names of its tables, and for their columns. */
final class CatalogQueries implements RemoteCatalog.Lookup {
    /** Tables whose columns are asked for by one request. */
    private static final int TOGETHER = 200;

    private static final String TABLES = "SELECT s.name, o.name FROM sys.objects o JOIN sys.schemas s"
            + " ON s.schema_id = o.schema_id WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0"
            + " ORDER BY s.name, o.name";

    private final TdsConnection connection;
    private final Run run;
    private final AttachOptions options;

    CatalogQueries(TdsConnection connection, Run run, AttachOptions options) {
        this.connection = connection;
        this.run = run;
        this.options = options;
    }

    @Override
    public List<RemoteName> tables() throws SQLException {
        List<RemoteName> tables = new ArrayList<>();
        try (Response response = run.execute(connection, TABLES)) {
            response.next();
            while (response.nextRow()) {
                RemoteName name = new RemoteName(text(response, 0), text(response, 1));
                if (isWanted(name)) {
                    tables.add(name);
                }
            }
            response.finish();
        } finally {
            run.left(connection);
        }
        return tables;
    }

    private boolean isWanted(RemoteName name) {
        return (options.schemaFilter() == null
                        || options.schemaFilter().matcher(name.schema()).find())
                && (options.tableFilter() == null
                        || options.tableFilter().matcher(name.table()).find());
    }

    private static String text(Response response, int column) throws SQLException {
        try {
            return response.row().getString(column);
        } catch (IOException e) {
            throw response.failed(e);
        }
    }

    @Override
    public Map<RemoteName, Object> columns(List<RemoteName> tables) throws SQLException {
        Map<RemoteName, Object> found = new LinkedHashMap<>();
        for (int from = 0; from < tables.size(); from += TOGETHER) {
            List<RemoteName> some = tables.subList(from, Math.min(tables.size(), from + TOGETHER));
            try {
                found.putAll(together(some));
            } catch (SQLException e) {
                if (DatabaseError.of(e).isEmpty() || Disconnects.isDisconnect(e) || run.isCancelled()) {
                    throw e;
                }
                oneByOne(some, found);
            }
        }
        return found;
    }

    /** One of them cannot be read, and the others must not suffer for it. */
    private void oneByOne(List<RemoteName> tables, Map<RemoteName, Object> found) throws SQLException {
        for (RemoteName table : tables) {
            try {
                found.putAll(together(List.of(table)));
            } catch (SQLException e) {
                if (DatabaseError.of(e).isEmpty() || Disconnects.isDisconnect(e) || run.isCancelled()) {
                    throw e;
                }
                found.put(table, e);
            }
        }
    }

    /** The columns of an empty result are those of the table, in exactly the types in which its rows will come. */
    private Map<RemoteName, Object> together(List<RemoteName> tables) throws SQLException {
        Map<RemoteName, Object> found = new LinkedHashMap<>();
        String sql = tables.stream()
                .map(table -> "SELECT TOP (0) * FROM " + table.sql() + ";")
                .collect(Collectors.joining("\n"));
        try (Response response = run.execute(connection, sql)) {
            int next = 0;
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.Rows rows && next < tables.size()) {
                    found.put(tables.get(next++), rows.columns());
                }
            }
            if (next != tables.size()) {
                throw new SQLException("the server described " + next + " of " + tables.size() + " tables", "XX000");
            }
        } finally {
            run.left(connection);
        }
        return found;
    }
}
