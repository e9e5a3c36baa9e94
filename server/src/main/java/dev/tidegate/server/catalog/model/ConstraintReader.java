package dev.tidegate.server.catalog.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintActionType;
import org.h2.constraint.ConstraintCheck;
import org.h2.constraint.ConstraintReferential;
import org.h2.constraint.ConstraintUnique;
import org.h2.table.Column;
import org.h2.table.IndexColumn;

/** Reads one H2 constraint. */
final class ConstraintReader {
    private ConstraintReader() {}

    /** @return empty for one that the table does not declare itself, or that H2 made for its own needs */
    static Optional<ConstraintEntry> read(Constraint constraint, TableEntry table, CatalogSnapshot snapshot) {
        if (constraint.getTable() != table.table()) {
            return Optional.empty();
        }
        return switch (constraint) {
            case ConstraintUnique key -> key(key, table, snapshot);
            case ConstraintCheck check -> Optional.of(check(check, table));
            case ConstraintReferential reference -> foreignKey(reference, table, snapshot);
            default -> Optional.empty();
        };
    }

    private static Optional<ConstraintEntry> key(ConstraintUnique key, TableEntry table, CatalogSnapshot snapshot) {
        return snapshot.indexes(table).stream()
                .filter(index -> key.getName().equals(index.name()))
                .findFirst()
                .map(index -> new ConstraintEntry.Key(ObjectIds.of(key), key.getName(), index));
    }

    private static ConstraintEntry check(ConstraintCheck check, TableEntry table) {
        List<ColumnEntry> columns = new ArrayList<>();
        for (Column column : check.getReferencedColumns(table.table())) {
            columns.add(table.column(column.getName()));
        }
        columns.sort(Comparator.comparingInt(ColumnEntry::id));
        String text = check.getComment() != null
                ? check.getComment()
                : check.getExpression().getSQL(0).replace('"', ' ').strip();
        return new ConstraintEntry.Check(
                ObjectIds.of(check), check.getName(), text.startsWith("(") ? text : "(" + text + ")", columns);
    }

    private static Optional<ConstraintEntry> foreignKey(
            ConstraintReferential reference, TableEntry table, CatalogSnapshot snapshot) {
        Optional<TableEntry> target = snapshot.table(ObjectIds.of(reference.getRefTable()));
        return target.map(referenced -> new ConstraintEntry.ForeignKey(
                ObjectIds.of(reference),
                reference.getName(),
                columns(table, reference.getColumns()),
                referenced,
                columns(referenced, reference.getRefColumns()),
                reference.getReferencedConstraint() == null
                        ? null
                        : reference.getReferencedConstraint().getName(),
                action(reference.getDeleteAction()),
                action(reference.getUpdateAction())));
    }

    private static List<ColumnEntry> columns(TableEntry table, IndexColumn[] columns) {
        List<ColumnEntry> found = new ArrayList<>();
        for (IndexColumn column : columns) {
            found.add(table.column(column.column.getName()));
        }
        return List.copyOf(found);
    }

    private static ConstraintEntry.Action action(ConstraintActionType type) {
        return switch (type) {
            case CASCADE -> ConstraintEntry.Action.CASCADE;
            case SET_NULL -> ConstraintEntry.Action.SET_NULL;
            case SET_DEFAULT -> ConstraintEntry.Action.SET_DEFAULT;
            default -> ConstraintEntry.Action.NO_ACTION;
        };
    }
}
