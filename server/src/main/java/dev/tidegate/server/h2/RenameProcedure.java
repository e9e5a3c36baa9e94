package dev.tidegate.server.h2;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.translate.IndexName;
import dev.tidegate.server.tsql.translate.SqlText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.h2.constraint.Constraint;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.schema.Schema;
import org.h2.schema.SchemaObject;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.table.Table;

/** {@code sp_rename}: gives a table, view, sequence, constraint, column or index another name. Used by one thread. */
final class RenameProcedure {
    private final SessionCore core;
    private final ResponseSink sink;
    private final DdlConnection ddl;

    RenameProcedure(SessionCore core, ResponseSink sink) {
        this.core = core;
        this.sink = sink;
        this.ddl = new DdlConnection(core);
    }

    /** @return the procedure's status */
    int run(ProcedureArguments arguments) throws SqlServerException, SQLException {
        core.transactions.checkWritable();
        String object = required(arguments, "@objname", 0);
        String name = required(arguments, "@newname", 1);
        String kind = arguments.text("@objtype", 2);
        ObjectName old = parse(object);
        switch (kind == null ? "" : kind.toUpperCase(Locale.ROOT)) {
            case "" -> rename(old, object, name, "(null)");
            case "OBJECT" -> rename(old, object, name, kind);
            case "COLUMN" -> ddl.run(catalog -> renameColumn(old, name, catalog), tableOf(old, kind));
            case "INDEX" -> ddl.run(catalog -> renameIndex(old, name, catalog), tableOf(old, kind));
            case "DATABASE", "USERDATATYPE", "STATISTICS" ->
                throw KnownError.UNSUPPORTED.exception("sp_rename of a " + kind + " is not supported by this server.");
            default ->
                throw KnownError.UNKNOWN_ITEM_KIND.exception(kind);
        }
        core.info(
                15477, "Caution: Changing any part of an object name could break scripts and stored procedures.", sink);
        return 0;
    }

    private static String required(ProcedureArguments arguments, String parameter, int position)
            throws SqlServerException {
        String value = arguments.text(parameter, position);
        if (value == null || value.isBlank()) {
            throw KnownError.PARAMETER_NULL.exception(parameter.substring(1));
        }
        return value;
    }

