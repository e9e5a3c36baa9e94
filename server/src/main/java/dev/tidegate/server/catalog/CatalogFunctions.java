package dev.tidegate.server.catalog;

import dev.tidegate.server.tsql.function.ScalarFunction;
import java.util.Map;

/** The functions that describe the server and the database: SERVERPROPERTY, OBJECT_ID, COL_LENGTH, … */
public final class CatalogFunctions {
    private CatalogFunctions() {}

    /** By name in upper case. */
    public static Map<String, ScalarFunction> all() {
        return Map.of();
    }
}
