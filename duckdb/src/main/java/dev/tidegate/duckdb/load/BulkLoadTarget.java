package dev.tidegate.duckdb.load;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.tds.row.ColumnSource;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;

/** A client's bulk load, limited to the columns that a query has. */
public final class BulkLoadTarget implements RowTarget {
    private final BulkLoad load;
    private final List<Column> columns;

    /** @param names the query's columns, matched ignoring case */
    public BulkLoadTarget(BulkLoad load, List<String> names) throws SQLException {
        this.load = load;
        this.columns = matched(load.columns(), names);
        load.map(columns.stream().map(Column::name).toArray(String[]::new));
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public void write(ColumnSource[] sources, int rows) throws SQLException {
        load.write(sources, rows);
    }

    private static List<Column> matched(List<Column> targets, List<String> names) throws SQLException {
        List<Column> matched = new ArrayList<>();
        for (String name : names) {
            matched.add(targets.stream()
                    .filter(target -> target.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new SQLSyntaxErrorException(
                            "the target has no column \"" + name + "\" that can be loaded; it has "
                                    + String.join(
                                            ", ",
                                            targets.stream().map(Column::name).toList()),
                            "42703")));
        }
        return matched;
    }
}
