package dev.tidegate.duckdb.load;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** uniqueidentifier, from texts of 36 characters, with or without braces around them. */
final class WrittenUuidSource extends UuidSource {
    private static final Pattern FORM =
            Pattern.compile("\\{?\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}}?");

    WrittenUuidSource(String column) {
        super(column);
    }

    @Override
    BigInteger read(int row) {
        String text = text(row);
        if (!FORM.matcher(text).matches() || text.startsWith("{") != text.endsWith("}")) {
            throw misfit(row, text, "that is not a uniqueidentifier: 8-4-4-4-12 hexadecimal digits");
        }
        return new BigInteger(text.replaceAll("[-{}]", ""), 16);
    }
}
