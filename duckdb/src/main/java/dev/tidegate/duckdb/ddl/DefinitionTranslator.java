package dev.tidegate.duckdb.ddl;

import dev.tidegate.client.TableName;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.sql.Definition;
import dev.tidegate.duckdb.sql.Definition.Alter;
import dev.tidegate.duckdb.sql.Definition.Alteration;
import dev.tidegate.duckdb.sql.Definition.Alteration.AddColumn;
import dev.tidegate.duckdb.sql.Definition.Alteration.AddConstraint;
import dev.tidegate.duckdb.sql.Definition.Alteration.DropColumn;
import dev.tidegate.duckdb.sql.Definition.Alteration.DropConstraint;
import dev.tidegate.duckdb.sql.Definition.Alteration.RenameColumn;
import dev.tidegate.duckdb.sql.Definition.Alteration.RenameTo;
import dev.tidegate.duckdb.sql.Definition.Alteration.SetDefault;
import dev.tidegate.duckdb.sql.Definition.Alteration.SetNotNull;
import dev.tidegate.duckdb.sql.Definition.Alteration.SetType;
import dev.tidegate.duckdb.sql.Definition.CreateIndex;
import dev.tidegate.duckdb.sql.Definition.CreateTable;
import dev.tidegate.duckdb.sql.Definition.Drop;
import dev.tidegate.duckdb.sql.QualifiedName;
import dev.tidegate.duckdb.sql.TableConstraint;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Definitions of tables and indexes as T-SQL. What cannot be said there is refused while it is translated; the {@link Change} that comes
 * out asks the server only for what it has. Used by the thread of the DuckDB connection, which converts constants.
 */
public final class DefinitionTranslator {
    /** What a translation asks of the attached database. */
    public interface Surroundings {
        /** @throws SQLException if the table is in another database */
        RemoteName table(QualifiedName name) throws SQLException;

        /** The columns of the table that is changed, as it is now. */
        List<RemoteColumn> columns() throws SQLException;
    }

    private final Connection duckdb;
    private final Surroundings surroundings;

    public DefinitionTranslator(Connection duckdb, Surroundings surroundings) {
        this.duckdb = duckdb;
        this.surroundings = surroundings;
    }

    public Change createTable(CreateTable definition, RemoteName table) throws SQLException {
        TableKind kind = TableKind.of(definition.options());
        boolean hasPrimaryKey = definition.constraints().stream().anyMatch(DefinitionTranslator::isPrimaryKey)
                || definition.columns().stream()
                        .anyMatch(column -> column.constraints().stream().anyMatch(DefinitionTranslator::isPrimaryKey));
        List<TableConstraint> constraints = new ArrayList<>(definition.constraints());
        if (!kind.primaryKey().isEmpty()) {
            if (hasPrimaryKey) {
                throw new SQLSyntaxErrorException(
                        "CREATE TABLE " + table + " has a PRIMARY KEY and the option PRIMARY_KEY; leave one out",
                        "42601");
            }
            constraints.add(new TableConstraint(
                    TableConstraint.Type.PRIMARY_KEY, null, kind.primaryKey(), null, null, List.of()));
        }
        kind.check(hasPrimaryKey || !kind.primaryKey().isEmpty());
        String create =
                new TableText(duckdb, table, kind, surroundings::table).createTable(definition.columns(), constraints);
        Optional<String> index = kind.index(
                table.sql(),
                definition.columns().stream()
                        .map(column -> Identifiers.sqlServer(column.name()) + " ")
                        .toList());
        return server -> {
            if (definition.ifNotExists() && server.hasTable(table)) {
                return;
            }
            if (definition.orReplace()) {
                server.execute("DROP TABLE IF EXISTS " + table.sql());
            }
            server.execute(create);
            if (index.isPresent()) {
                server.execute(index.get());
            }
        };
    }

    private static boolean isPrimaryKey(TableConstraint constraint) {
        return constraint.type() == TableConstraint.Type.PRIMARY_KEY;
    }

    /** @param query T-SQL with as many columns as there are names */
    public static Change createView(
            Definition.CreateView definition, RemoteName view, List<String> columns, Tsql query) {
        String create = "VIEW " + view.sql()
                + columns.stream().map(Identifiers::sqlServer).collect(Collectors.joining(", ", " (", ") AS "))
                + query.inlined(Constants::of);
        return server -> {
            boolean there = (definition.ifNotExists() || definition.orReplace()) && server.hasTable(view);
            if (there && definition.ifNotExists()) {
                return;
            }
            if (there) {
                server.execute("DROP VIEW " + view.sql());
            }
            server.execute("CREATE " + create);
        };
    }

    public static Change createSchema(Definition.CreateSchema definition, String schema) {
        return server -> {
            if (!definition.ifNotExists() || !server.hasSchema(schema)) {
                server.execute("CREATE SCHEMA " + Identifiers.sqlServer(schema));
            }
        };
    }

    public static Change createIndex(CreateIndex definition, RemoteName table) {
        String create = "CREATE " + (definition.unique() ? "UNIQUE " : "") + "INDEX "
                + Identifiers.sqlServer(definition.index()) + " ON " + table.sql()
                + definition.columns().stream()
                        .map(column -> Identifiers.sqlServer(column.name()) + (column.descending() ? " DESC" : ""))
                        .collect(Collectors.joining(", ", " (", ")"));
        return server -> {
            if (!definition.ifNotExists() || !server.hasIndex(table, definition.index())) {
                server.execute(create);
            }
        };
    }

