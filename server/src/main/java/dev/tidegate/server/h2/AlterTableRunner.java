package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.ast.TableElement;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.IndexName;
import dev.tidegate.server.tsql.translate.SqlText;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.translate.TableTranslator;
import dev.tidegate.server.tsql.type.ColumnDeclaration;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintReferential;
import org.h2.index.Index;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.table.TableView;

/** Runs ALTER TABLE. */
final class AlterTableRunner {
    private final SessionCore core;
    private final Frame frame;
    private final DdlConnection ddl;
    private CatalogChanges catalog;
    /** What is altered, as T-SQL calls it. */
    private ObjectName target;

    AlterTableRunner(SessionCore core, Frame frame) {
        this.core = core;
        this.frame = frame;
        this.ddl = new DdlConnection(core);
    }

    void alter(Statement.AlterTable alter) throws SqlServerException, SQLException {
        ddl.run(catalog -> alter(alter, catalog), alter.table());
    }

    private void alter(Statement.AlterTable alter, CatalogChanges changes) throws SqlServerException, SQLException {
        catalog = changes;
        target = alter.table();
        TableInfo table = core.tables
                .find(alter.table())
                .orElseThrow(() -> KnownError.ALTER_MISSING_TABLE.exception(alter.table()));
        if (ddl.inTransaction() && changesInPlace(alter.action())) {
            copy();
            table = current();
        }
        change(table, alter.action());
        if (ddl.inTransaction() && !table.temporary()) {
            catalog.countInMemory(core.tables.table(alter.table()));
        }
    }

    private static boolean changesInPlace(Statement.AlterAction action) {
        return action instanceof Statement.DropConstraints
                || (action instanceof Statement.Add add && !(add.elements().getFirst() instanceof TableElement.Column));
    }

    private void change(TableInfo table, Statement.AlterAction action) throws SqlServerException, SQLException {
        switch (action) {
            case Statement.Add add -> {
                for (TableElement element : add.elements()) {
                    add(current(), element);
                }
            }
            case Statement.AlterColumn column -> alterColumn(table, column);
            case Statement.DropColumns drop -> dropColumns(drop);
            case Statement.DropConstraints drop -> dropConstraints(table, drop);
            case Statement.CheckConstraints check -> {
                if (!check.check()) {
                    throw KnownError.UNSUPPORTED.exception("ALTER TABLE … NOCHECK CONSTRAINT is not supported by this server.");
                }
            }
        }
    }

    /** What the table is now. */
    private TableInfo current() throws SqlServerException {
        return core.tables.find(target).orElseThrow();
    }

    /**
     * A change of columns, for which H2 makes another table and commits, and which it cannot make to a temporary one: then, and in a
     * transaction, this server makes it instead.
     *
     * @return the table after it
     */
    private TableInfo reshape(TableInfo table, String change) throws SqlServerException, SQLException {
        if (!ddl.inTransaction() && !table.temporary()) {
            execute(table, change);
        } else {
            Table before = core.tables.table(target);
            ownAround(before);
            catalog.reshape(before, target.name(), change);
        }
        return current();
    }

    private void execute(TableInfo table, String change) throws SQLException {
        catalog.execute("ALTER TABLE " + table.sql() + " " + change);
    }

    /** H2 changes a table in place, or puts another in its place: so it gets one that may be lost. */
    private void copy() throws SqlServerException, SQLException {
        Table table = core.tables.table(target);
        ownAround(table);
        catalog.copy(table, target.name());
    }

    private void ownAround(Table table) throws SqlServerException, SQLException {
        ddl.checkSeesAll(table);
        for (Constraint constraint : table.getConstraints()) {
            own(constraint.getTable());
            if (constraint instanceof ConstraintReferential key) {
                own(key.getRefTable());
            }
        }
        for (TableView view : table.getDependentViews()) {
            own(view);
        }
    }

    private void own(Table table) throws SqlServerException {
        if (!table.isTemporary()) {
            ddl.own(ObjectName.of(table.getSchema().getName(), table.getName()));
        }
    }

    private void add(TableInfo before, TableElement element) throws SqlServerException, SQLException {
        TableTranslator translator = new TableTranslator(frame);
        TableInfo table = before;
        switch (element) {
            case TableElement.Column column -> {
                if (table.column(column.name()).isPresent()) {
                    throw KnownError.DUPLICATE_COLUMN.exception(column.name(), target);
                }
                table = addColumn(table, column, translator);
                for (TableElement constraint : column.constraints()) {
                    execute(
                            table,
                            "ADD " + translator.constraint(constraint, table.name(), table.columns(), table.schema()));
                }
            }
            case TableElement.Default value -> addDefault(table, value, translator);
            case TableElement.Index index ->
                addIndex(table, index, translator);
            default ->
                execute(table, "ADD " + translator.constraint(element, table.name(), table.columns(), table.schema()));
        }
    }

    private void addIndex(TableInfo table, TableElement.Index index, TableTranslator translator)
            throws SqlServerException, SQLException {
        H2Tables.checkIndexIsFree(core.tables.table(target), index.name(), target.toString());
        catalog.execute(translator.index(index.name(), index.unique(), table.sql(), index.columns()));
    }

    private TableInfo addColumn(TableInfo table, TableElement.Column column, TableTranslator translator)
            throws SqlServerException, SQLException {
        boolean required = Boolean.FALSE.equals(column.nullable())
                && column.defaultValue() == null
                && column.identity() == null
                && column.computed() == null;
        if (required && hasRows(table)) {
            throw KnownError.ADDED_COLUMN_NOT_NULL.exception(column.name(), target.name());
        }
        return reshape(table, "ADD COLUMN " + translator.column(column, table.columns(), table.name()));
    }

