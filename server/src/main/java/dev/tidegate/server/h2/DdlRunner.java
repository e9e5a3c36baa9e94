package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.model.HiddenNames;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.ast.TableElement;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.SequenceTranslator;
import dev.tidegate.server.tsql.translate.SqlText;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.translate.TableTranslator;
import dev.tidegate.server.tsql.translate.TranslatedQuery;
import dev.tidegate.server.tsql.translate.Translation;
import dev.tidegate.server.tsql.type.ViewDeclaration;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.h2.constraint.Constraint;
import org.h2.index.Index;
import org.h2.schema.Schema;
import org.h2.schema.SchemaObject;
import org.h2.schema.Sequence;
import org.h2.table.Table;
import org.h2.table.TableView;

/** Runs CREATE, DROP and TRUNCATE; ALTER TABLE is {@link AlterTableRunner}'s. */
final class DdlRunner {
    private final SessionCore core;
    private final Frame frame;
    private final DdlConnection ddl;

    DdlRunner(SessionCore core, Frame frame) {
        this.core = core;
        this.frame = frame;
        this.ddl = new DdlConnection(core);
    }

    void createTable(Statement.CreateTable create) throws SqlServerException, SQLException {
        ObjectName name = create.table();
        ddl.run(
                catalog -> {
                    checkFree(name);
                    createTable(catalog, name, schema(name), create.elements());
                },
                name);
    }

    private void createTable(CatalogChanges catalog, ObjectName name, String schema, List<TableElement> elements)
            throws SqlServerException, SQLException {
        boolean temporary = H2Tables.isLocal(name);
        String inH2 = temporary ? core.tables.temporaries().forNew(name.name()) : name.name();
        List<String> statements = new TableTranslator(frame).create(schema, inH2, elements, temporary);
        catalog.createTable(statements.getFirst(), core.tables.schema(schema), inH2);
        for (String index : statements.subList(1, statements.size())) {
            catalog.execute(index);
        }
    }

    /** Table variables know no transactions, but their rows are H2's: they come back with a rollback. */
    void declareTable(Statement.DeclareTable declare) throws SqlServerException, SQLException {
        ObjectName name = ObjectName.of(declare.name());
        TableVariables.drop(core, declare.name());
        List<String> statements = new TableTranslator(frame).create("dbo", declare.name(), declare.elements(), true);
        ddl.run(
                catalog -> {
                    for (String sql : statements) {
                        catalog.execute(sql);
                    }
                },
                name);
        frame.addTableVariable(declare.name());
    }

    private static String qualified(String schema, String name) {
        return SqlText.quote(schema) + "." + SqlText.quote(name);
    }

    /** @throws SqlServerException 2760 if there is no such schema */
    private String schema(ObjectName name) throws SqlServerException {
        if (name.schema().isEmpty()) {
            return "dbo";
        }
        if (!core.tables.hasSchema(name.schema())) {
            throw KnownError.UNKNOWN_SCHEMA.exception(name.schema());
        }
        return name.schema();
    }

    private void checkFree(ObjectName name) throws SqlServerException {
        Optional<TableInfo> found = core.tables.find(
                name.schema().isEmpty() && !name.isTemporary() ? ObjectName.of("dbo", name.name()) : name);
        if (found.isPresent()) {
            throw KnownError.OBJECT_EXISTS.exception(name.name());
        }
    }

    void createIndex(Statement.CreateIndex create) throws SqlServerException, SQLException {
        ddl.run(catalog -> createIndex(create, catalog), create.table());
    }

