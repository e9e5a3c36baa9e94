package dev.tidegate.server.catalog.model;

import dev.tidegate.server.tsql.translate.IndexName;
import dev.tidegate.server.tsql.type.ColumnDeclaration;
import dev.tidegate.server.tsql.type.ViewDeclaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintUnique;
import org.h2.index.Index;
import org.h2.result.SortOrder;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.Table;
import org.h2.table.TableType;

/** Reads one H2 table or view. */
final class TableReader {
    TableEntry read(SchemaEntry schema, Table table) {
        boolean view = table.getTableType() == TableType.VIEW;
        Optional<ViewDeclaration> declared = view ? ViewDeclaration.parse(table.getComment()) : Optional.empty();
        List<ColumnEntry> columns = new ArrayList<>();
        for (Column column : table.getColumns()) {
            if (column.getVisible()) {
                ColumnEntry entry = column(table, column, columns.size() + 1);
                columns.add(declared.map(declaration -> declaredAs(declaration, entry))
                        .orElse(entry));
            }
        }
        String text = view ? declared.map(ViewDeclaration::text).orElseGet(table::getCreateSQL) : null;
        return new TableEntry(ObjectIds.of(table), schema, view, text, columns, table);
    }

    private static ColumnEntry declaredAs(ViewDeclaration view, ColumnEntry column) {
        int index = column.id() - 1;
        return index >= view.types().size()
                ? column
                : new ColumnEntry(
                        column.id(),
                        column.name(),
                        view.types().get(index),
                        view.nullable().get(index),
                        null,
                        null,
                        null);
    }

    private static ColumnEntry column(Table table, Column column, int id) {
        ColumnDeclaration declared = H2ColumnTypes.declaration(column);
        boolean computed = declared.computedText() != null || column.isGenerated();
        String computedText = !computed
                ? null
                : declared.computedText() != null ? declared.computedText() : "(" + column.getDefaultSQL() + ")";
        return new ColumnEntry(
                id,
                column.getName(),
                declared.type(),
                column.isNullable(),
                identity(column),
                computed ? null : defaultOf(table, column, id, declared),
                computedText);
    }

    private static ColumnEntry.Identity identity(Column column) {
        if (!column.isIdentity()) {
            return null;
        }
        Sequence sequence = column.getSequence();
        if (sequence == null) {
            return new ColumnEntry.Identity(1, 1, null);
        }
        long start = sequence.getStartValue();
        long next = sequence.getBaseValue();
        return new ColumnEntry.Identity(
                start, sequence.getIncrement(), next == start ? null : Long.valueOf(next - sequence.getIncrement()));
    }

    private static ColumnEntry.Default defaultOf(Table table, Column column, int id, ColumnDeclaration declared) {
        if (column.isIdentity() || column.getDefaultExpression() == null) {
            return null;
        }
        int objectId = ObjectIds.ofDefault(table, id);
        String name = declared.defaultName() != null
                ? declared.defaultName()
                : "DF__" + table.getName() + "__" + column.getName() + "__"
                        + Integer.toHexString(objectId).toUpperCase(Locale.ROOT);
        String text = declared.defaultText() != null ? declared.defaultText() : column.getDefaultSQL();
        return new ColumnEntry.Default(objectId, name, parenthesised(text));
    }

    /** As SQL Server keeps it: in parentheses, a number in two pairs. */
    private static String parenthesised(String text) {
        if (text.matches("[-+]?[\\d.]+([eE][-+]?\\d+)?")) {
            return "((" + text + "))";
        }
        return text.startsWith("(") && text.endsWith(")") ? text : "(" + text + ")";
    }

    /** The indexes that SQL Server would have: not H2's scan index, nor those that H2 makes for foreign keys. */
    static List<IndexEntry> indexes(TableEntry entry) {
        if (entry.isView()) {
            return List.of();
        }
        List<IndexEntry> found = new ArrayList<>();
        int next = 2;
        boolean clustered = false;
        List<Index> candidates = new ArrayList<>();
        for (Index index : entry.table().getIndexes()) {
            if (!index.getIndexType().isScan()) {
                candidates.add(index);
            }
        }
        candidates.sort(Comparator.comparingInt(Index::getId));
        for (Index index : candidates) {
            ConstraintUnique key = keyOf(entry.table(), index);
            if (key == null
                    && (isForForeignKey(entry.table(), index)
                            || index.getIndexType().isPrimaryKey())) {
                continue;
            }
            boolean primary = key != null && key.getConstraintType() == Constraint.Type.PRIMARY_KEY;
            clustered |= primary;
            found.add(new IndexEntry(
                    primary ? 1 : next++,
                    key == null ? IndexName.shown(index.getName()) : key.getName(),
                    index.getIndexType().isUnique() || key != null,
                    primary,
                    key != null && !primary,
                    parts(entry, key == null ? index.getIndexColumns() : key.getColumns())));
        }
        if (!clustered) {
            found.add(new IndexEntry(0, null, false, false, false, List.of()));
        }
        found.sort(Comparator.comparingInt(IndexEntry::id));
        return List.copyOf(found);
    }

    private static List<IndexEntry.Part> parts(TableEntry entry, IndexColumn[] columns) {
        List<IndexEntry.Part> parts = new ArrayList<>();
        for (IndexColumn column : columns) {
            ColumnEntry part = entry.column(column.column.getName());
            if (part != null) {
                parts.add(new IndexEntry.Part(part, (column.sortType & SortOrder.DESCENDING) != 0));
            }
        }
        return parts;
    }

    private static ConstraintUnique keyOf(Table table, Index index) {
        if (table.getConstraints() == null) {
            return null;
        }
        ConstraintUnique unique = null;
        for (Constraint constraint : table.getConstraints()) {
            if (constraint instanceof ConstraintUnique key && key.getIndex() == index) {
                if (key.getConstraintType() == Constraint.Type.PRIMARY_KEY) {
                    return key;
                }
                unique = key;
            }
        }
        return unique;
    }

    private static boolean isForForeignKey(Table table, Index index) {
        if (!index.getIndexType().getBelongsToConstraint() || table.getConstraints() == null) {
            return false;
        }
        for (Constraint constraint : table.getConstraints()) {
            if (constraint.getConstraintType() == Constraint.Type.REFERENTIAL && constraint.usesIndex(index)) {
                return true;
            }
        }
        return false;
    }
}
