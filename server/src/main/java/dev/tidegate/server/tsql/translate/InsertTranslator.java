package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
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
                throw KnownError.UNSUPPORTED.exception("INSERT … EXECUTE is not supported by this server.");
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
                throw KnownError.IDENTITY_NEEDS_COLUMN_LIST.exception(table.name());
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
                    .orElseThrow(() -> KnownError.INVALID_COLUMN.exception(name));
            checkWritable(table, column);
            if (!seen.add(name)) {
                throw KnownError.COLUMN_SET_TWICE.exception(name);
            }
            columns.add(column);
        }
        if (identityInsert
                && table.identity().filter(c -> !seen.contains(c.name())).isPresent()) {
            throw KnownError.IDENTITY_VALUE_MISSING.exception(table.name());
        }
        return columns;
    }

    private void checkWritable(TableInfo table, ColumnInfo column) throws SqlServerException {
        if (column.identity() && !identityInsert) {
            throw KnownError.IDENTITY_INSERT_OFF.exception(table.name());
        }
        if (column.computed()) {
            throw KnownError.COMPUTED_COLUMN_MODIFIED.exception(column.name());
        }
        if (column.type().kind() == TypeKind.ROWVERSION) {
            throw KnownError.TIMESTAMP_INSERT.exception();
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
            throw KnownError.VALUE_COUNT_MISMATCH.exception();
        }
        boolean more = wanted > given;
        KnownError error = values
                ? more ? KnownError.MORE_COLUMNS_THAN_VALUES : KnownError.FEWER_COLUMNS_THAN_VALUES
                : more ? KnownError.SELECT_TOO_FEW_ITEMS : KnownError.SELECT_TOO_MANY_ITEMS;
        throw error.exception();
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
