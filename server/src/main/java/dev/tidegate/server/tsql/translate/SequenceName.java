package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.tsql.ast.ObjectName;

/** Names of sequences for H2. */
public final class SequenceName {
    private SequenceName() {}

    public static String sql(ObjectName name) {
        String schema = name.schema().isEmpty() ? "dbo" : name.schema();
        return SqlText.quote(schema) + "." + SqlText.quote(name.name());
    }
}
