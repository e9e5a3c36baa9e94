package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.procedure.ProcedureContext;
import java.util.List;

/** The tables that the name, owner and qualifier given to a catalog procedure select. */
final class TableSelection {
    private TableSelection() {}

    /**
     * @param qualifier null or empty for the current database
     * @throws SqlServerException 15250 if the qualifier names another database
     */
    static List<TableEntry> matching(
            ProcedureContext context, Catalog catalog, String name, String owner, String qualifier, boolean wildcards)
            throws SqlServerException {
        checkQualifier(context, qualifier);
        NamePattern names = NamePattern.of(emptyAsNull(name), wildcards);
        NamePattern owners = NamePattern.of(emptyAsNull(owner), wildcards);
        return catalog.snapshot().tables().stream()
                .filter(table -> names.matches(table.name())
                        && owners.matches(table.schema().name()))
                .toList();
    }

    /** @throws SqlServerException 15250 */
    static void checkQualifier(ProcedureContext context, String qualifier) throws SqlServerException {
        if (qualifier != null
                && !qualifier.isEmpty()
                && !qualifier.equals("%")
                && !qualifier.equalsIgnoreCase(context.database())) {
            throw KnownError.QUALIFIER_NOT_CURRENT.exception();
        }
    }

    static String emptyAsNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
