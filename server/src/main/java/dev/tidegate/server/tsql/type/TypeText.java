package dev.tidegate.server.tsql.type;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a type from the text that {@link SqlType#toString} writes, or that a person writes. Thread-safe. */
public final class TypeText {
    private static final Pattern SHAPE = Pattern.compile(
            "\\s*([a-z_0-9 ]+?)\\s*(?:\\(\\s*(\\d{1,9}|max)\\s*(?:,\\s*(\\d{1,9})\\s*)?\\))?\\s*",
            Pattern.CASE_INSENSITIVE);

    private static final ConcurrentHashMap<String, SqlType> KNOWN = new ConcurrentHashMap<>();
    private static final int MOST_DIMENSIONS = 1998;
    private static final int MOST_KNOWN = 10_000;

    private TypeText() {}

    /** @return empty if the text is not a type, or its length, precision or scale is out of range */
    public static Optional<SqlType> parse(String text) {
        SqlType known = KNOWN.get(text);
        if (known != null) {
            return Optional.of(known);
        }
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<SqlType> type = of(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), matcher.group(3));
        type.filter(t -> KNOWN.size() < MOST_KNOWN).ifPresent(t -> KNOWN.put(text, t));
        return type;
    }

    /**
     * A type from its parts.
     *
     * @param first length, precision or scale, or {@code max}; null if not given
     * @param second scale; null if not given
     */
    public static Optional<SqlType> of(String name, String first, String second) {
        if (name.equalsIgnoreCase("sysname")) {
            return Optional.of(SqlType.SYSNAME);
        }
        Optional<TypeKind> kind = TypeKind.ofName(name);
        if (kind.isEmpty() || (second != null && !kind.get().isDecimal())) {
            return Optional.empty();
        }
        boolean max = first != null && first.equalsIgnoreCase("max");
        int number = first == null || max ? -1 : number(first);
        return Optional.ofNullable(
                switch (kind.get()) {
                    case CHAR, NCHAR, BINARY -> max ? null : sized(kind.get(), first == null ? 1 : number);
                    case VARCHAR, NVARCHAR, VARBINARY ->
                        max ? SqlType.sized(kind.get(), SqlType.MAX) : sized(kind.get(), first == null ? 1 : number);
                    case DECIMAL, NUMERIC ->
                        max
                                ? null
                                : decimal(kind.get(), first == null ? 18 : number, second == null ? 0 : number(second));
                    case TIME, DATETIME2, DATETIMEOFFSET ->
                        max || number > 7 ? null : new SqlType(kind.get(), 0, 0, first == null ? 7 : number);
                    case FLOAT ->
                        first == null
                                ? SqlType.FLOAT
                                : max || number < 1 || number > 53 ? null : number <= 24 ? SqlType.REAL : SqlType.FLOAT;
                    case VECTOR ->
                        first == null || max || number < 1 || number > MOST_DIMENSIONS ? null : SqlType.vector(number);
                    case REAL -> first == null ? SqlType.REAL : null;
                    default -> first == null ? SqlType.plain(kind.get()) : null;
                });
    }

    /** @return beyond every type's range if the number is below 0 or no int */
    private static int number(String digits) {
        boolean small = digits.length() < 10 && !digits.startsWith("-");
        return small ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }

    private static SqlType sized(TypeKind kind, int length) {
        int most = kind.isNational() ? 4000 : 8000;
        return length < 1 || length > most ? null : new SqlType(kind, length, 0, 0);
    }

    private static SqlType decimal(TypeKind kind, int precision, int scale) {
        return precision < 1 || precision > 38 || scale > precision ? null : new SqlType(kind, 0, precision, scale);
    }
}