    private void createIndex(Statement.CreateIndex create, CatalogChanges catalog)
            throws SqlServerException, SQLException {
        TableInfo table = table(create.table(), KnownError.OBJECT_MISSING);
        List<Statement.IndexColumn> columns = new ArrayList<>();
        for (Statement.IndexColumn column : create.columns()) {
            ColumnInfo known = table.column(column.name())
                    .orElseThrow(() -> KnownError.INDEX_COLUMN_MISSING.exception(column.name()));
            columns.add(new Statement.IndexColumn(known.name(), column.descending()));
        }
        if (create.filter() != null && create.unique()) {
            throw KnownError.UNSUPPORTED.exception("UNIQUE indexes with a filter are not supported by this server.");
        }
        H2Tables.checkIndexIsFree(core.tables.table(create.table()), create.name(), create.table().toString());
        String sql = new TableTranslator(frame).index(create.name(), create.unique(), table.sql(), columns);
        Set<Index> before = indexes(create.table());
        catalog.create(sql, () -> {
            Set<Index> after = indexes(create.table());
            after.removeAll(before);
            return after.iterator().next();
        });
    }

    private Set<Index> indexes(ObjectName table) {
        return new HashSet<>(core.tables.table(table).getIndexes());
    }

    private TableInfo table(ObjectName name, KnownError missing) throws SqlServerException {
        return core.tables.find(name).orElseThrow(() -> missing.exception(name));
    }

    void createView(Statement.CreateView create) throws SqlServerException, SQLException {
        ddl.run(catalog -> createView(create, catalog), create.name());
    }

