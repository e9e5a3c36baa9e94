package dev.tidegate.duckdb.write;

import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which columns of a table the values of an INSERT are for. */
public final class InsertColumns {
    /** User type of timestamp and rowversion, which the server fills itself ([MS-TDS] 2.2.7.4). */
    private static final int USER_TYPE_TIMESTAMP = 80;

    private final RemoteName table;
    private final List<Column> all;

    /** @param all of the table, in its order */
    public InsertColumns(RemoteName table, List<Column> all) {
        this.table = table;
        this.all = List.copyOf(all);
    }

    /** @throws SQLException if a column is not there, is named twice, or is filled by the server alone */
    public List<Column> named(List<String> names) throws SQLException {
        List<Column> chosen = new ArrayList<>();
        for (String name : names) {
            Column column = all.stream()
                    .filter(each -> each.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new SQLSyntaxErrorException(
                            table + " has no column \"" + name + "\"; it has "
                                    + all.stream().map(Column::name).collect(Collectors.joining(", ")),
                            "42703"));
            if (chosen.contains(column)) {
                throw new SQLSyntaxErrorException("column \"" + name + "\" of " + table + " is named twice", "42701");
            }
            if (isComputed(column)) {
                throw new SQLSyntaxErrorException(
                        "column \"" + column.name() + "\" of " + table + " is filled by the server; leave it out",
                        "428C9");
            }
            chosen.add(column);
        }
        return chosen;
    }

    /**
     * By their places: of all columns that can be given; without the identity if there are as many values as other columns.
     *
     * @param names of the statement's list; empty if it has none
     * @param omitted places that DEFAULT stands in
     * @param width values of each row, without those
     */
    public List<Column> placed(List<String> names, Set<Integer> omitted, int width) throws SQLException {
        int count = width + omitted.size();
        List<Column> places = names.isEmpty() ? unnamed(count) : null;
        if (names.isEmpty() ? places == null : names.size() != count) {
            throw new SQLSyntaxErrorException(
                    "table \"" + table + "\" has " + (names.isEmpty() ? all.size() : names.size()) + " columns"
                            + (names.isEmpty() ? "" : " in the list") + " but " + count + " values were supplied",
                    "42601");
        }
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!omitted.contains(i)) {
                chosen.add(places == null ? names.get(i) : places.get(i).name());
            }
        }
        return named(chosen);
    }

    /** @return null if the table has not as many */
    private List<Column> unnamed(int count) {
        List<Column> loadable =
                all.stream().filter(column -> !isComputed(column)).toList();
        List<Column> plain =
                loadable.stream().filter(column -> !column.isIdentity()).toList();
        for (List<Column> columns : List.of(plain, loadable, all)) {
            if (columns.size() == count) {
                return columns;
            }
        }
        return null;
    }

    /** Whether its values need not come with the rows. */
    public static boolean isFilledByServer(Column column) {
        return column.isIdentity() || isComputed(column);
    }

    private static boolean isComputed(Column column) {
        return (column.flags() & Column.COMPUTED) != 0 || column.userType() == USER_TYPE_TIMESTAMP;
    }
}
