package dev.tidegate.jdbc;

/** A row of a catalog view; a column that the server's version does not have is 0, or null. */
record CatalogRow(Lookup answer, Object[] row) {
    /** Also of a bit, of which true is 1; 0 for NULL. */
    long number(String column) {
        Object value = answer.value(row, column);
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value instanceof Number number ? number.longValue() : 0;
    }

    /** Null for NULL. */
    String text(String column) {
        Object value = answer.value(row, column);
        return value == null ? null : value.toString();
    }

    boolean isNull(String column) {
        return answer.value(row, column) == null;
    }
}