    /** A name whose parts may stand in brackets or quotes. */
    private static ObjectName parse(String text) throws SqlServerException {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            char first = at < text.length() ? text.charAt(at) : 0;
            char end = first == '[' ? ']' : first == '"' ? '"' : 0;
            int stop = end == 0 ? text.indexOf('.', at) : closing(text, at + 1, end);
            if (end == 0) {
                stop = stop < 0 ? text.length() : stop;
                parts.add(text.substring(at, stop).strip());
            } else {
                String doubled = String.valueOf(end) + end;
                parts.add(stop < 0 ? "" : text.substring(at + 1, stop).replace(doubled, String.valueOf(end)));
                stop++;
            }
            if (stop <= 0 || parts.size() > 4 || (stop < text.length() && text.charAt(stop) != '.')) {
                throw syntax(text);
            }
            at = stop + 1;
        }
        if (parts.getLast().isEmpty()) {
            throw syntax(text);
        }
        return new ObjectName(parts);
    }

    private static int closing(String text, int from, char end) {
        int at = text.indexOf(end, from);
        while (at >= 0 && at + 1 < text.length() && text.charAt(at + 1) == end) {
            at = text.indexOf(end, at + 2);
        }
        return at;
    }

    private static SqlServerException syntax(String text) {
        return KnownError.IDENTIFIER_SYNTAX.exception(text);
    }

    private static SqlServerException ambiguous(String kind) {
        return KnownError.AMBIGUOUS_ITEM.exception(kind);
    }

    private static SqlServerException inUse(String name, String kind) {
        return KnownError.NAME_IN_USE.exception(name, kind);
    }

    private SqlServerException unknown(String object, String kind) {
        return KnownError.ITEM_MISSING.exception(object, core.database.name(), kind);
    }

    private static String schema(ObjectName name) {
        return name.schema().isEmpty() ? "dbo" : name.schema();
    }

    /** The table of a name that goes on to a column or an index. */
    private static ObjectName tableOf(ObjectName part, String kind) throws SqlServerException {
        List<String> parts = part.parts();
        if (parts.size() < 2) {
            throw ambiguous(kind.toUpperCase(Locale.ROOT));
        }
        return new ObjectName(parts.subList(0, parts.size() - 1));
    }

    private void rename(ObjectName old, String text, String name, String kind) throws SqlServerException, SQLException {
        ObjectName next = ObjectName.of(schema(old), name);
        Schema schema = old.isTemporary() ? null : core.tables.schema(schema(old));
        if (schema == null || isElsewhere(old)) {
            throw unknown(text, kind);
        }
        Constraint constraint = schema.findConstraint(core.h2(), old.name());
        ObjectName table = constraint == null
                ? old
                : ObjectName.of(schema(old), constraint.getTable().getName());
        ddl.run(
                catalog -> {
                    SchemaObject object = find(schema, old.name(), core.h2());
                    if (object == null) {
                        throw unknown(text, kind);
                    }
                    SchemaObject taken = find(schema, name, core.h2());
                    if (taken != null && taken != object) {
                        throw inUse(name, "OBJECT");
                    }
                    rename(object, name, catalog);
                },
                table,
                next);
    }

    private boolean isElsewhere(ObjectName name) {
        return !name.database().isEmpty() && !name.database().equalsIgnoreCase(core.database.name());
    }

    /** What has a name of its own in a schema: of these SQL Server lets no two have the same. */
    private static SchemaObject find(Schema schema, String name, SessionLocal h2) {
        Table table = schema.findTableOrView(h2, name);
        Constraint constraint = schema.findConstraint(h2, name);
        Sequence sequence = schema.findSequence(name);
        return table != null ? table : constraint != null ? constraint : sequence;
    }

    private static void rename(SchemaObject object, String name, CatalogChanges catalog) throws SQLException {
        if (object.getName().equalsIgnoreCase(name) && !object.getName().equals(name)) {
            // names differ in case only: to H2 the new one is taken
            catalog.rename(object, name + "~");
        }
        if (!object.getName().equals(name)) {
            catalog.rename(object, name);
        }
    }

    private void renameColumn(ObjectName old, String name, CatalogChanges catalog)
            throws SqlServerException, SQLException {
        Table table = core.tables.table(tableOf(old, "COLUMN"));
        Column column = table == null || table.isView() || !table.doesColumnExist(old.name())
                ? null
                : table.getColumn(old.name());
        if (column == null) {
            throw ambiguous("COLUMN");
        }
        if (table.doesColumnExist(name) && table.getColumn(name) != column) {
            throw inUse(name, "COLUMN");
        }
        String before = column.getName();
        if (!before.equals(name)) {
            String target = "ALTER TABLE " + SqlText.quote(table.getSchema().getName()) + "."
                    + SqlText.quote(table.getName()) + " ALTER COLUMN ";
            catalog.execute(
                    target + SqlText.quote(before) + " RENAME TO " + SqlText.quote(name),
                    target + SqlText.quote(name) + " RENAME TO " + SqlText.quote(before));
        }
    }

    private void renameIndex(ObjectName old, String name, CatalogChanges catalog)
            throws SqlServerException, SQLException {
        Table table = core.tables.table(tableOf(old, "INDEX"));
        if (table == null || table.isView() || table.isTemporary()) {
            throw ambiguous("INDEX");
        }
        SchemaObject found = H2Tables.index(table, old.name());
        if (found == null) {
            throw ambiguous("INDEX");
        }
        SchemaObject taken = H2Tables.index(table, name);
        if (taken != null && taken != found) {
            throw inUse(name, "INDEX");
        }
        rename(found, found instanceof Index ? IndexName.inH2(name) : name, catalog);
    }
}
