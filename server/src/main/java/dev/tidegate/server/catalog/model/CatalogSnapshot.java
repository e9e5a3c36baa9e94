package dev.tidegate.server.catalog.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.h2.constraint.Constraint;
import org.h2.engine.SessionLocal;
import org.h2.schema.Schema;
import org.h2.schema.Sequence;
import org.h2.table.Table;

/**
 * The user's objects in one H2 database at one moment, as SQL Server describes them. Local temporary tables belong to {@code tempdb} and
 * are not among them. What was not asked for is not read, as a database may have very many tables. For one statement of one session, by
 * its thread.
 */
public final class CatalogSnapshot {
    /** Schemas that exist for this server's own needs, in lower case. */
    private static final Set<String> HIDDEN =
            Set.of("information_schema", "public", "pg_catalog", "sys", "tidegate", "tidegate_information_schema");

    private static final int FIRST_USER_SCHEMA = 5;

    private final SessionLocal session;
    private final TableReader reader = new TableReader();
    private final List<SchemaEntry> schemas = new ArrayList<>();
    /** H2's, in the order of their ids. */
    private final Map<Schema, SchemaEntry> visible = new LinkedHashMap<>();
    /** Null until somebody asks for all. */
    private List<TableEntry> tables;

    private List<SequenceEntry> sequences;
    private final Map<Integer, TableEntry> byId = new HashMap<>();
    private final Map<TableEntry, List<IndexEntry>> indexes = new HashMap<>();
    private final Map<TableEntry, List<ConstraintEntry>> constraints = new HashMap<>();

    private CatalogSnapshot(SessionLocal session) {
        this.session = session;
        schemas.add(new SchemaEntry(SchemaEntry.DBO, "dbo"));
        schemas.add(new SchemaEntry(SchemaEntry.GUEST, "guest"));
        schemas.add(new SchemaEntry(SchemaEntry.INFORMATION_SCHEMA, "INFORMATION_SCHEMA"));
        schemas.add(new SchemaEntry(SchemaEntry.SYS, "sys"));
        session.getDatabase().getAllSchemas().stream()
                .filter(schema -> !HIDDEN.contains(schema.getName().toLowerCase(Locale.ROOT))
                        && !HiddenNames.isHidden(schema.getName()))
                .sorted(Comparator.comparingInt(Schema::getId))
                .forEach(schema -> visible.put(schema, entry(schema)));
    }

    /** What the session may see now. */
    public static CatalogSnapshot of(SessionLocal session) {
        return new CatalogSnapshot(session);
    }

    /** As {@link #of}, but in the list of tables is the one with this id alone; nothing if there is none. */
    public static CatalogSnapshot of(SessionLocal session, int objectId) {
        CatalogSnapshot snapshot = new CatalogSnapshot(session);
        snapshot.tables = snapshot.table(objectId).map(List::of).orElse(List.of());
        return snapshot;
    }

    /** A session's temporary table, which is in no snapshot. */
    public static TableEntry temporary(Table table) {
        return new TableReader().read(new SchemaEntry(SchemaEntry.DBO, "dbo"), table);
    }

    private List<Table> visibleTables(Schema schema) {
        List<Table> found = new ArrayList<>();
        for (Table table : schema.getAllTablesAndViews(session)) {
            if (isVisible(table)) {
                found.add(table);
            }
        }
        found.sort(Comparator.comparingInt(Table::getId));
        return found;
    }

    private static boolean isVisible(Table table) {
        return !table.isTemporary() && !HiddenNames.isHidden(table.getName());
    }

    private TableEntry read(SchemaEntry schema, Table table) {
        return byId.computeIfAbsent(ObjectIds.of(table), id -> reader.read(schema, table));
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
        if (tables == null) {
            List<TableEntry> all = new ArrayList<>();
            visible.forEach((schema, entry) -> visibleTables(schema).forEach(table -> all.add(read(entry, table))));
            tables = List.copyOf(all);
        }
        return tables;
    }

    public List<SequenceEntry> sequences() {
        if (sequences == null) {
            List<SequenceEntry> all = new ArrayList<>();
            visible.forEach((schema, entry) -> {
                for (Sequence sequence : schema.getAllSequences()) {
                    if (!sequence.getBelongsToTable() && !HiddenNames.isHidden(sequence.getName())) {
                        all.add(sequence(entry, sequence));
                    }
                }
            });
            sequences = List.copyOf(all);
        }
        return sequences;
    }

    /** The table's indexes in the order of their ids; a heap comes first. */
    public List<IndexEntry> indexes(TableEntry table) {
        return indexes.computeIfAbsent(table, TableReader::indexes);
    }

    /** The constraints that the table declares; a foreign key is its referencing table's. */
    public List<ConstraintEntry> constraints(TableEntry table) {
        return constraints.computeIfAbsent(table, this::constraintsOf);
    }

    /** The constraints of one kind. */
    public <C extends ConstraintEntry> List<C> constraints(TableEntry table, Class<C> kind) {
        return constraints(table).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    public Optional<TableEntry> table(int objectId) {
        TableEntry known = byId.get(objectId);
        if (known != null) {
            return Optional.of(known);
        }
        for (Map.Entry<Schema, SchemaEntry> schema : visible.entrySet()) {
            for (Table table : schema.getKey().getAllTablesAndViews(session)) {
                if (ObjectIds.of(table) == objectId && isVisible(table)) {
                    return Optional.of(read(schema.getValue(), table));
                }
            }
        }
        return Optional.empty();
    }

    /** Names in any case. */
    public Optional<TableEntry> table(String schema, String name) {
        for (Map.Entry<Schema, SchemaEntry> candidate : visible.entrySet()) {
            if (candidate.getValue().name().equalsIgnoreCase(schema)) {
                Table table = candidate.getKey().findTableOrView(session, name);
                if (table != null && isVisible(table)) {
                    return Optional.of(read(candidate.getValue(), table));
                }
            }
        }
        return Optional.empty();
    }

    public Optional<SchemaEntry> schema(String name) {
        return schemas.stream().filter(s -> s.name().equalsIgnoreCase(name)).findFirst();
    }
}