    private void createView(Statement.CreateView create, CatalogChanges catalog)
            throws SqlServerException, SQLException {
        Optional<TableInfo> existing = core.tables.find(create.name());
        if (create.alter() && existing.isEmpty()) {
            throw KnownError.INVALID_OBJECT.exception(create.name());
        }
        if (!create.alter() && !create.orAlter()) {
            checkFree(create.name());
        }
        TranslatedQuery query = new Translation(frame, null).query(create.query());
        List<ColumnInfo> columns = query.columns();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = create.columns().isEmpty()
                    ? columns.get(i).name()
                    : i < create.columns().size() ? create.columns().get(i) : "";
            if (name.isEmpty()) {
                throw KnownError.UNNAMED_VIEW_COLUMN.exception((i + 1));
            }
            names.add(SqlText.quote(name));
        }
        String schema = schema(create.name());
        String target = qualified(schema, create.name().name());
        ViewDeclaration declaration = new ViewDeclaration(
                columns.stream().map(ColumnInfo::type).toList(),
                columns.stream().map(ColumnInfo::nullable).toList(),
                create.text());
        String sql = "CREATE " + (existing.isPresent() ? "OR REPLACE " : "") + "VIEW " + target + " ("
                + String.join(", ", names) + ") AS " + query.sql();
        if (existing.isPresent()) {
            catalog.replaceView((TableView) core.tables.table(create.name()), sql);
        } else {
            catalog.create(sql, () -> core.tables.table(create.name()));
        }
        catalog.execute("COMMENT ON TABLE " + target + " IS " + SqlText.string(declaration.toString()));
    }

    void createSchema(Statement.CreateSchema create) throws SqlServerException, SQLException {
        ddl.run(catalog -> {
            ddl.ownSchema(create.name());
            if (core.tables.hasSchema(create.name())) {
                throw KnownError.OBJECT_EXISTS.exception(create.name());
            }
            catalog.createSchema("CREATE SCHEMA " + SqlText.quote(create.name()), create.name());
        });
    }

    void createSequence(Statement.CreateSequence create) throws SqlServerException, SQLException {
        String schema = schema(create.name());
        String sql = SequenceTranslator.create(create);
        ddl.run(catalog -> catalog.create(
                sql, () -> core.tables.schema(schema).findSequence(create.name().name())));
    }

    void drop(Statement.Drop drop) throws SqlServerException, SQLException {
        for (ObjectName name : drop.names()) {
            switch (drop.kind()) {
                case TABLE, VIEW -> ddl.run(catalog -> dropTable(name, drop, catalog), name);
                case INDEX -> ddl.run(catalog -> dropIndex(name, drop, catalog), tableOf(name));
                case SCHEMA -> ddl.run(catalog -> dropSchema(name, drop, catalog));
                case SEQUENCE -> ddl.run(catalog -> dropSequence(name, drop, catalog));
                default -> missing(drop, name);
            }
        }
    }

    private void dropSchema(ObjectName name, Statement.Drop drop, CatalogChanges catalog)
            throws SqlServerException, SQLException {
        ddl.ownSchema(name.name());
        if (!core.tables.hasSchema(name.name())) {
            missing(drop, name);
            return;
        }
        Schema schema = core.tables.schema(name.name());
        List<SchemaObject> objects = schema.getAll(null);
        objects.removeIf(object -> HiddenNames.isHidden(object.getName())
                || (object instanceof Sequence sequence && sequence.getBelongsToTable()));
        if (!objects.isEmpty()) {
            throw KnownError.REFERENCED_BY_OBJECT.exception("drop schema", schema.getName(), objects.getFirst().getName());
        }
        catalog.dropSchema(schema);
    }

    private void dropSequence(ObjectName name, Statement.Drop drop, CatalogChanges catalog)
            throws SqlServerException, SQLException {
        String schemaName = name.schema().isEmpty() ? "dbo" : name.schema();
        Schema schema = core.tables.hasSchema(schemaName) ? core.tables.schema(schemaName) : null;
        Sequence sequence = schema == null ? null : schema.findSequence(name.name());
        if (sequence == null) {
            missing(drop, name);
        } else {
            catalog.drop(sequence, "DROP SEQUENCE");
        }
    }

    private static void missing(Statement.Drop drop, ObjectName name) throws SqlServerException {
        if (!drop.ifExists()) {
            String kind = drop.kind().name().toLowerCase(Locale.ROOT);
            throw KnownError.CANNOT_DO_MISSING.exception("drop", kind, name);
        }
    }

    private void dropTable(ObjectName name, Statement.Drop drop, CatalogChanges catalog)
            throws SqlServerException, SQLException {
        boolean view = drop.kind() == Statement.ObjectKind.VIEW;
        Optional<TableInfo> table = core.tables.find(name);
        if (table.isEmpty()) {
            missing(drop, name);
            return;
        }
        if (table.get().view() != view) {
            throw KnownError.DROP_OF_ANOTHER_KIND.exception(
                    drop.kind(), name, name, view ? "table" : "view", view ? "TABLE" : "VIEW");
        }
        Table found = core.tables.table(name);
        if (view) {
            catalog.dropView((TableView) found);
        } else {
            checkUnused(found, name);
            if (table.get().temporary()) {
                catalog.dropTemporary(name.name(), found);
            } else {
                catalog.dropTable(found);
            }
        }
    }

    private static void checkUnused(Table table, ObjectName name) throws SqlServerException {
        for (TableView view : table.getDependentViews()) {
            throw KnownError.REFERENCED_BY_OBJECT.exception("DROP TABLE", name, view.getName());
        }
        for (Constraint constraint : table.getConstraints()) {
            if (constraint.getTable() != table) {
                throw KnownError.REFERENCED_BY_FOREIGN_KEY.exception(name);
            }
        }
    }

    private void dropIndex(ObjectName name, Statement.Drop drop, CatalogChanges catalog)
            throws SqlServerException, SQLException {
        ObjectName tableName = tableOf(name);
        Optional<TableInfo> table = core.tables.find(tableName);
        Table found = core.tables.table(tableName);
        SchemaObject index = table.isEmpty() || found == null ? null : H2Tables.index(found, name.name());
        if (index instanceof Constraint key) {
            throw KnownError.INDEX_OF_KEY.exception(
                            name,
                            key.getConstraintType() == Constraint.Type.PRIMARY_KEY ? "PRIMARY KEY" : "UNIQUE KEY");
        }
        if (index == null) {
            missing(drop, name);
            return;
        }
        catalog.dropIndex(found, (Index) index);
    }

    /** The table of an index. */
    private static ObjectName tableOf(ObjectName index) {
        return new ObjectName(
                index.parts().subList(0, Math.max(1, index.parts().size() - 1)));
    }

    void truncate(Statement.Truncate truncate) throws SqlServerException, SQLException {
        ddl.run(
                catalog -> {
                    table(truncate.table(), KnownError.TRUNCATE_MISSING);
                    catalog.truncate(core.tables.table(truncate.table()), ddl.inTransaction());
                },
                truncate.table());
    }
}
