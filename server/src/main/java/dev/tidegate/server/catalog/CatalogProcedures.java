package dev.tidegate.server.catalog;

import dev.tidegate.server.catalog.procedure.Procedures;
import dev.tidegate.server.procedure.SystemProcedure;
import java.util.Map;

/** The procedures that describe the database: what drivers call for {@code DatabaseMetaData}. */
public final class CatalogProcedures {
    private CatalogProcedures() {}

    /** By name without schema. */
    public static Map<String, SystemProcedure> all() {
        return Procedures.all();
    }
}
