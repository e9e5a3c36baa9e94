package dev.tidegate.server.catalog.function;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.model.ConstraintEntry;
import dev.tidegate.server.catalog.model.IndexEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import java.util.List;

/** The properties that OBJECTPROPERTY knows. */
final class ObjectProperties {
    private ObjectProperties() {}

    /** @return null for a property that does not exist or does not fit the object */
    static Integer of(Catalog catalog, NamedObject object, String property) {
        String type = object.type();
        return switch (property) {
            case "istable", "isusertable" -> ObjectFunctions.bit(type.equals("U"));
            case "isview" -> ObjectFunctions.bit(type.equals("V"));
            case "isprimarykey" -> ObjectFunctions.bit(type.equals("PK"));
            case "isuniquecnst" -> ObjectFunctions.bit(type.equals("UQ"));
            case "isforeignkey" -> ObjectFunctions.bit(type.equals("F"));
            case "ischeckcnst" -> ObjectFunctions.bit(type.equals("C"));
            case "isdefaultcnst" -> ObjectFunctions.bit(type.equals("D"));
            case "isconstraint" ->
                ObjectFunctions.bit(List.of("PK", "UQ", "F", "C", "D").contains(type));
            case "isdefault",
                    "isexecuted",
                    "isprocedure",
                    "isrule",
                    "isscalarfunction",
                    "istablefunction",
                    "isinlinefunction",
                    "istrigger",
                    "isqueue",
                    "isreplproc",
                    "isencrypted",
                    "isschemabound",
                    "isindexed",
                    "isindexable" -> 0;
            case "ismsshipped", "issystemtable" ->
                ObjectFunctions.bit(object.id() < 0 && property.equals("ismsshipped"));
            case "ownerid" -> 1;
            case "schemaid" -> object.schemaId();
            default -> object.table() == null ? null : ofTable(catalog, object.table(), property);
        };
    }

    private static Integer ofTable(Catalog catalog, TableEntry table, String property) {
        List<IndexEntry> indexes = catalog.snapshot().indexes(table);
        List<ConstraintEntry> constraints = catalog.snapshot().constraints(table);
        boolean clustered = indexes.stream().anyMatch(index -> index.id() == 1);
        boolean unique = indexes.stream().anyMatch(IndexEntry::uniqueConstraint);
        return switch (property) {
            case "tablehasidentity" ->
                ObjectFunctions.bit(table.columns().stream().anyMatch(column -> column.identity() != null));
            case "tablehasprimarykey" -> ObjectFunctions.bit(indexes.stream().anyMatch(IndexEntry::primaryKey));
            case "tablehasuniquecnst" -> ObjectFunctions.bit(unique);
            case "tablehasclustindex" -> ObjectFunctions.bit(clustered);
            case "tablehasnonclustindex" -> ObjectFunctions.bit(indexes.stream().anyMatch(index -> index.id() > 1));
            case "tablehasindex" -> ObjectFunctions.bit(indexes.stream().anyMatch(index -> index.id() > 0));
            case "tablehasforeignkey" ->
                ObjectFunctions.bit(constraints.stream().anyMatch(c -> c instanceof ConstraintEntry.ForeignKey));
            case "tablehascheckcnst" ->
                ObjectFunctions.bit(constraints.stream().anyMatch(c -> c instanceof ConstraintEntry.Check));
            case "tablehasdefaultcnst" ->
                ObjectFunctions.bit(table.columns().stream().anyMatch(column -> column.defaultValue() != null));
            case "cardinality" -> (int) Math.min(Integer.MAX_VALUE, table.rowCount(catalog.session()));
            case "isansinullson", "isquotedidenton", "execisansinullson", "execisquotedidenton" -> 1;
            case "tablehastextimage",
                    "tablehasdeletetrigger",
                    "tablehasinserttrigger",
                    "tablehasupdatetrigger",
                    "tableispinned",
                    "tablehastimestamp",
                    "tablehasrowguidcol",
                    "tableismemoryoptimized",
                    "tabletemporaltype" -> 0;
            default -> null;
        };
    }
}
