package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.catalog.CatalogInstaller;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemViews;
import dev.tidegate.server.catalog.model.H2ColumnTypes;
import dev.tidegate.server.catalog.model.HiddenNames;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.h2.error.FailedStatement;
import dev.tidegate.server.h2.error.H2Errors;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.IndexName;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.type.ColumnDeclaration;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.ViewDeclaration;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.h2.constraint.Constraint;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.schema.Schema;
import org.h2.schema.SchemaObject;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.table.TableType;

/** Finds tables and views in H2's own catalog, which costs no query and sees what the session sees. Used by one thread. */
final class H2Tables {
    private static final Set<String> SYSTEM_DATABASES = Set.of("master", "tempdb", "msdb", "model");

    private final SessionLocal session;
    private final H2Database database;
    private final NameClaims claims;
    private final TemporaryNames temporaries;

    H2Tables(SessionLocal session, H2Database database, NameClaims claims) {
        this.session = session;
        this.database = database;
        this.claims = claims;
        this.temporaries = new TemporaryNames(session);
    }

    TemporaryNames temporaries() {
        return temporaries;
    }

    /**
     * Finds what a name means, which stays so until the statement ends.
     *
     * @throws SqlServerException 40515 if the name is in another database; 1222, 1205 if others are about to change what it means
     */
    Optional<TableInfo> find(ObjectName name) throws SqlServerException {
        if (name.name().startsWith("#") || name.name().startsWith("@")) {
            Table temporary = temporaries.find(name.name());
            if (temporary == null && name.name().startsWith("##")) {
                return find("dbo", name.name());
            }
            return Optional.ofNullable(temporary).map(table -> info(table, "dbo", true));
        }
        checkDatabase(name);
        Optional<TableInfo> own = find(name.schema().isEmpty() ? "dbo" : schemaName(name.schema()), name.name());
        return own.isPresent()
                        || SystemViews.resolve(name.schema(), name.name()).isEmpty()
                ? own
                : find(CatalogInstaller.SYS_SCHEMA, name.name());
    }

    /** What a name means now, without waiting: empty also while others change what it means. */
    Optional<TableInfo> look(ObjectName name) throws SqlServerException {
        String schema = schemaName(name.schema().isEmpty() ? "dbo" : name.schema());
        boolean free = isLocal(name) || claims.tryShare(NameClaims.ofObject(schema, name.name()));
        return free ? find(name) : Optional.empty();
    }

    private void checkDatabase(ObjectName name) throws SqlServerException {
        String other = name.database();
        if (other.isEmpty() || other.equalsIgnoreCase(database.name())) {
            return;
        }
        boolean catalog = SystemViews.resolve(name.schema(), name.name()).isPresent();
        if (!SYSTEM_DATABASES.contains(other.toLowerCase(Locale.ROOT))
                || !(catalog || name.schema().isEmpty())) {
            throw KnownError.OTHER_DATABASE.exception(name);
        }
    }

    private static String schemaName(String name) {
        if (name.equalsIgnoreCase("sys")) {
            return CatalogInstaller.SYS_SCHEMA;
        }
        return name.equalsIgnoreCase("INFORMATION_SCHEMA") ? CatalogInstaller.INFORMATION_SCHEMA : name;
    }

    private Optional<TableInfo> find(String schemaName, String name) throws SqlServerException {
        if (schemaName.equalsIgnoreCase("TIDEGATE") || HiddenNames.isHidden(name)) {
            return Optional.empty();
        }
        boolean own = !schemaName.equals(CatalogInstaller.SYS_SCHEMA)
                && !schemaName.equals(CatalogInstaller.INFORMATION_SCHEMA);
        if (own) {
            claims.share(NameClaims.ofObject(schemaName, name));
        }
        if (!own) {
            makeView(schemaName, name);
        }
        Schema schema = session.getDatabase().findSchema(schemaName);
        Table table = schema == null ? null : schema.findTableOrView(session, name);
        return Optional.ofNullable(table).map(found -> info(found, schema.getName(), false));
    }

    private void makeView(String schema, String name) throws SqlServerException {
        Optional<SystemView> view = SystemViews.find(schema, name);
        if (view.isPresent()) {
            try {
                database.own().make(view.get());
            } catch (SQLException e) {
                throw H2Errors.map(e, FailedStatement.of(null, database.name(), "SELECT", name, 0))
                        .asServerException(e);
            }
        }
    }

