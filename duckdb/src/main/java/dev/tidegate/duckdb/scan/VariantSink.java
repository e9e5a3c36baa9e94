package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.VariantText;
import dev.tidegate.tds.row.ColumnSink;
import java.util.Set;

/** sql_variant, as the text of each value in the form in which DuckDB would write it. */
final class VariantSink extends TextSink {
    VariantSink(String column, Set<Loss> allowed) {
        super(column, allowed);
    }

    @Override
    ColumnSink entrance() {
        return new VariantText(this);
    }
}
