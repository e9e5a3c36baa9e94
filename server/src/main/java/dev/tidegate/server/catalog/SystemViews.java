package dev.tidegate.server.catalog;

import dev.tidegate.server.catalog.view.ColumnViews;
import dev.tidegate.server.catalog.view.CompatibilityViews;
import dev.tidegate.server.catalog.view.ConstraintViews;
import dev.tidegate.server.catalog.view.IndexViews;
import dev.tidegate.server.catalog.view.InformationSchemaConstraints;
import dev.tidegate.server.catalog.view.InformationSchemaObjects;
import dev.tidegate.server.catalog.view.ModuleViews;
import dev.tidegate.server.catalog.view.ObjectViews;
import dev.tidegate.server.catalog.view.PrincipalViews;
import dev.tidegate.server.catalog.view.ServerViews;
import dev.tidegate.server.catalog.view.SessionViews;
import dev.tidegate.server.catalog.view.TypeViews;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All views of the catalog, and where T-SQL's names for them lead. Immutable. */
public final class SystemViews {
    private static final Map<String, SystemView> BY_NAME = new LinkedHashMap<>();

    static {
        Stream.of(
                        ObjectViews.all(),
                        ColumnViews.all(),
                        TypeViews.all(),
                        IndexViews.all(),
                        ConstraintViews.all(),
                        ModuleViews.all(),
                        ServerViews.all(),
                        SessionViews.all(),
                        PrincipalViews.all(),
                        CompatibilityViews.all(),
                        InformationSchemaObjects.all(),
                        InformationSchemaConstraints.all())
                .flatMap(List::stream)
                .forEach(view -> BY_NAME.put(key(view.schema(), view.name()), view));
    }

    /** Views of the first versions, which are found without the schema {@code sys}: {@code master.dbo.sysdatabases}. */
    private static final Set<String> WITHOUT_SCHEMA = Set.of(
            "sysobjects",
            "syscolumns",
            "systypes",
            "sysindexes",
            "sysdatabases",
            "sysusers",
            "sysprocesses",
            "sysforeignkeys",
            "sysindexkeys",
            "syscomments",
            "sysreferences");

    private SystemViews() {}

    public static Collection<SystemView> all() {
        return BY_NAME.values();
    }

    /** @param schema the H2 schema's name; both in any case */
    public static Optional<SystemView> find(String schema, String name) {
        return Optional.ofNullable(BY_NAME.get(key(schema, name)));
    }

    /**
     * The view that a name in T-SQL means. The user's own object of that name in the schema {@code dbo} comes first: ask before this.
     *
     * @param schema as written, without quotes; empty if there was none
     */
    public static Optional<SystemView> resolve(String schema, String name) {
        if (schema.equalsIgnoreCase("sys")) {
            return find(CatalogInstaller.SYS_SCHEMA, name);
        }
        if (schema.equalsIgnoreCase("INFORMATION_SCHEMA")) {
            return find(CatalogInstaller.INFORMATION_SCHEMA, name);
        }
        boolean old = WITHOUT_SCHEMA.contains(name.toLowerCase(Locale.ROOT));
        return old && (schema.isEmpty() || schema.equalsIgnoreCase("dbo"))
                ? find(CatalogInstaller.SYS_SCHEMA, name)
                : Optional.empty();
    }

    private static String key(String schema, String name) {
        return (schema + "." + name).toLowerCase(Locale.ROOT);
    }
}
