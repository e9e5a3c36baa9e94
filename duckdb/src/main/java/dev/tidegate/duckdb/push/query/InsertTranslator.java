package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Assignments;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.ArrayList;
import java.util.List;

/** INSERT of a query's rows, whose values become those that DuckDB would have inserted. */
public final class InsertTranslator {
    private static final String ROWS = "tidegate_rows";

    private InsertTranslator() {}

    /** @param columns that the query's are for, as many */
    public static Tsql insert(Translated query, RemoteTable target, List<RemoteColumn> columns) throws Untranslatable {
        List<Tsql> names = new ArrayList<>();
        List<Tsql> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Tsql name = Tsql.name(columns.get(i).name());
            Tsql place = Tsql.of("{}.{}", Tsql.name(ROWS), Tsql.name(Translated.columnName(i)));
            names.add(name);
            values.add(Assignments.value(
                    Scalar.column(name, columns.get(i)),
                    query.outputs().get(i).value().as(place)));
        }
        return Tsql.of(
                "INSERT INTO " + target.sqlName() + " ({}) SELECT {} FROM ({}) AS {}",
                Tsql.join(", ", names),
                Tsql.join(", ", values),
                query.sql(),
                Tsql.name(ROWS));
    }
}
