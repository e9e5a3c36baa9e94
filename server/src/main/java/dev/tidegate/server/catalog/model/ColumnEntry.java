package dev.tidegate.server.catalog.model;

import dev.tidegate.server.tsql.type.SqlType;

/**
 * A column of a table or view.
 *
 * @param id its ordinal, from 1
 * @param identity null if the column is no identity column
 * @param defaultValue null if the column has none
 * @param computedText the T-SQL of a computed column, else null
 */
public record ColumnEntry(
        int id,
        String name,
        SqlType type,
        boolean nullable,
        Identity identity,
        Default defaultValue,
        String computedText) {

    /** @param last the last value given out, null if there was none */
    public record Identity(long seed, long increment, Long last) {}

    /** A DEFAULT constraint: an object of its own. */
    public record Default(int objectId, String name, String text) {}
}
