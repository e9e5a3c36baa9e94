package dev.tidegate.duckdb.push.remote;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names for the result columns of a table function that scans a table. A plan shows a computed value by the name that the statement gives
 * it, without quotes, so a condition is believed to be about a scan's column only if it has a name that no statement gives. These have a
 * random number in them, drawn once for each function, and read as plain names.
 *
 * <p>The function has to declare its columns by these names, whatever the table calls them; only the SELECT of the view over it, which
 * gives them their own names, may use them. No message may tell them, and they are not for keeping. Immutable.
 */
public final class ScanNames {
    private static final Pattern FORM = Pattern.compile("c\\d+_([0-9a-f]{16})");

    private final String nonce;

    private ScanNames(String nonce) {
        this.nonce = nonce;
    }

    /** Names that have not been given before. */
    public static ScanNames random() {
        return new ScanNames(HexFormat.of().toHexDigits(new SecureRandom().nextLong()));
    }

    /** @param index of the column among those that the function declares */
    public String of(int index) {
        return "c" + index + "_" + nonce;
    }

    /** What a statement must not have in it for {@code name} to be a scan's column; empty for a name that is none of these. */
    public static Optional<String> nonce(String name) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
