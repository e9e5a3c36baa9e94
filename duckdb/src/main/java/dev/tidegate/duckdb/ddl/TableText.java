package dev.tidegate.duckdb.ddl;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.push.DefinitionPushDown;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.sql.ColumnDefinition;
import dev.tidegate.duckdb.sql.QualifiedName;
import dev.tidegate.duckdb.sql.TableConstraint;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Columns and constraints of one table as T-SQL writes them. Used by the connection's thread. */
final class TableText {
    /** Finds tables that foreign keys refer to. */
    interface Tables {
        /** @throws SQLException if it is in another database */
        RemoteName find(QualifiedName name) throws SQLException;
    }

    /** DuckDB's own collations have no underscore. */
    private static final Pattern COLLATION = Pattern.compile("[A-Za-z0-9]+(_[A-Za-z0-9]+)+");

    private final Connection duckdb;
    private final RemoteName table;
    private final TableKind kind;
    private final Tables tables;

    TableText(Connection duckdb, RemoteName table, TableKind kind, Tables tables) {
        this.duckdb = duckdb;
        this.table = table;
        this.kind = kind;
        this.tables = tables;
    }

    /**
     * What the constraints of a table say of its columns.
     *
     * @param primary names of the primary key's columns, in lower case
     * @param all those of every key and foreign key
     */
    private record Keys(Set<String> primary, Set<String> all) {
        static Keys of(List<ColumnDefinition> columns, List<TableConstraint> constraints) {
            List<TableConstraint> every = new ArrayList<>(constraints);
            columns.forEach(column -> every.addAll(column.constraints()));
            return new Keys(
                    names(every, constraint -> constraint.type() == TableConstraint.Type.PRIMARY_KEY),
                    names(every, constraint -> constraint.type() != TableConstraint.Type.CHECK));
        }

        private static Set<String> names(List<TableConstraint> constraints, Predicate<TableConstraint> chosen) {
            return constraints.stream()
                    .filter(chosen)
                    .flatMap(constraint -> constraint.columns().stream())
                    .map(TableText::folded)
                    .collect(Collectors.toSet());
        }
    }