    /** H2's own table or view behind a name; null if there is none. */
    Table table(ObjectName name) {
        if (isLocal(name)) {
            return temporaries.find(name.name());
        }
        Schema schema = session.getDatabase().findSchema(name.schema().isEmpty() ? "dbo" : schemaName(name.schema()));
        return schema == null ? null : schema.findTableOrView(session, name.name());
    }

    /** The type of a sequence's numbers; empty if there is no such sequence. */
    Optional<SqlType> sequence(ObjectName name) {
        Schema schema = schema(name.schema().isEmpty() ? "dbo" : name.schema());
        return Optional.ofNullable(schema == null ? null : schema.findSequence(name.name()))
                .map(H2ColumnTypes::of);
    }

    /** H2's schema of this name; null if there is none. */
    Schema schema(String name) {
        return session.getDatabase().findSchema(schemaName(name));
    }

    /** The index of this name that a table has, or the key whose index has its name; null if there is none. */
    static SchemaObject index(Table table, String name) {
        Iterable<Constraint> constraints = table.getConstraints();
        for (Constraint constraint : constraints == null ? List.<Constraint>of() : constraints) {
            boolean key = constraint.getConstraintType() == Constraint.Type.PRIMARY_KEY
                    || constraint.getConstraintType() == Constraint.Type.UNIQUE;
            if (key
                    && constraint.getTable() == table
                    && constraint.getName().equalsIgnoreCase(name)) {
                return constraint;
            }
        }
        for (Index index : table.getIndexes()) {
            if (name.equalsIgnoreCase(IndexName.shown(index.getName()))
                    && index.getCreateSQL() != null
                    && !index.getIndexType().getBelongsToConstraint()) {
                return index;
            }
        }
        return null;
    }

    /** @throws SqlServerException 1913 if the table has an index of this name */
    static void checkIndexIsFree(Table table, String name, String shown) throws SqlServerException {
        if (index(table, name) != null) {
            throw KnownError.INDEX_EXISTS.exception(name, shown);
        }
    }

    /** Whether the name is of a table that only this session has. */
    static boolean isLocal(ObjectName name) {
        return name.name().startsWith("@")
                || (name.isTemporary() && !name.name().startsWith("##"));
    }

    /** The SQL of a column's default; null if it has none. */
    String defaultSql(TableInfo table, String column) {
        Table found = table.temporary() ? session.findLocalTempTable(table.name()) : null;
        if (found == null) {
            Schema schema = session.getDatabase().findSchema(table.schema());
            found = schema == null ? null : schema.findTableOrView(session, table.name());
        }
        return found == null ? null : found.getColumn(column).getDefaultSQL();
    }

    /** Whether there is a schema of this name. */
    boolean hasSchema(String name) throws SqlServerException {
        claims.share(NameClaims.ofSchema(name));
        return session.getDatabase().findSchema(schemaName(name)) != null;
    }

    private static TableInfo info(Table table, String schema, boolean temporary) {
        boolean view = table.getTableType() == TableType.VIEW;
        Optional<ViewDeclaration> declared = view ? ViewDeclaration.parse(table.getComment()) : Optional.empty();
        List<ColumnInfo> columns = new ArrayList<>();
        for (Column column : table.getColumns()) {
            if (column.getVisible()) {
                int index = columns.size();
                boolean typed =
                        declared.isPresent() && index < declared.get().types().size();
                columns.add(
                        typed
                                ? new ColumnInfo(
                                        column.getName(),
                                        declared.get().types().get(index),
                                        declared.get().nullable().get(index))
                                : info(column));
            }
        }
        return new TableInfo(schema, table.getName(), columns, view, temporary);
    }

    private static ColumnInfo info(Column column) {
        ColumnDeclaration declaration = ColumnDeclaration.parse(column.getComment())
                .orElseGet(() -> new ColumnDeclaration(H2ColumnTypes.nearest(column.getType())));
        return new ColumnInfo(
                column.getName(),
                declaration.type(),
                column.isNullable(),
                column.isIdentity(),
                column.isGeneratedAlways() && !column.isIdentity(),
                column.getEffectiveDefaultExpression() != null);
    }
}
