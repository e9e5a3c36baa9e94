package dev.tidegate.duckdb.load;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DuckDB type as DESCRIBE names it.
 *
 * @param precision of DECIMAL, else 0
 * @param scale of DECIMAL, else 0
 * @param text the name itself, for messages
 */
record DuckType(Kind kind, int precision, int scale, String text) {
    /** The types that a load tells apart. */
    enum Kind {
        BOOLEAN,
        /** TINYINT to BIGINT and UTINYINT to UINTEGER: all that fits 64 bits with a sign. */
        INTEGER,
        UBIGINT,
        HUGEINT,
        UHUGEINT,
        FLOAT,
        DOUBLE,
        DECIMAL,
        /** VARCHAR, JSON and ENUM. */
        TEXT,
        BLOB,
        UUID,
        DATE,
        TIME,
        TIME_NS,
        TIMESTAMP,
        TIMESTAMP_NS,
        TIMESTAMPTZ,
        /** Lists, structs, maps, intervals and the rest: no SQL Server type holds them. */
        OTHER
    }

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");

    private static final Map<String, Kind> BY_NAME = Map.ofEntries(
            Map.entry("BOOLEAN", Kind.BOOLEAN),
            Map.entry("TINYINT", Kind.INTEGER),
            Map.entry("SMALLINT", Kind.INTEGER),
            Map.entry("INTEGER", Kind.INTEGER),
            Map.entry("BIGINT", Kind.INTEGER),
            Map.entry("UTINYINT", Kind.INTEGER),
            Map.entry("USMALLINT", Kind.INTEGER),
            Map.entry("UINTEGER", Kind.INTEGER),
            Map.entry("UBIGINT", Kind.UBIGINT),
            Map.entry("HUGEINT", Kind.HUGEINT),
            Map.entry("UHUGEINT", Kind.UHUGEINT),
            Map.entry("FLOAT", Kind.FLOAT),
            Map.entry("DOUBLE", Kind.DOUBLE),
            Map.entry("VARCHAR", Kind.TEXT),
            Map.entry("JSON", Kind.TEXT),
            Map.entry("BLOB", Kind.BLOB),
            Map.entry("UUID", Kind.UUID),
            Map.entry("DATE", Kind.DATE),
            Map.entry("TIME", Kind.TIME),
            Map.entry("TIME_NS", Kind.TIME_NS),
            Map.entry("TIMESTAMP", Kind.TIMESTAMP),
            Map.entry("TIMESTAMP_S", Kind.TIMESTAMP),
            Map.entry("TIMESTAMP_MS", Kind.TIMESTAMP),
            Map.entry("TIMESTAMP_NS", Kind.TIMESTAMP_NS),
            Map.entry("TIMESTAMP WITH TIME ZONE", Kind.TIMESTAMPTZ));

    static DuckType parse(String text) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            return new DuckType(
                    Kind.DECIMAL, Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)), text);
        }
        Kind kind = text.startsWith("ENUM(") && text.endsWith(")") ? Kind.TEXT : BY_NAME.getOrDefault(text, Kind.OTHER);
        return new DuckType(kind, 0, 0, text);
    }
}
