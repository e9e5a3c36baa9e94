package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.function.NameInText;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.IndexEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import dev.tidegate.server.tsql.type.SqlType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;

/** sp_help, sp_helpindex and sp_helptext, which people type. */
final class HelpProcedures {
    private static final int TEXT_LINE = 255;

    private HelpProcedures() {}

    /** sp_help: all objects, or one with its columns, identity and indexes. */
    static int help(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        Catalog catalog = Catalog.of(context.connection());
        String name = arguments.text("@objname", 0);
        if (name == null) {
            CatalogResult all = new CatalogResult("Name sysname, Owner nvarchar(128), Object_type nvarchar(31)");
            for (TableEntry table : catalog.snapshot().tables()) {
                all.add(table.name(), "dbo", table.isView() ? "view" : "user table");
            }
            all.sortBy(2, 0).sendTo(sink);
            return 0;
        }
        TableEntry table = table(context, catalog, name);
        new CatalogResult("Name sysname, Owner nvarchar(128), Type nvarchar(31), Created_datetime datetime")
                .add(table.name(), "dbo", table.isView() ? "view" : "user table", Catalog.CREATED)
                .sendTo(sink);
        columns(table, sink);
        identity(table, sink);
        indexes(catalog, table, sink);
        return 0;
    }

    private static void columns(TableEntry table, ResponseSink sink) {
        CatalogResult result = new CatalogResult("Column_name sysname, Type sysname, Computed varchar(35), Length int, "
                + "Prec char(5), Scale char(5), Nullable varchar(35), TrimTrailingBlanks varchar(35), "
                + "FixedLenNullInSource varchar(35), Collation sysname null");
        for (ColumnEntry column : table.columns()) {
            SqlType type = column.type();
            boolean number = type.kind().isNumeric();
            result.add(
                    column.name(),
                    type.kind().sqlName(),
                    column.computedText() == null ? "no" : "yes",
                    TypeFacts.maxLength(type),
                    number ? "%-5d".formatted(TypeFacts.precision(type)) : "     ",
                    number ? "%-5d".formatted(TypeFacts.scale(type)) : "     ",
                    column.nullable() ? "yes" : "no",
                    type.isCharacter() ? "no" : "(n/a)",
                    type.isCharacter() ? column.nullable() ? "yes" : "no" : "(n/a)",
                    TypeFacts.collation(type));
        }
        result.sendTo(sink);
    }

    private static void identity(TableEntry table, ResponseSink sink) {
        CatalogResult result =
                new CatalogResult("Identity sysname, Seed numeric(38,0) null, Increment numeric(38,0) null, "
                        + "Not_For_Replication int null");
        for (ColumnEntry column : table.columns()) {
            if (column.identity() != null) {
                result.add(
                        column.name(),
                        BigDecimal.valueOf(column.identity().seed()),
                        BigDecimal.valueOf(column.identity().increment()),
                        0);
            }
        }
        result.sendTo(sink);
    }

    static int helpIndex(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        String name = arguments.text("@objname", 0);
        if (name == null) {
            throw KnownError.MISSING_PARAMETER.exception("sp_helpindex", "@objname");
        }
        Catalog catalog = Catalog.of(context.connection());
        indexes(catalog, table(context, catalog, name), sink);
        return 0;
    }

    private static void indexes(Catalog catalog, TableEntry table, ResponseSink sink) {
        CatalogResult result = new CatalogResult(
                "index_name sysname null, index_description varchar(210) null, index_keys nvarchar(2126) null");
        for (IndexEntry index : catalog.snapshot().indexes(table)) {
            if (index.id() > 0) {
                String keys = index.parts().stream()
                        .map(part -> part.column().name() + (part.descending() ? "(-)" : ""))
                        .collect(Collectors.joining(", "));
                result.add(index.name(), description(index), keys);
            }
        }
        result.sortBy(0).sendTo(sink);
    }

    private static String description(IndexEntry index) {
        return (index.id() == 1 ? "clustered" : "nonclustered")
                + (index.unique() ? ", unique" : "")
                + (index.primaryKey() ? ", primary key" : "")
                + (index.uniqueConstraint() ? ", unique key" : "")
                + " located on PRIMARY";
    }

    /** sp_helptext: the text of a view, cut into lines. */
    static int helpText(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink)
            throws SqlServerException, SQLException {
        Catalog catalog = Catalog.of(context.connection());
        String name = arguments.text("@objname", 0);
        TableEntry table = table(context, catalog, name == null ? "" : name);
        CatalogResult result = new CatalogResult("Text nvarchar(255) null");
        String text = table.definition() == null ? "" : table.definition();
        for (String line : text.split("(?<=\n)")) {
            for (int i = 0; i < line.length(); i += TEXT_LINE) {
                result.add(line.substring(i, Math.min(i + TEXT_LINE, line.length())));
            }
        }
        result.sendTo(sink);
        return 0;
    }

    private static TableEntry table(ProcedureContext context, Catalog catalog, String text) throws SqlServerException {
        NameInText name = NameInText.parse(text);
        String schema = name == null || name.schema().isEmpty() ? "dbo" : name.schema();
        return (name == null ? Optional.<TableEntry>empty() : catalog.snapshot().table(schema, name.name()))
                .orElseThrow(() -> KnownError.OBJECT_NOT_IN_DATABASE.exception(text, context.database()));
    }
}