    String createTable(List<ColumnDefinition> columns, List<TableConstraint> constraints) throws SQLException {
        checkNames(columns);
        Keys keys = Keys.of(columns, constraints);
        List<RemoteColumn> stored = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            if (column.generated() == null) {
                stored.add(remote(column, type(column, keys)));
            }
        }
        DefinitionPushDown expressions = expressions(stored);
        List<String> parts = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            parts.add(column(column, keys, expressions));
        }
        for (TableConstraint constraint : constraints) {
            parts.add(constraint(constraint, expressions));
        }
        return "CREATE TABLE " + table.sql() + " (" + String.join(", ", parts) + ")";
    }

    /** @param existing columns that the table has already */
    String addColumn(ColumnDefinition column, List<RemoteColumn> existing) throws SQLException {
        Keys keys = Keys.of(List.of(column), List.of());
        List<RemoteColumn> all = new ArrayList<>(existing);
        if (column.generated() == null) {
            all.add(remote(column, type(column, keys)));
        }
        String definition = column(column, keys, expressions(all));
        // DuckDB gives the default to the rows that are there, too.
        return "ALTER TABLE " + table.sql() + " ADD " + definition
                + (column.defaultValue() == null ? "" : " WITH VALUES");
    }

    /** @param existing columns that the table has */
    String addConstraint(TableConstraint constraint, List<RemoteColumn> existing) throws SQLException {
        return "ALTER TABLE " + table.sql() + " ADD " + constraint(constraint, expressions(existing));
    }

    private DefinitionPushDown expressions(List<RemoteColumn> columns) {
        return new DefinitionPushDown(duckdb, new RemoteTable("", table.sql(), columns), table.table());
    }

    private static RemoteColumn remote(ColumnDefinition column, ColumnType type) {
        return RemoteColumn.of(column.name(), TypeInfo.ofSql(type.sql()), type.duckdb(), !column.notNull());
    }

    private void checkNames(List<ColumnDefinition> columns) throws SQLException {
        Set<String> names = new HashSet<>();
        for (ColumnDefinition column : columns) {
            if (!names.add(folded(column.name()))) {
                throw new SQLSyntaxErrorException(
                        "table " + table + " would have two columns \"" + column.name() + "\"", "42701");
            }
        }
        if (columns.isEmpty()) {
            throw new SQLSyntaxErrorException("table " + table + " needs a column", "42601");
        }
    }

    private static ColumnType type(ColumnDefinition column, Keys keys) throws SQLException {
        return ColumnType.of(column.name(), column.type(), keys.all().contains(folded(column.name())));
    }

    private String column(ColumnDefinition column, Keys keys, DefinitionPushDown expressions) throws SQLException {
        StringBuilder sql = new StringBuilder(Identifiers.sqlServer(column.name()));
        sql.append(column.generated() == null ? stored(column, keys) : computed(column, expressions));
        for (TableConstraint constraint : column.constraints()) {
            sql.append(' ').append(constraint(constraint, expressions));
        }
        return sql.toString();
    }

    private static String computed(ColumnDefinition column, DefinitionPushDown expressions) throws SQLException {
        if (column.defaultValue() != null || column.identity() != null || column.notNull()) {
            throw new SQLSyntaxErrorException(
                    "column \"" + column.name() + "\" is computed: it has no DEFAULT, NOT NULL or identity", "42601");
        }
        String where = "column \"" + column.name() + "\": AS (" + column.generated() + ")";
        return " AS (" + translated(where, expressions.value(column.generated())) + ")";
    }

    private String stored(ColumnDefinition column, Keys keys) throws SQLException {
        ColumnType type = type(column, keys);
        StringBuilder sql = new StringBuilder(" ").append(type.sql());
        if (column.collation() != null) {
            sql.append(" COLLATE ").append(collation(column));
        }
        if (column.identity() != null) {
            sql.append(" IDENTITY(")
                    .append(column.identity().start())
                    .append(',')
                    .append(column.identity().increment())
                    .append(')');
        }
        boolean notNull =
                column.notNull() || column.identity() != null || keys.primary().contains(folded(column.name()));
        sql.append(notNull ? " NOT NULL" : " NULL");
        if (column.defaultValue() != null) {
            sql.append(" DEFAULT ").append(new DefaultValue(duckdb, column.name(), type).sql(column.defaultValue()));
        }
        return sql.toString();
    }

    private static String collation(ColumnDefinition column) throws SQLException {
        if (!COLLATION.matcher(column.collation()).matches()) {
            throw new SQLFeatureNotSupportedException(
                    "column \"" + column.name() + "\": " + column.collation()
                            + " is no collation of SQL Server's, such as Latin1_General_100_CI_AS",
                    "0A000");
        }
        return column.collation();
    }

    private String constraint(TableConstraint constraint, DefinitionPushDown expressions) throws SQLException {
        String name = constraint.name() == null ? "" : "CONSTRAINT " + Identifiers.sqlServer(constraint.name()) + " ";
        return name
                + switch (constraint.type()) {
                    case PRIMARY_KEY -> kind.declaredKey() + list(constraint.columns());
                    case UNIQUE -> "UNIQUE" + list(constraint.columns());
                    case CHECK ->
                        "CHECK ("
                                + translated(
                                        "CHECK (" + constraint.check() + ")", expressions.check(constraint.check()))
                                + ")";
                    case FOREIGN_KEY ->
                        "FOREIGN KEY" + list(constraint.columns()) + " REFERENCES "
                                + tables.find(constraint.references()).sql()
                                + (constraint.referenced().isEmpty() ? "" : list(constraint.referenced()));
                };
    }

    private static String list(List<String> columns) {
        return columns.stream().map(Identifiers::sqlServer).collect(Collectors.joining(", ", " (", ")"));
    }

    private static String translated(String what, PushDown pushDown) throws SQLException {
        if (pushDown instanceof NotPushed not) {
            throw new SQLFeatureNotSupportedException(
                    what + " cannot be said in T-SQL: " + not.reason() + "; use mssql_execute", "0A000");
        }
        return ((Pushed) pushDown).request().inlined(Constants::of);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