    private boolean hasRows(TableInfo table) throws SQLException, SqlServerException {
        return new H2Statement(core)
                .query("SELECT 1 FROM " + table.sql() + " FETCH FIRST 1 ROW ONLY", List.of(), java.sql.ResultSet::next);
    }

    private ColumnInfo column(TableInfo table, String name) throws SqlServerException {
        return table.column(name)
                .orElseThrow(() -> KnownError.ALTER_MISSING_COLUMN.exception("ALTER COLUMN", name, target.name()));
    }

    private void addDefault(TableInfo table, TableElement.Default value, TableTranslator translator)
            throws SqlServerException, SQLException {
        ColumnInfo column = column(table, value.column());
        if (column.hasDefault() || column.identity()) {
            throw KnownError.DEFAULT_EXISTS.exception();
        }
        execute(
                table,
                "ALTER COLUMN " + SqlText.quote(column.name()) + " SET DEFAULT "
                        + translator.defaultValue(value.value(), column.type()));
        String name =
                value.name() == null ? TableTranslator.generated("DF", table.name(), column.name()) : value.name();
        comment(table, column.name(), new ColumnDeclaration(column.type(), name, value.text(), null));
    }

    private void comment(TableInfo table, String column, ColumnDeclaration declaration) throws SQLException {
        catalog.execute("COMMENT ON COLUMN " + table.sql() + "." + SqlText.quote(column) + " IS "
                + SqlText.string(declaration.toString()));
    }

    private void alterColumn(TableInfo table, Statement.AlterColumn alter) throws SqlServerException, SQLException {
        ColumnInfo column = column(table, alter.column());
        if (column.computed()) {
            throw KnownError.ALTER_COMPUTED_COLUMN.exception(column.name());
        }
        String quoted = SqlText.quote(column.name());
        boolean nullable = alter.nullable() == null || alter.nullable();
        ColumnDeclaration old = declaration(column.name()).orElseGet(() -> new ColumnDeclaration(column.type()));
        TableInfo after = reshape(table, "ALTER COLUMN " + quoted + " SET DATA TYPE " + SqlText.type(alter.type()));
        if (nullable != column.nullable()) {
            execute(after, "ALTER COLUMN " + quoted + (nullable ? " DROP NOT NULL" : " SET NOT NULL"));
        }
        comment(
                after,
                column.name(),
                new ColumnDeclaration(alter.type(), old.defaultName(), old.defaultText(), old.computedText()));
    }

    private void dropColumns(Statement.DropColumns drop) throws SqlServerException, SQLException {
        for (String name : drop.columns()) {
            TableInfo table = current();
            Optional<ColumnInfo> column = table.column(name);
            if (column.isEmpty() && drop.ifExists()) {
                continue;
            }
            if (column.isEmpty()) {
                throw KnownError.ALTER_MISSING_COLUMN.exception("DROP COLUMN", name, target.name());
            }
            checkUnused(column.get().name());
            reshape(table, "DROP COLUMN " + SqlText.quote(column.get().name()));
        }
    }

    private void checkUnused(String name) throws SqlServerException {
        Table h2 = core.tables.table(target);
        if (h2 == null) {
            return;
        }
        Column column = h2.getColumn(name);
        for (Constraint constraint : h2.getConstraints()) {
            if (constraint.getReferencedColumns(h2).contains(column)) {
                throw dependent("object", IndexName.shown(constraint.getName()), name);
            }
        }
        for (Index index : h2.getIndexes()) {
            if (index.getCreateSQL() != null && index.getColumnIndex(column) >= 0) {
                throw dependent("index", IndexName.shown(index.getName()), name);
            }
        }
    }

    private static SqlServerException dependent(String kind, String object, String column) {
        return KnownError.COLUMN_HAS_DEPENDENT.exception(kind, object, column);
    }

    private void dropConstraints(TableInfo table, Statement.DropConstraints drop)
            throws SqlServerException, SQLException {
        for (String name : drop.names()) {
            Optional<ColumnInfo> withDefault = Optional.empty();
            for (ColumnInfo column : table.columns()) {
                if (declaration(column.name())
                        .filter(d -> name.equalsIgnoreCase(d.defaultName()))
                        .isPresent()) {
                    withDefault = Optional.of(column);
                }
            }
            if (withDefault.isPresent()) {
                execute(table, "ALTER COLUMN " + SqlText.quote(withDefault.get().name()) + " DROP DEFAULT");
                comment(
                        table,
                        withDefault.get().name(),
                        new ColumnDeclaration(withDefault.get().type()));
            } else {
                execute(
                        table,
                        "DROP CONSTRAINT " + (drop.ifExists() ? "IF EXISTS " : "")
                                + (table.temporary()
                                        ? SqlText.quote(ofTemporary(name))
                                        : SqlText.quote(table.schema()) + "." + SqlText.quote(name)));
            }
        }
    }

    /** What H2 calls a constraint of a temporary table. */
    private String ofTemporary(String name) {
        Iterable<Constraint> constraints = core.tables.table(target).getConstraints();
        for (Constraint constraint : constraints == null ? List.<Constraint>of() : constraints) {
            if (name.equalsIgnoreCase(IndexName.shown(constraint.getName()))) {
                return constraint.getName();
            }
        }
        return name;
    }

    private Optional<ColumnDeclaration> declaration(String column) {
        Column found = core.tables.table(target).getColumn(column);
        return ColumnDeclaration.parse(found.getComment());
    }
}
