package dev.tidegate.duckdb.load;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.text.JsonRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;

/**
 * Takes JSON objects apart into columns of their members' texts. DuckDB's own JSON functions write numbers anew, with 17 digits at most;
 * here every text stays as it stands in the file. DuckDB has no way to unregister a function, so make one of these for a file and keep it.
 *
 * <p>Thread-safe.
 */
public final class JsonMembers {
    private final String function =
            "tidegate_json_" + UUID.randomUUID().toString().substring(0, 8);
    private final List<TextColumns.Column> columns;
    private final Map<String, Integer> places = new HashMap<>();

    /** @param duckdb any connection to the database that the objects are read with */
    public JsonMembers(Connection duckdb, TextColumns file) throws SQLException {
        columns = file.columns();
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).key(), i);
        }
        try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(function)
                    .withParameter(DuckDBColumnType.VARCHAR)
                    .withReturnType(DuckDBColumnType.VARCHAR)
                    .<String, String>withFunction(file.isOneValue() ? JsonMembers::value : this::members)
                    .register(duckdb);
        }
    }

    /**
     * A SELECT of VARCHAR columns.
     *
     * @param records a SELECT of one column that is named json
     */
    public String sql(String records) {
        return IntStream.range(0, columns.size())
                        .mapToObj(i -> "texts[" + (i + 1) + "] AS "
                                + Identifiers.duckdb(columns.get(i).name()))
                        .collect(Collectors.joining(", ", "SELECT ", ""))
                + " FROM (SELECT from_json(" + function + "(json::VARCHAR), '[\"VARCHAR\"]') AS texts FROM (" + records
                + "))";
    }

    /** The texts as a JSON array of strings, which is the one way for a function to give several. */
    private String members(String json) {
        String[] texts = new String[columns.size()];
        StringBuilder one = new StringBuilder();
        JsonRecord record = new JsonRecord(json);
        while (record.next()) {
            Integer place = places.get(record.key());
            if (place == null) {
                throw new IllegalStateException(
                        "the file has changed while it was read: there is a new key \"" + record.key() + "\"");
            }
            if (record.kind() != JsonRecord.Kind.NULL) {
                one.setLength(0);
                record.appendAsString(one);
                texts[place] = one.toString();
            }
        }
        return "[" + String.join(",", texts) + "]";
    }

    private static String value(String json) {
        JsonRecord record = new JsonRecord(json);
        record.value();
        if (record.kind() == JsonRecord.Kind.NULL) {
            return "[null]";
        }
        StringBuilder text = new StringBuilder("[");
        record.appendAsString(text);
        return text.append(']').toString();
    }
}
