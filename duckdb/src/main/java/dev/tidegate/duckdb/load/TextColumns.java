package dev.tidegate.duckdb.load;

import dev.tidegate.duckdb.UniqueNames;
import dev.tidegate.duckdb.text.ColumnProfile;
import dev.tidegate.duckdb.text.JsonRecord;
import dev.tidegate.duckdb.text.TextType;
import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBReadableVector;

/**
 * The columns of rows that come from a file without types, each with the narrowest type that holds all its texts. All rows are read for
 * this, once, so that a late one cannot contradict.
 *
 * @param rows how many there are
 */
public record TextColumns(List<Column> columns, long rows) {
    /** The one column of JSON values that are no objects. */
    private static final String VALUE = "json";

    /**
     * @param key of the member in JSON; else the name
     * @param name as DuckDB takes it
     */
    public record Column(String key, String name, TextType type) {}

    public TextColumns {
        columns = List.copyOf(columns);
    }

    /**
     * @param sql gives VARCHAR columns only
     * @throws SQLException what DuckDB says of the file
     */
    public static TextColumns of(Connection duckdb, String sql) throws SQLException {
        List<DuckColumn> described = DuckColumn.of(duckdb, sql);
        Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
        described.forEach(column -> profiles.put(column.name(), new ColumnProfile()));
        ColumnProfile[] inOrder = profiles.values().toArray(ColumnProfile[]::new);
        long rows = 0;
        try (ChunkStream chunks = new ChunkStream(duckdb, sql)) {
            while (chunks.next()) {
                int count = Math.toIntExact(chunks.chunk().rowCount());
                for (int i = 0; i < inOrder.length; i++) {
                    add(inOrder[i], chunks.chunk().vector(i), count);
                }
                rows += count;
            }
        }
        return new TextColumns(columns(profiles), rows);
    }

    /**
     * @param sql gives one column of JSON values, each an object whose members are the columns
     * @throws SQLDataException for an object that has a key twice, and for rows of which only some are objects
     */
    public static TextColumns ofRecords(Connection duckdb, String sql) throws SQLException {
        Records records = new Records();
        try (ChunkStream chunks = new ChunkStream(duckdb, sql)) {
            while (chunks.next()) {
                DuckDBReadableVector vector = chunks.chunk().vector(0);
                int count = Math.toIntExact(chunks.chunk().rowCount());
                for (int row = 0; row < count; row++) {
                    records.add(vector.getString(row));
                }
            }
        }
        return new TextColumns(columns(records.profiles()), records.rows);
    }

    /** True for JSON values that are no objects. */
    public boolean isOneValue() {
        return columns.size() == 1 && columns.get(0).key() == null;
    }

    private static void add(ColumnProfile profile, DuckDBReadableVector vector, int count) {
        for (int row = 0; row < count; row++) {
            if (!vector.isNull(row)) {
                profile.add(vector.getString(row));
            }
        }
    }

    private static List<Column> columns(Map<String, ColumnProfile> profiles) {
        UniqueNames names = new UniqueNames();
        List<Column> columns = new ArrayList<>();
        profiles.forEach(
                (key, profile) -> columns.add(new Column(key, names.next(key == null ? VALUE : key), profile.type())));
        return columns;
    }

    /** The members of JSON objects, by key, in the order in which they are first seen. */
    private static final class Records {
        private final Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
        private final Map<String, Integer> places = new LinkedHashMap<>();
        private final ColumnProfile alone = new ColumnProfile();
        private final BitSet seen = new BitSet();
        private long objects;
        private long rows;

        void add(String json) throws SQLException {
            rows++;
            JsonRecord record = new JsonRecord(json);
            objects += record.isObject() ? 1 : 0;
            if (objects != 0 && objects != rows) {
                throw new SQLDataException(
                        "JSON value " + rows + (record.isObject() ? " is" : " is not")
                                + " an object, unlike those before it",
                        "22000");
            }
            if (!record.isObject()) {
                record.value();
                observe(record, alone);
                return;
            }
            seen.clear();
            while (record.next()) {
                String key = record.key();
                int place = places.computeIfAbsent(key, this::added);
                if (seen.get(place)) {
                    throw new SQLDataException("JSON object " + rows + " has the key \"" + key + "\" twice", "22000");
                }
                seen.set(place);
                observe(record, profiles.get(key));
            }
        }

        Map<String, ColumnProfile> profiles() {
            if (!profiles.isEmpty()) {
                return profiles;
            }
            Map<String, ColumnProfile> one = new LinkedHashMap<>();
            one.put(null, alone);
            return one;
        }

        private int added(String key) {
            profiles.put(key, new ColumnProfile());
            return profiles.size() - 1;
        }

        private static void observe(JsonRecord record, ColumnProfile profile) {
            switch (record.kind()) {
                case NULL -> {}
                case STRING -> profile.addString(record.text());
                case LITERAL -> profile.add(record.text());
                case NESTED -> profile.addRaw(record.text());
            }
        }
    }
}
