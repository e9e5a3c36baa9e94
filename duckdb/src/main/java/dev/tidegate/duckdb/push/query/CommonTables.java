package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The names of WITH that a query sees. Immutable; a query with a WITH of its own makes another. */
final class CommonTables {
    static final CommonTables NONE = new CommonTables(Map.of());

    private final Map<String, Entry> entries;

    private CommonTables(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** @param visible what stands before it */
    record Entry(Node query, List<String> names, CommonTables visible) {}

    boolean has(String name) {
        return entries.containsKey(name.toLowerCase(Locale.ROOT));
    }

    Entry get(String name) {
        return entries.get(name.toLowerCase(Locale.ROOT));
    }

    CommonTables with(Node query) throws Untranslatable {
        CommonTables all = this;
        Node map = query.child("cte_map").orElse(null);
        for (Node entry : map == null ? List.<Node>of() : map.children("map")) {
            Node value = entry.child("value").orElseThrow(() -> new Untranslatable("a WITH that is not understood"));
            Node body =
                    value.child("query_node").orElseThrow(() -> new Untranslatable("a WITH that is not understood"));
            if (value.has("key_targets")) {
                throw new Untranslatable("a recursive WITH");
            }
            Map<String, Entry> more = new TreeMap<>(all.entries);
            more.put(entry.text("key").toLowerCase(Locale.ROOT), new Entry(body, value.texts("aliases"), all));
            all = new CommonTables(more);
        }
        return all;
    }
}
