package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.function.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Translates OUTPUT clauses: H2 gives the rows of a change as they were, or as they have become, but not both. */
final class OutputTranslator {
    /** What is done to the rows. */
    enum Change {
        INSERT,
        UPDATE,
        DELETE,
        MERGE
    }

    private final Translation translation;

    OutputTranslator(Translation translation) {
        this.translation = translation;
    }

    TranslatedDml apply(Statement.Output output, String change, TableInfo table, Change kind)
            throws SqlServerException {
        if (output == null) {
            return new TranslatedDml(change, null, table);
        }
        boolean inserted = names(output, "inserted");
        boolean deleted = names(output, "deleted");
        if ((inserted && kind == Change.DELETE) || (deleted && kind == Change.INSERT)) {
            throw KnownError.UNBOUND_IDENTIFIER.exception((inserted ? "inserted" : "deleted"));
        }
        String alias = deleted || kind == Change.DELETE ? "deleted" : "inserted";
        Scope scope = new Scope(null);
        scope.add(new Scope.Source(alias, List.of(alias), table.columns()));
        List<String> items = new ArrayList<>();
        List<ColumnInfo> columns = new ArrayList<>();
        for (Query.Item item : output.items()) {
            item(item, scope, items, columns);
        }
        String rows = "SELECT " + String.join(", ", items) + " FROM " + (alias.equals("deleted") ? "OLD" : "FINAL")
                + " TABLE (" + change + ") AS \"" + alias + "\"";
        return output.into() == null ? new TranslatedDml(rows, columns, table) : into(output, rows, columns, table);
    }

    /** Whether an OUTPUT clause speaks of the rows as they were and as they have become. */
    static boolean namesBoth(Statement.Output output) {
        return output != null && names(output, "inserted") && names(output, "deleted");
    }

    private static boolean names(Statement.Output output, String image) {
        return output.items().stream()
                .anyMatch(item -> item.toString().toLowerCase(Locale.ROOT).contains("[" + image));
    }

    private TranslatedDml into(Statement.Output output, String rows, List<ColumnInfo> columns, TableInfo changed)
            throws SqlServerException {
        TableInfo target = translation.table(output.into());
        List<String> names = new ArrayList<>(output.intoColumns());
        if (names.isEmpty()) {
            target.columns().stream()
                    .filter(c -> !c.identity() && !c.computed())
                    .forEach(c -> names.add(c.name()));
        }
        if (names.size() != columns.size()) {
            throw KnownError.VALUE_COUNT_MISMATCH.exception();
        }
        String list = String.join(", ", names.stream().map(SqlText::quote).toList());
        return new TranslatedDml("INSERT INTO " + target.sql() + " (" + list + ") " + rows, null, changed);
    }

    private void item(Query.Item item, Scope scope, List<String> items, List<ColumnInfo> columns)
            throws SqlServerException {
        switch (item) {
            case Query.Star star -> {
                for (ColumnInfo column : scope.sources().getFirst().columns()) {
                    items.add(SqlText.quote(scope.sources().getFirst().alias()) + "." + SqlText.quote(column.name()));
                    columns.add(column);
                }
            }
            case Query.Value value -> {
                Operand operand = translation.expressions().value(value.expression(), scope);
                String name = value.alias() != null
                        ? value.alias()
                        : value.expression() instanceof Expression.Column column ? column.name() : "";
                items.add(operand.sql());
                columns.add(new ColumnInfo(name, operand.type(), operand.nullable()));
            }
            case Query.Assignment a ->
                throw KnownError.INCORRECT_SYNTAX.exception(a.variable());
        }
    }
}
