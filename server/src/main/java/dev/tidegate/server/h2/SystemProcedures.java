package dev.tidegate.server.h2;

import dev.tidegate.server.catalog.CatalogProcedures;
import dev.tidegate.server.procedure.SystemProcedure;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The procedures that every database has, by name in any case, without schema. Immutable. */
public final class SystemProcedures {
    private final Map<String, SystemProcedure> byName = new HashMap<>();

    public SystemProcedures() {
        CatalogProcedures.all().forEach((name, procedure) -> byName.put(name.toLowerCase(Locale.ROOT), procedure));
    }

    /** @param name may carry a database and a schema, and brackets: {@code [db].sys.sp_columns_100} */
    public Optional<SystemProcedure> find(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (last.startsWith("[") && last.endsWith("]")) {
            last = last.substring(1, last.length() - 1);
        }
        return Optional.ofNullable(byName.get(last.toLowerCase(Locale.ROOT)));
    }
}
