package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Translates INSERT. */
public final class InsertTranslator {
    private final Translation translation;
    private final OutputTranslator outputs;
    private final boolean identityInsert;

    /** @param identityInsert SET IDENTITY_INSERT is ON for the target */
    public InsertTranslator(Translation translation, boolean identityInsert) {
        this.translation = translation;
        this.outputs = new OutputTranslator(translation);
        this.identityInsert = identityInsert;
    }

    public TranslatedDml insert(Statement.Insert insert) throws SqlServerException {
        TableInfo table = translation.table(insert.target().name());
        List<ColumnInfo> columns = columns(table, insert.columns(), insert.source() instanceof Statement.DefaultValues);
        String head = "INSERT INTO " + table.sql();
        String sql = switch (insert.source()) {
            case Statement.DefaultValues d -> head + " DEFAULT VALUES";
            case Statement.ValuesSource values ->
                head + list(columns) + " VALUES " + rows(values.rows(), columns, insert);
            case Statement.QuerySource query -> head + list(columns) + " " + query(query.query(), columns, insert);
            case Statement.ExecuteSource e ->
                throw new SqlServerException(40510, 1, 16, "INSERT … EXECUTE is not supported by this server.");
        };
        return outputs.apply(insert.output(), sql, table, OutputTranslator.Change.INSERT);
    }

    private static String list(List<ColumnInfo> columns) {
        return " ("
                + String.join(
                        ", ", columns.stream().map(c -> SqlText.quote(c.name())).toList()) + ")";
    }

    /** The columns that get values, checked. */
    List<ColumnInfo> columns(TableInfo table, List<String> names, boolean defaults) throws SqlServerException {
        List<ColumnInfo> columns = new ArrayList<>();
        if (names.isEmpty()) {
            if (identityInsert && table.identity().isPresent() && !defaults) {
                throw new SqlServerException(
                        8101,
                        1,
                        16,
                        "An explicit value for the identity column in table '" + table.name()
                                + "' can only be specified when a column list is used and IDENTITY_INSERT is ON.");
            }
            for (ColumnInfo column : table.columns()) {
                if (!column.identity() && !column.computed() && column.type().kind() != TypeKind.ROWVERSION) {
                    columns.add(column);
                }
            }
            return columns;
        }
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names) {
            ColumnInfo column = table.column(name)
                    .orElseThrow(() -> new SqlServerException(207, 1, 16, "Invalid column name '" + name + "'."));
            checkWritable(table, column);
            if (!seen.add(name)) {
                throw new SqlServerException(
                        264,
                        1,
                        16,
                        "The column name '" + name
                                + "' is specified more than once in the SET clause or column list of an INSERT. A"
                                + " column cannot be assigned more than one value in the same clause.");
            }
            columns.add(column);
        }
        if (identityInsert
                && table.identity().filter(c -> !seen.contains(c.name())).isPresent()) {
            throw new SqlServerException(
                    545,
                    1,
                    16,
                    "Explicit value must be specified for identity column in table '" + table.name()
                            + "' either when IDENTITY_INSERT is set to ON or when a replication user is inserting into"
                            + " a NOT FOR REPLICATION identity column.");
        }
        return columns;
    }

    private void checkWritable(TableInfo table, ColumnInfo column) throws SqlServerException {
        if (column.identity() && !identityInsert) {
            throw new SqlServerException(
                    544,
                    1,
                    16,
                    "Cannot insert explicit value for identity column in table '" + table.name()
                            + "' when IDENTITY_INSERT is set to OFF.");
        }
        if (column.computed()) {
            throw new SqlServerException(
                    271,
                    1,
                    16,
                    "The column \"" + column.name()
                            + "\" cannot be modified because it is either a computed column or is the result of a"
                            + " UNION operator.");
        }
        if (column.type().kind() == TypeKind.ROWVERSION) {
            throw new SqlServerException(
                    273,
                    1,
                    16,
                    "Cannot insert an explicit value into a timestamp column. Use INSERT with a column list to exclude"
                            + " the timestamp column, or insert a DEFAULT into the timestamp column.");
        }
    }

    private String rows(List<List<Expression>> rows, List<ColumnInfo> columns, Statement.Insert insert)
            throws SqlServerException {
        StringBuilder sql = new StringBuilder();
        for (List<Expression> row : rows) {
            checkCount(row.size(), columns.size(), insert, true);
            sql.append(sql.isEmpty() ? "(" : ", (");
            for (int i = 0; i < row.size(); i++) {
                sql.append(i == 0 ? "" : ", ").append(cell(row.get(i), columns.get(i)));
            }
            sql.append(')');
        }
        return sql.toString();
    }

    private String cell(Expression expression, ColumnInfo column) throws SqlServerException {
        if (expression instanceof Expression.Default) {
            return "DEFAULT";
        }
        return Coercion.assignment(translation.expressions().value(expression, null), column.type());
    }

    private static void checkCount(int given, int wanted, Statement.Insert insert, boolean values)
            throws SqlServerException {
        if (given == wanted) {
            return;
        }
        if (insert.columns().isEmpty()) {
            throw new SqlServerException(
                    213, 1, 16, "Column name or number of supplied values does not match table definition.");
        }
        String clause = values ? "VALUES" : "SELECT";
        boolean more = wanted > given;
        int number = values ? (more ? 109 : 110) : more ? 120 : 121;
        throw new SqlServerException(
                number,
                1,
                15,
                values
                        ? String.format(
                                Locale.ROOT,
                                "There are %s columns in the INSERT statement than values specified in the %s clause."
                                        + " The number of values in the VALUES clause must match the number of columns"
                                        + " specified in the INSERT statement.",
                                more ? "more" : "fewer",
                                clause)
                        : String.format(
                                Locale.ROOT,
                                "The select list for the INSERT statement contains %s items than the insert list. The"
                                        + " number of SELECT values must match the number of INSERT columns.",
                                more ? "fewer" : "more"));
    }

    private String query(Query query, List<ColumnInfo> columns, Statement.Insert insert) throws SqlServerException {
        List<Query.Cte> with = new ArrayList<>(insert.with());
        with.addAll(query.with());
        TranslatedQuery translated = translation.query(query.withCtes(with));
        checkCount(translated.columns().size(), columns.size(), insert, false);
        String limit = translation.queries().limit(insert.top());
        List<String> items = new ArrayList<>();
        List<String> names = new ArrayList<>();
        boolean plain = limit.isEmpty();
        for (int i = 0; i < columns.size(); i++) {
            String name = SqlText.quote("c" + i);
            String item = Coercion.assignment(
                    Operand.of(name, translated.columns().get(i).type()),
                    columns.get(i).type());
            names.add(name);
            items.add(item);
            plain &= item.equals(name);
        }
        if (plain) {
            return translated.sql();
        }
        return "SELECT " + String.join(", ", items) + " FROM (" + translated.sql() + ") AS \"source\"("
                + String.join(", ", names) + ")" + limit;
    }
}
