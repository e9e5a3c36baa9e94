package dev.tidegate.duckdb.load;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.scan.ScanTypes;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values of a query as an INSERT gives them to columns. A value whose type the column takes as it is, is checked there; any other is
 * cast as DuckDB's own INSERT does, to the type by which DuckDB knows the column.
 */
public final class Assignment {
    private static final LoadMapping AS_IT_IS = new LoadMapping(Set.of());

    private Assignment() {}

    /** How many columns a query has, by whatever names. */
    public static int width(Connection duckdb, String sql, Binding parameters) throws SQLException {
        return DuckColumn.asWritten(duckdb, sql, parameters).size();
    }

    /** The names of a query's columns. */
    public static List<String> names(Connection duckdb, String sql, Binding parameters) throws SQLException {
        return DuckColumn.of(duckdb, sql, parameters).stream()
                .map(DuckColumn::name)
                .toList();
    }

    /**
     * A query over another one, whose columns have the names of the targets.
     *
     * @param targets as many as the query has columns, in its order
     */
    public static String sql(Connection duckdb, String sql, Binding parameters, List<Column> targets)
            throws SQLException {
        List<DuckColumn> columns = DuckColumn.asWritten(duckdb, sql, parameters);
        List<String> places =
                IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).toList();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Column target = targets.get(i);
            String value = takes(columns.get(i), target)
                    ? places.get(i)
                    : "CAST(" + places.get(i) + " AS " + duckdbType(target, columns.get(i)) + ")";
            values.add(value + " AS " + Identifiers.duckdb(target.name()));
        }
        return "SELECT " + String.join(", ", values) + " FROM (" + sql + "\n) AS tidegate_rows("
                + places.stream().collect(Collectors.joining(", ")) + ")";
    }

    private static boolean takes(DuckColumn from, Column to) {
        try {
            AS_IT_IS.feed(from, to);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static String duckdbType(Column target, DuckColumn from) throws SQLSyntaxErrorException {
        TypeInfo type = target.type();
        return switch (type.sqlType()) {
            case NULL, VECTOR, SQL_VARIANT, TABLE ->
                throw new SQLSyntaxErrorException(
                        "column \"" + target.name() + "\": a " + from.type().text() + " of DuckDB does not go into "
                                + type.toSql() + "; leave the column out, or write with mssql_execute",
                        "42846");
            default -> ScanTypes.of(type);
        };
    }
}