    public static Change drop(Drop definition, RemoteName name) {
        String ifExists = definition.ifExists() ? "IF EXISTS " : "";
        return switch (definition.kind()) {
            case TABLE, VIEW -> server -> server.execute("DROP " + definition.kind() + " " + ifExists + name.sql());
            case SCHEMA -> server -> server.execute("DROP SCHEMA " + ifExists + Identifiers.sqlServer(name.schema()));
            case INDEX ->
                server -> {
                    List<RemoteName> tables = server.tablesWithIndex(name.schema(), name.table());
                    if (tables.isEmpty() && definition.ifExists()) {
                        return;
                    }
                    if (tables.size() != 1) {
                        throw new SQLException(
                                "index " + name
                                        + (tables.isEmpty()
                                                ? " is not there"
                                                : " is one of several: tables " + tables
                                                        + " have one of that name; drop it with mssql_execute"),
                                "42704");
                    }
                    server.execute("DROP INDEX " + Identifiers.sqlServer(name.table()) + " ON "
                            + tables.get(0).sql());
                };
        };
    }

    public static Change truncate(RemoteName table) {
        return server -> server.execute("TRUNCATE TABLE " + table.sql());
    }

    /** @throws SQLException if it cannot be said in T-SQL */
    public Change alter(Alter definition, RemoteName table) throws SQLException {
        Change change = change(definition.alteration(), table);
        return server -> {
            if (!definition.ifExists() || server.hasTable(table)) {
                change.on(server);
            }
        };
    }

    private Change change(Alteration alteration, RemoteName table) throws SQLException {
        if (alteration instanceof RenameTo rename) {
            return renamed(table.sql(), rename.name(), "");
        }
        if (alteration instanceof RenameColumn rename) {
            return renamed(table.sql() + "." + Identifiers.sqlServer(rename.column()), rename.name(), ", N'COLUMN'");
        }
        if (alteration instanceof AddColumn added) {
            String add = text(table).addColumn(added.column(), surroundings.columns());
            return server -> {
                if (!added.ifNotExists()
                        || !server.hasColumn(table, added.column().name())) {
                    server.execute(add);
                }
            };
        }
        if (alteration instanceof AddConstraint added) {
            String add = text(table).addConstraint(added.constraint(), surroundings.columns());
            return server -> server.execute(add);
        }
        if (alteration instanceof DropColumn dropped) {
            return server -> {
                if (!dropped.ifExists() || server.hasColumn(table, dropped.column())) {
                    dropDefault(server, table, dropped.column());
                    server.execute(alter(table) + "DROP COLUMN " + Identifiers.sqlServer(dropped.column()));
                }
            };
        }
        if (alteration instanceof DropConstraint dropped) {
            return server -> server.execute(alter(table) + "DROP CONSTRAINT " + (dropped.ifExists() ? "IF EXISTS " : "")
                    + Identifiers.sqlServer(dropped.constraint()));
        }
        if (alteration instanceof SetDefault set) {
            return defaultSet(set, table);
        }
        if (alteration instanceof SetNotNull set) {
            return server -> {
                ServerSession.CurrentColumn now = server.column(table, set.column());
                server.execute(altered(table, set.column(), now.type(), now.collation(), !set.notNull()));
            };
        }
        SetType set = (SetType) alteration;
        ColumnType type = ColumnType.of(set.column(), set.type(), false);
        boolean isText = TypeInfo.ofSql(type.sql()).sqlType().isText();
        return server -> {
            ServerSession.CurrentColumn now = server.column(table, set.column());
            String collation = set.collation() != null ? set.collation() : isText ? now.collation() : null;
            server.execute(altered(table, set.column(), type.sql(), collation, now.nullable()));
        };
    }

    private TableText text(RemoteName table) {
        return new TableText(duckdb, table, TableKind.ANY, surroundings::table);
    }

    private static String alter(RemoteName table) {
        return "ALTER TABLE " + table.sql() + " ";
    }

    /** What it does not say anew, the server would take for its own defaults. */
    private static String altered(RemoteName table, String column, String type, String collation, boolean nullable) {
        return alter(table) + "ALTER COLUMN " + Identifiers.sqlServer(column) + " " + type
                + (collation == null ? "" : " COLLATE " + collation) + (nullable ? " NULL" : " NOT NULL");
    }

    private static Change renamed(String what, String name, String kind) {
        return server ->
                server.execute("EXEC sp_rename " + TableName.literal(what) + ", " + TableName.literal(name) + kind);
    }

    private Change defaultSet(SetDefault set, RemoteName table) throws SQLException {
        String value = set.value() == null ? null : defaultValue(set, table);
        return server -> {
            dropDefault(server, table, set.column());
            if (value != null) {
                server.execute(alter(table) + "ADD DEFAULT " + value + " FOR " + Identifiers.sqlServer(set.column()));
            }
        };
    }

    private String defaultValue(SetDefault set, RemoteName table) throws SQLException {
        RemoteColumn column = surroundings.columns().stream()
                .filter(each -> each.name().equalsIgnoreCase(set.column()))
                .findFirst()
                .orElseThrow(
                        () -> new SQLException("table " + table + " has no column \"" + set.column() + "\"", "42703"));
        return new DefaultValue(
                        duckdb, column.name(), new ColumnType(column.type().toSql(), column.duckdbType()))
                .sql(set.value());
    }

    /** A default is a constraint with a name, which keeps its column from being changed. */
    private static void dropDefault(ServerSession server, RemoteName table, String column) throws SQLException {
        String constraint = server.defaultConstraint(table, column);
        if (constraint != null) {
            server.execute(alter(table) + "DROP CONSTRAINT " + Identifiers.sqlServer(constraint));
        }
    }
}
