package dev.tidegate.cli.copy;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.client.column.Loss;
import dev.tidegate.duckdb.load.TextColumns;
import dev.tidegate.duckdb.text.TextType;
import java.util.Set;

/** SQL that makes values of DuckDB's types out of the texts of a file. */
final class TextCast {
    private static final String TEXT = "VARCHAR";
    private static final String BINARY = "BLOB";
    private static final String INSTANT = "TIMESTAMP WITH TIME ZONE";
    private static final String HEXADECIMAL = "0[xX]([0-9a-fA-F]{2})*";
    private static final String WHOLE_NUMBER = "[-+]?[0-9]+";

    private TextCast() {}

    /**
     * A column's texts as values that lose nothing.
     *
     * @param wanted the type that they will be cast to, which a later check watches over; null for the narrowest
     */
    static String exact(TextColumns.Column column, String wanted, Set<Loss> allowed) {
        String text = Identifiers.duckdb(column.name());
        String own = column.type().duckdb(allowed);
        if (wanted == null) {
            return cast("CAST", text, own);
        }
        if (wanted.equals(TEXT)) {
            return text;
        }
        if (wanted.equals(BINARY)) {
            return checked(column.name(), HEXADECIMAL, unhex(text), "a binary value is written 0x and hexadecimal digits");
        }
        if (wanted.startsWith("DECIMAL(") && column.type().precision() > 0) {
            return cast("CAST", text, column.type().decimal());
        }
        if (own.equals(TEXT) && isRounding(wanted)) {
            return checked(
                    column.name(),
                    wanted.endsWith("INT") || wanted.equals("INTEGER") ? WHOLE_NUMBER : "",
                    cast("CAST", text, wanted),
                    "as " + wanted + " it could be another one");
        }
        return cast("CAST", text, own);
    }

    /** @param type null leaves it a text */
    static String tried(String column, String type) {
        String text = Identifiers.duckdb(column);
        if (type == null || type.equals(TEXT)) {
            return text;
        }
        return type.equals(BINARY)
                ? "CASE WHEN regexp_full_match(" + text + ", '" + HEXADECIMAL + "') THEN " + unhex(text) + " END"
                : cast("TRY_CAST", text, type);
    }

    private static String cast(String how, String text, String type) {
        return switch (type) {
            case TEXT -> text;
            // DuckDB takes no space before an offset.
            case INSTANT -> how + "(replace(replace(" + text + ", ' +', '+'), ' -', '-') AS " + type + ")";
            default -> how + "(" + text + " AS " + type + ")";
        };
    }

    private static String unhex(String text) {
        return "unhex(substr(" + text + ", 3))";
    }

    private static String checked(String column, String form, String value, String reason) {
        String text = Identifiers.duckdb(column);
        return "CASE WHEN " + text + " IS NULL THEN NULL WHEN regexp_full_match(" + text + ", '" + form + "') THEN "
                + value + " ELSE error(" + Identifiers.literal("column " + text + ": the value ") + " || " + text
                + " || " + Identifiers.literal(" does not go into the table: " + reason) + ") END";
    }

    /** True for types into which DuckDB casts text by rounding or cutting it. */
    private static boolean isRounding(String type) {
        return type.endsWith("INT")
                || type.equals("INTEGER")
                || type.equals("FLOAT")
                || type.equals("DOUBLE")
                || type.startsWith("DECIMAL(")
                || type.startsWith("DATE")
                || type.startsWith("TIME");
    }
}
