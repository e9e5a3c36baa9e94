package dev.tidegate.server.catalog.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.h2.constraint.Constraint;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.schema.Schema;
import org.h2.schema.Sequence;
import org.h2.table.Table;

/**
 * The user's objects in one H2 database at one moment, as SQL Server describes them. Local temporary tables belong to {@code tempdb} and
 * are not among them. Immutable but for row counts.
 */
public final class CatalogSnapshot {
    /** Schemas that exist for this server's own needs, in lower case. */
    private static final Set<String> HIDDEN =
            Set.of("information_schema", "public", "pg_catalog", "sys", "tidegate", "tidegate_information_schema");

    private static final int FIRST_USER_SCHEMA = 5;

    private final List<SchemaEntry> schemas = new ArrayList<>();
    private final List<TableEntry> tables = new ArrayList<>();
    private final List<SequenceEntry> sequences = new ArrayList<>();
    private final Map<Integer, TableEntry> byId = new HashMap<>();
    private final Map<TableEntry, List<IndexEntry>> indexes = new HashMap<>();
    private final Map<TableEntry, List<ConstraintEntry>> constraints = new HashMap<>();

    private CatalogSnapshot() {}

    /** Reads what the session may see now. */
    public static CatalogSnapshot of(SessionLocal session) {
        CatalogSnapshot snapshot = new CatalogSnapshot();
        snapshot.read(session);
        return snapshot;
    }

    /** A session's temporary table, which is in no snapshot. */
    public static TableEntry temporary(Table table) {
        return new TableReader().read(new SchemaEntry(SchemaEntry.DBO, "dbo"), table);
    }

    private void read(SessionLocal session) {
        Database database = session.getDatabase();
        schemas.add(new SchemaEntry(SchemaEntry.DBO, "dbo"));
        schemas.add(new SchemaEntry(SchemaEntry.GUEST, "guest"));
        schemas.add(new SchemaEntry(SchemaEntry.INFORMATION_SCHEMA, "INFORMATION_SCHEMA"));
        schemas.add(new SchemaEntry(SchemaEntry.SYS, "sys"));
        List<Schema> visible = new ArrayList<>();
        for (Schema schema : database.getAllSchemas()) {
            if (!HIDDEN.contains(schema.getName().toLowerCase(Locale.ROOT))
                    && !HiddenNames.isHidden(schema.getName())) {
                visible.add(schema);
            }
        }
        visible.sort(Comparator.comparingInt(Schema::getId));
        TableReader reader = new TableReader();
        for (Schema schema : visible) {
            SchemaEntry entry = entry(schema);
            List<Table> found = new ArrayList<>();
            for (Table table : schema.getAllTablesAndViews(session)) {
                if (!table.isTemporary() && !HiddenNames.isHidden(table.getName())) {
                    found.add(table);
                }
            }
            found.sort(Comparator.comparingInt(Table::getId));
            for (Table table : found) {
                TableEntry read = reader.read(entry, table);
                tables.add(read);
                byId.put(read.objectId(), read);
            }
            for (Sequence sequence : schema.getAllSequences()) {
                if (!sequence.getBelongsToTable() && !HiddenNames.isHidden(sequence.getName())) {
                    sequences.add(sequence(entry, sequence));
                }
            }
        }
        for (TableEntry table : tables) {
            indexes.put(table, TableReader.indexes(table));
        }
        for (TableEntry table : tables) {
            constraints.put(table, constraintsOf(table));
        }
    }

    private SchemaEntry entry(Schema schema) {
        if (schema.getName().equalsIgnoreCase("dbo")) {
            return schemas.getFirst();
        }
        SchemaEntry entry = new SchemaEntry(FIRST_USER_SCHEMA + schema.getId(), schema.getName());
        schemas.add(entry);
        return entry;
    }

    private static SequenceEntry sequence(SchemaEntry schema, Sequence sequence) {
        return new SequenceEntry(
                ObjectIds.of(sequence),
                schema,
                sequence.getName(),
                H2ColumnTypes.of(sequence),
                sequence.getStartValue(),
                sequence.getIncrement(),
                sequence.getMinValue(),
                sequence.getMaxValue(),
                sequence.getCycle() == Sequence.Cycle.CYCLE,
                sequence.getCacheSize(),
                sequence.getCurrentValue());
    }

    private List<ConstraintEntry> constraintsOf(TableEntry table) {
        List<ConstraintEntry> found = new ArrayList<>();
        Iterable<Constraint> all = table.table().getConstraints();
        if (all != null) {
            for (Constraint constraint : all) {
                ConstraintReader.read(constraint, table, this).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingInt(ConstraintEntry::objectId));
        return List.copyOf(found);
    }

    public List<SchemaEntry> schemas() {
        return schemas;
    }

    public List<TableEntry> tables() {
        return tables;
    }

    public List<SequenceEntry> sequences() {
        return sequences;
    }

    /** The table's indexes in the order of their ids; a heap comes first. */
    public List<IndexEntry> indexes(TableEntry table) {
        return indexes.getOrDefault(table, List.of());
    }

    /** The constraints that the table declares; a foreign key is its referencing table's. */
    public List<ConstraintEntry> constraints(TableEntry table) {
        return constraints.getOrDefault(table, List.of());
    }

    /** The constraints of one kind. */
    public <C extends ConstraintEntry> List<C> constraints(TableEntry table, Class<C> kind) {
        return constraints(table).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    public Optional<TableEntry> table(int objectId) {
        return Optional.ofNullable(byId.get(objectId));
    }

    /** Names in any case. */
    public Optional<TableEntry> table(String schema, String name) {
        return tables.stream()
                .filter(t ->
                        t.name().equalsIgnoreCase(name) && t.schema().name().equalsIgnoreCase(schema))
                .findFirst();
    }

    public Optional<SchemaEntry> schema(String name) {
        return schemas.stream().filter(s -> s.name().equalsIgnoreCase(name)).findFirst();
    }
}
