package dev.tidegate.cli.copy;

import dev.tidegate.duckdb.Identifiers;

/** How DuckDB reads data files. */
final class DataFiles {
    private DataFiles() {}

    /** @param path may have wildcards */
    static String parquet(String path) {
        return "SELECT * FROM read_parquet(" + Identifiers.literal(path) + ")";
    }

    /**
     * The texts of CSV files.
     *
     * @param path may have wildcards
     */
    static String texts(String path) {
        // All rows are looked at before separators and quotes are decided, so that a late row cannot contradict.
        // Nothing between two commas is NULL, but two quotes are an empty text. No line is left out because others
        // have more commas: DuckDB would otherwise skip what it takes for a preface or a comment.
        return "SELECT * FROM read_csv(" + Identifiers.literal(path)
                + ", all_varchar = true, sample_size = -1, allow_quoted_nulls = false, skip = 0, comment = '')";
    }

    /**
     * The values of JSON files, each as it stands there, in a column named json.
     *
     * @param path may have wildcards
     */
    static String records(String path) {
        return "SELECT json FROM read_json_objects(" + Identifiers.literal(path) + ")";
    }
}
