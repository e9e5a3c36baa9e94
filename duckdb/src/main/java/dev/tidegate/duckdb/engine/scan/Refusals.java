package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.client.error.DatabaseError;
import java.sql.SQLException;
import java.util.Set;

/** Errors by which a server says that it cannot do what push-down has asked of it, although DuckDB may well do it. */
final class Refusals {
    private static final Set<Integer> NUMBERS = Set.of(
            // Syntax, and what this server's language lacks.
            102,
            156,
            170,
            195,
            319,
            321,
            40517,
            22424,
            15816,
            // Functions and operators for other types.
            174,
            189,
            206,
            258,
            305,
            306,
            402,
            403,
            529,
            8116,
            8117,
            // Collations.
            446,
            447,
            448,
            449,
            451,
            468,
            // Where sub-queries, aggregates and orders may stand.
            130,
            144,
            145,
            147,
            164,
            1033,
            8120,
            8124,
            8127,
            // Too much for one request.
            191,
            8003,
            8004,
            8623,
            8631,
            8632,
            // A value that DuckDB has another range for, or may never compute.
            220,
            232,
            241,
            242,
            245,
            248,
            8114,
            8115,
            8134);

    private Refusals() {}

    static boolean isRefusal(SQLException e) {
        return DatabaseError.of(e).isPresent() && NUMBERS.contains(e.getErrorCode());
    }
}
