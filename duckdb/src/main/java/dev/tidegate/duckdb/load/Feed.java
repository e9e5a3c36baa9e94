package dev.tidegate.duckdb.load;

/**
 * How one column of a query reaches one column of the target.
 *
 * @param projection SQL over the column that gives a vector which the JDBC driver can read
 * @param source reads that vector
 */
record Feed(String projection, ChunkSource source) {}
