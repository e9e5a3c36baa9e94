package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Scalars;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.ArrayList;
import java.util.List;

/** The columns that a SELECT gives. */
record SelectList(Scalars scalars, List<Source> sources) {
    List<Translated.Output> outputs(List<Node> items) throws Untranslatable {
        List<Translated.Output> outputs = new ArrayList<>();
        for (Node item : items) {
            if (item.text("class").equals("STAR")) {
                star(item, outputs);
            } else {
                Scalar value = scalars.value(item);
                List<String> path = item.texts("column_names");
                String own = path.isEmpty() ? "" : path.get(path.size() - 1);
                outputs.add(new Translated.Output(item.text("alias").isEmpty() ? own : item.text("alias"), value));
            }
        }
        return outputs;
    }

    private void star(Node star, List<Translated.Output> outputs) throws Untranslatable {
        for (String part :
                List.of("exclude_list", "replace_list", "columns", "expr", "qualified_exclude_list", "rename_list")) {
            if (star.has(part)) {
                throw new Untranslatable("a * that leaves out or replaces columns");
            }
        }
        String table = star.text("relation_name");
        int before = outputs.size();
        for (Source source : sources) {
            if (table.isEmpty() || table.equalsIgnoreCase(source.name())) {
                for (Source.Column column : source.columns()) {
                    if (!column.hidden() || !table.isEmpty()) {
                        outputs.add(new Translated.Output(column.name(), column.value()));
                    }
                }
            }
        }
        if (outputs.size() == before) {
            throw new Untranslatable("a * of no table");
        }
    }
}
