package dev.tidegate.server.catalog.function;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.CatalogInstaller;
import dev.tidegate.server.catalog.SystemViews;
import dev.tidegate.server.catalog.model.CatalogSnapshot;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.ConstraintEntry;
import dev.tidegate.server.catalog.model.SchemaEntry;
import dev.tidegate.server.catalog.model.SequenceEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.catalog.view.ObjectViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An object with an id and a name, whatever its kind.
 *
 * @param type as in {@code sys.objects}: U, V, PK, …
 * @param table null for what is no table or view
 */
record NamedObject(int id, int schemaId, String schema, String name, String type, int parentId, TableEntry table) {

    static Optional<NamedObject> byId(Catalog catalog, int id) {
        return catalog.snapshot()
                .table(id)
                .map(NamedObject::of)
                .or(() -> find(catalog, object -> object.id == id));
    }

    /** The object that a name means in the session's database; temporary tables are the session's own. */
    static Optional<NamedObject> byName(Catalog catalog, String text) {
        NameInText name = NameInText.parse(text);
        if (name == null || name.name().isEmpty()) {
            return Optional.empty();
        }
        if (name.name().startsWith("#")) {
            return catalog.temporaryTable(name.name()).map(NamedObject::of);
        }
        if (!name.database().isEmpty()
                && !name.database().equalsIgnoreCase(catalog.facts().database())) {
            return Optional.empty();
        }
        String schema = name.schema().isEmpty() ? "dbo" : name.schema();
        return catalog.snapshot()
                .table(schema, name.name())
                .map(NamedObject::of)
                .or(() -> systemView(name))
                .or(() -> find(
                        catalog,
                        object -> object.name.equalsIgnoreCase(name.name()) && object.schema.equalsIgnoreCase(schema)));
    }

    private static Optional<NamedObject> systemView(NameInText name) {
        return SystemViews.resolve(name.schema(), name.name())
                .flatMap(view -> ObjectViews.systemObjects().stream()
                        .filter(object -> object.view() == view)
                        .map(object -> new NamedObject(
                                object.id(),
                                object.schemaId(),
                                view.schema().equals(CatalogInstaller.SYS_SCHEMA) ? "sys" : "INFORMATION_SCHEMA",
                                view.name(),
                                "V",
                                0,
                                null))
                        .findFirst());
    }

    private static Optional<NamedObject> find(Catalog catalog, Predicate<NamedObject> wanted) {
        return all(catalog.snapshot()).stream().filter(wanted).findFirst();
    }

    private static List<NamedObject> all(CatalogSnapshot snapshot) {
        List<NamedObject> objects = new ArrayList<>();
        for (TableEntry table : snapshot.tables()) {
            SchemaEntry schema = table.schema();
            objects.add(of(table));
            for (ConstraintEntry constraint : snapshot.constraints(table)) {
                objects.add(part(
                        schema,
                        constraint.objectId(),
                        constraint.name(),
                        ObjectViews.type(constraint),
                        table.objectId()));
            }
            for (ColumnEntry column : table.columns()) {
                ColumnEntry.Default value = column.defaultValue();
                if (value != null) {
                    objects.add(part(schema, value.objectId(), value.name(), "D", table.objectId()));
                }
            }
        }
        for (SequenceEntry sequence : snapshot.sequences()) {
            objects.add(part(sequence.schema(), sequence.objectId(), sequence.name(), "SO", 0));
        }
        return objects;
    }

    private static NamedObject of(TableEntry table) {
        return new NamedObject(
                table.objectId(),
                table.schema().id(),
                table.schema().name(),
                table.name(),
                table.isView() ? "V" : "U",
                0,
                table);
    }

    private static NamedObject part(SchemaEntry schema, int id, String name, String type, int parent) {
        return new NamedObject(id, schema.id(), schema.name(), name, type, parent, null);
    }
}
