package dev.tidegate.server.h2;

import dev.tidegate.server.catalog.Catalog;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.h2.engine.SessionLocal;
import org.h2.table.Table;

/**
 * What H2 calls the session's temporary tables: by their own names, unless a table that the open transaction has dropped still has the
 * name, which H2 cannot change. Used by one thread.
 */
final class TemporaryNames {
    /** A name that {@link #forNew} has found. */
    private static final Pattern OTHER = Pattern.compile("(#[^\\s~'\"]+)~\\d+");

    private final SessionLocal session;
    private final Map<String, String> inH2 = new HashMap<>();
    /** The tables themselves, because H2 takes the name from one that is gone. */
    private final Set<Table> dropped = Collections.newSetFromMap(new IdentityHashMap<>());

    private int last;

    TemporaryNames(SessionLocal session) {
        this.session = session;
    }

    /** A message with the names that T-SQL knows in place of H2's. */
    static String shown(String message) {
        return message.contains("#") ? OTHER.matcher(message).replaceAll("$1") : message;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** @return null if there is none */
    Table find(String name) {
        Table table = session.findLocalTempTable(inH2.getOrDefault(key(name), name));
        return table == null || dropped.contains(table) ? null : table;
    }

    /** What to call a new table in H2. */
    String forNew(String name) {
        String known = inH2.getOrDefault(key(name), name);
        if (session.findLocalTempTable(known) == null) {
            return known;
        }
        String other = name + "~" + ++last;
        inH2.put(key(name), other);
        return other;
    }

    void hide(Table table) {
        dropped.add(table);
        table.setComment(Catalog.DROPPED);
    }

    void show(String name, Table table) {
        dropped.remove(table);
        table.setComment(null);
        inH2.put(key(name), table.getName());
    }

    void forget(Table table) {
        dropped.remove(table);
    }
}
