package dev.tidegate.cli.copy;

import dev.tidegate.duckdb.Identifiers;

/** How DuckDB reads data files. */
final class DataFiles {
    private DataFiles() {}

    /** @param path may have wildcards */
    static String select(String path, Endpoint.Format format) {
        String file = Identifiers.literal(path);
        return "SELECT * FROM "
                + switch (format) {
                    case PARQUET -> "read_parquet(" + file + ")";
                    // All rows are looked at before a type is decided, so that a late row cannot contradict it.
                    // Nothing between two commas is NULL, but two quotes are an empty text.
                    case CSV -> "read_csv(" + file + ", sample_size = -1, allow_quoted_nulls = false)";
                    case JSON, NDJSON -> "read_json(" + file + ", sample_size = -1)";
                };
    }
}
