package dev.tidegate.cli.copy;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.util.ArrayList;
import java.util.List;

/** The columns of a SQL Server result as the definition of another table: the same types, whatever DuckDB has between them. */
final class DeclaredColumns {
    private DeclaredColumns() {}

    /** @param names unique, in place of the columns' own */
    static List<String> of(List<Column> columns, List<String> names) {
        List<String> definitions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            definitions.add(Identifiers.sqlServer(names.get(i)) + " " + type(column.type())
                    + (column.isNullable() ? " NULL" : " NOT NULL"));
        }
        return definitions;
    }

    private static String type(TypeInfo type) {
        return switch (type.type()) {
            // Deprecated types, and those that pass through DuckDB as text or bytes.
            case TEXT -> "varchar(max)";
            case NTEXT, SSVARIANT, VECTOR -> "nvarchar(max)";
            case IMAGE, UDT -> "varbinary(max)";
            case NULL -> "int";
            default -> type.toSql();
        };
    }
}
