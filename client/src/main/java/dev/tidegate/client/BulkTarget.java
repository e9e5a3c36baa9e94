package dev.tidegate.client;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The table that a bulk load goes into: which of its columns can be loaded, in which types, and the INSERT BULK statement. */
final class BulkTarget {
    /** User type of timestamp and rowversion, which the server fills itself ([MS-TDS] 2.2.7.4). */
    private static final int USER_TYPE_TIMESTAMP = 80;

    private final TableName table;
    private final BulkLoadOptions options;
    private final List<Column> all;
    private final List<Column> loadable;
    private final String hints;

    /**
     * @param columns of the table, as an empty SELECT of all of them describes them
     * @throws IllegalArgumentException naming a column of the options' order that does not exist
     */
    BulkTarget(TableName table, List<Column> columns, BulkLoadOptions options) {
        this.table = table;
        this.options = options;
        this.all = List.copyOf(columns);
        List<Column> chosen = new ArrayList<>();
        for (Column column : columns) {
            if (whyNot(column) == null) {
                chosen.add(sent(column));
            }
        }
        this.loadable = List.copyOf(chosen);
        this.hints = hints();
    }

    TableName table() {
        return table;
    }

    List<Column> loadable() {
        return loadable;
    }

    /**
     * The loadable columns of these names; case counts only if the table has names that differ in nothing else.
     *
     * @throws IllegalArgumentException naming a column that does not exist, stands twice, or cannot be loaded, and why
     */
    List<Column> named(List<String> names) {
        List<Column> chosen = new ArrayList<>();
        for (String name : names) {
            Column column = find(name);
            String reason = whyNot(column);
            if (reason != null) {
                throw new IllegalArgumentException(
                        "column " + TableName.quote(name) + " of " + table.sql() + " " + reason);
            }
            Column sent = sent(column);
            if (chosen.contains(sent)) {
                throw new IllegalArgumentException("column " + TableName.quote(name) + " is named twice");
            }
            chosen.add(sent);
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("a load into " + table.sql() + " needs at least one column");
        }
        return chosen;
    }

    private Column find(String name) {
        List<Column> exact = all.stream().filter(c -> c.name().equals(name)).toList();
        List<Column> found = exact.isEmpty()
                ? all.stream().filter(c -> c.name().equalsIgnoreCase(name)).toList()
                : exact;
        if (found.size() != 1) {
            String names = all.stream().map(c -> TableName.quote(c.name())).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    "table " + table.sql() + " has " + (found.isEmpty() ? "no column " : "several columns ")
                            + TableName.quote(name) + "; it has " + names);
        }
        return found.get(0);
    }

    /** Null if the column can be loaded. */
    private String whyNot(Column column) {
        if (column.isIdentity()) {
            return options.keepIdentity() ? null : "is numbered by the server; load it with keepIdentity";
        }
        if ((column.flags() & Column.COMPUTED) != 0) {
            return "is computed by the server";
        }
        if (column.userType() == USER_TYPE_TIMESTAMP) {
            return "is a rowversion, which the server fills itself";
        }
        return null;
    }

    /** As the load declares it: in the nullable form of its type, so that a NULL reaches the server's own check. */
    private static Column sent(Column column) {
        int flags = (column.flags() & (Column.NULLABLE | Column.IDENTITY)) | Column.UPDATEABLE_UNKNOWN;
        return new Column(column.name(), sent(column.type()), flags);
    }

    private static TypeInfo sent(TypeInfo type) {
        return switch (type.sqlType()) {
            case BIT -> TypeInfo.bit();
            case TINYINT -> TypeInfo.tinyint();
            case SMALLINT -> TypeInfo.smallint();
            case INT -> TypeInfo.integer();
            case BIGINT -> TypeInfo.bigint();
            case REAL -> TypeInfo.real();
            case FLOAT -> TypeInfo.float8();
            case MONEY -> TypeInfo.money();
            case SMALLMONEY -> TypeInfo.smallmoney();
            case SMALLDATETIME -> TypeInfo.smalldatetime();
            case DATETIME -> TypeInfo.datetime();
            // The old long types would need text pointers; the server converts.
            case TEXT -> TypeInfo.varchar(TypeInfo.PLP, type.collation());
            case NTEXT -> TypeInfo.nvarchar(TypeInfo.PLP, type.collation());
            case IMAGE, UDT -> TypeInfo.varbinary(TypeInfo.PLP);
            default -> type;
        };
    }

    /**
     * The statement that announces the load.
     *
     * @param databaseCollation what the server assumes of columns without a COLLATE clause; may be null
     */
    String insertBulk(List<Column> columns, Collation databaseCollation) {
        StringBuilder sql =
                new StringBuilder("INSERT BULK ").append(table.sql()).append(" (");
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            sql.append(i == 0 ? "" : ", ")
                    .append(TableName.quote(column.name()))
                    .append(' ')
                    .append(column.type().toSql())
                    .append(collate(column.type(), databaseCollation));
        }
        return sql.append(')').append(hints).toString();
    }

    private static String collate(TypeInfo type, Collation databaseCollation) {
        Collation collation = type.collation();
        boolean inCodePage = type.sqlType() == SqlTypeName.CHAR || type.sqlType() == SqlTypeName.VARCHAR;
        if (!inCodePage || collation == null || collation.equals(databaseCollation)) {
            return "";
        }
        return collation.name().map(name -> " COLLATE " + name).orElse("");
    }

    private String hints() {
        List<String> hints = new ArrayList<>();
        if (options.tableLock()) {
            hints.add("TABLOCK");
        }
        if (options.checkConstraints()) {
            hints.add("CHECK_CONSTRAINTS");
        }
        if (options.fireTriggers()) {
            hints.add("FIRE_TRIGGERS");
        }
        if (options.keepNulls()) {
            hints.add("KEEP_NULLS");
        }
        if (!options.order().isEmpty()) {
            hints.add("ORDER ("
                    + options.order().stream().map(this::orderColumn).collect(Collectors.joining(", ")) + ")");
        }
        return hints.isEmpty() ? "" : " WITH (" + String.join(", ", hints) + ")";
    }

    private String orderColumn(String text) {
        String upper = text.toUpperCase(java.util.Locale.ROOT);
        String direction = upper.endsWith(" DESC") ? " DESC" : upper.endsWith(" ASC") ? " ASC" : "";
        String name = text.substring(0, text.length() - direction.length()).trim();
        return TableName.quote(find(name).name()) + direction;
    }
}
