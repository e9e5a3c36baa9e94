package dev.tidegate.server.h2.routine;

import java.util.HashMap;
import java.util.Map;

/** Tells how to make the routines callable in an H2 database, in the schema TIDEGATE. */
public final class RoutineInstaller {
    private static final Map<String, String> CONVERSIONS = Map.ofEntries(
            Map.entry("TO_BIT", "toBit"),
            Map.entry("TO_LONG", "toLong"),
            Map.entry("TO_NUMERIC", "toNumeric"),
            Map.entry("TO_DOUBLE", "toDouble"),
            Map.entry("TO_DATE", "toDate"),
            Map.entry("TO_TIME", "toTime"),
            Map.entry("TO_STAMP", "toStamp"),
            Map.entry("TO_OFFSET_STAMP", "toOffsetStamp"),
            Map.entry("TO_BINARY", "toBinary"),
            Map.entry("TO_GUID", "toGuid"),
            Map.entry("TO_TEXT", "toText"),
            Map.entry("TO_VARIANT", "toVariant"),
            Map.entry("TO_VECTOR", "toVector"),
            Map.entry("PAD_TEXT", "padText"),
            Map.entry("FIT_TEXT", "fitText"),
            Map.entry("PAD_BINARY", "padBinary"));
    private static final Map<String, String> TEXT = Map.ofEntries(
            Map.entry("LEN", "len"),
            Map.entry("CHARINDEX", "charIndex"),
            Map.entry("PATINDEX", "patIndex"),
            Map.entry("IS_LIKE", "isLike"),
            Map.entry("STUFF", "stuff"),
            Map.entry("REPLICATE", "replicate"),
            Map.entry("SUBSTRING", "substring"),
            Map.entry("RIGHT", "right"),
            Map.entry("REPLACE", "replace"),
            Map.entry("TRANSLATE", "translate"),
            Map.entry("QUOTENAME", "quoteName"),
            Map.entry("REVERSE", "reverse"),
            Map.entry("UPPER", "upper"),
            Map.entry("LOWER", "lower"),
            Map.entry("STR", "str"),
            Map.entry("UNICODE", "unicode"),
            Map.entry("ASCII", "ascii"),
            Map.entry("CHAR", "character"),
            Map.entry("NCHAR", "unicodeCharacter"),
            Map.entry("TRIM", "trim"),
            Map.entry("HASHBYTES", "hashBytes"),
            Map.entry("UTF16", "utf16"),
            Map.entry("CODE_PAGE", "codePage"),
            Map.entry("IN_CODE_PAGE", "inCodePage"),
            Map.entry("SPLIT_COUNT", "splitCount"),
            Map.entry("SPLIT_PART", "splitPart"),
            Map.entry("STRING_SPLIT", "stringSplit"));
    private static final Map<String, String> DATES = Map.ofEntries(
            Map.entry("DATEADD", "add"),
            Map.entry("DATEADD_OFFSET", "addOffset"),
            Map.entry("DATEDIFF", "difference"),
            Map.entry("DATEPART", "part"),
            Map.entry("DATENAME", "name"),
            Map.entry("DATETRUNC", "truncate"),
            Map.entry("OFFSET_MINUTES", "offsetMinutes"),
            Map.entry("EOMONTH", "endOfMonth"),
            Map.entry("DATE_FROM_PARTS", "dateFromParts"),
            Map.entry("STAMP_FROM_PARTS", "timestampFromParts"),
            Map.entry("TIME_FROM_PARTS", "timeFromParts"),
            Map.entry("SWITCHOFFSET", "switchOffset"),
            Map.entry("TODATETIMEOFFSET", "toOffset"));
    private static final Map<String, String> NUMBERS = Map.of(
            "ROUND",
            "round",
            "ISNUMERIC",
            "isNumeric",
            "ISDATE",
            "isDate",
            "FORMAT_NUMBER",
            "formatNumber",
            "FORMAT_DATE",
            "formatDate",
            "CHECKSUM",
            "checksum",
            "ROWVERSION",
            "rowVersion");

    private static final Map<String, String> VARIANTS =
            Map.of("VARIANT_KEY", "key", "VARIANT_LENGTH", "dataLength", "VARIANT_PROPERTY", "property");

    private RoutineInstaller() {}

    /** The sequence that rowversion columns draw on. */
    public static final String SEQUENCE = "CREATE SEQUENCE IF NOT EXISTS TIDEGATE.ROW_VERSIONS START WITH 2001";

    /** The SQL that makes each routine callable, unless it is there, by its name in the schema TIDEGATE. */
    public static Map<String, String> definitions() {
        Map<String, String> definitions = new HashMap<>();
        add(definitions, ConversionRoutines.class, CONVERSIONS);
        add(definitions, TextRoutines.class, TEXT);
        add(definitions, DateRoutines.class, DATES);
        add(definitions, NumberRoutines.class, NUMBERS);
        add(definitions, VariantRoutines.class, VARIANTS);
        add(definitions, VectorRoutines.class, Map.of("VECTOR_DISTANCE", "distance"));
        return definitions;
    }

    private static void add(Map<String, String> definitions, Class<?> routines, Map<String, String> names) {
        for (Map.Entry<String, String> entry : names.entrySet()) {
            String name = "T_" + entry.getKey();
            definitions.put(
                    name,
                    "CREATE ALIAS IF NOT EXISTS TIDEGATE.\"" + name + "\" DETERMINISTIC FOR '" + routines.getName()
                            + "." + entry.getValue() + "'");
        }
    }
}
