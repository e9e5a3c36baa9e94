package dev.tidegate.duckdb.engine;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.scan.ScanSchema;
import dev.tidegate.tds.token.Column;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a table function reads. */
sealed interface ScanSource {
    AttachedDatabase database();

    ScanSchema schema();

    /** @param wanted indexes of the columns that are read */
    Request request(int[] wanted);

    /**
     * @param sql T-SQL with one result
     * @param places where the wanted columns stand in it
     * @param width its columns
     */
    record Request(String sql, int[] places, int width) {}

    /** Only the wanted columns are asked for. */
    record Table(AttachedDatabase database, RemoteName name, List<Column> columns, ScanSchema schema)
            implements ScanSource {
        @Override
        public Request request(int[] wanted) {
            int[] places = new int[wanted.length];
            Arrays.setAll(places, i -> i);
            if (wanted.length == 0) {
                return new Request("SELECT 1 AS [n] FROM " + name.sql(), places, 1);
            }
            String list = Arrays.stream(wanted)
                    .mapToObj(i -> Identifiers.sqlServer(columns.get(i).name()))
                    .collect(Collectors.joining(", "));
            return new Request("SELECT " + list + " FROM " + name.sql(), places, wanted.length);
        }
    }

    /** T-SQL of a user; what is not wanted is skipped on the wire. */
    record Query(AttachedDatabase database, String sql, ScanSchema schema, int width) implements ScanSource {
        @Override
        public Request request(int[] wanted) {
            return new Request(sql, wanted, width);
        }
    }
}
