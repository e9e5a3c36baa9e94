package dev.tidegate.server.catalog.model;

import java.util.List;

/** A constraint of a table other than NOT NULL and DEFAULT. */
public sealed interface ConstraintEntry {
    int objectId();

    String name();

    /** A primary or unique key, held up by an index of the same table. */
    record Key(int objectId, String name, IndexEntry index) implements ConstraintEntry {}

    /** @param text the condition */
    record Check(int objectId, String name, String text, List<ColumnEntry> columns) implements ConstraintEntry {}

    /**
     * @param columns of the referencing table
     * @param referenced of the referenced table, one for each of {@code columns}
     * @param keyName name of the key that is referenced
     */
    record ForeignKey(
            int objectId,
            String name,
            List<ColumnEntry> columns,
            TableEntry referencedTable,
            List<ColumnEntry> referenced,
            String keyName,
            Action onDelete,
            Action onUpdate)
            implements ConstraintEntry {}

    /** What happens to the referencing rows; the ordinal is the number in {@code sys.foreign_keys}. */
    enum Action {
        NO_ACTION,
        CASCADE,
        SET_NULL,
        SET_DEFAULT;

        /** The number in {@code sp_fkeys}, which has 0 and 1 the other way round. */
        public int odbcRule() {
            return switch (this) {
                case CASCADE -> 0;
                case NO_ACTION -> 1;
                case SET_NULL -> 2;
                case SET_DEFAULT -> 3;
            };
        }

        /** The words in INFORMATION_SCHEMA. */
        public String words() {
            return name().replace('_', ' ');
        }
    }
}
