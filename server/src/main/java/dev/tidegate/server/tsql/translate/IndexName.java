package dev.tidegate.server.tsql.translate;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The names of indexes: each table has its own, but in H2 those of a schema have to differ. */
public final class IndexName {
    private static final String MARK = "~ix";
    private static final Pattern ENDING = Pattern.compile(MARK + "[0-9a-f]{16}$");

    private IndexName() {}

    /** A name for H2 that no other index has. */
    public static String inH2(String name) {
        return name + MARK
                + String.format(Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong());
    }

    /** The name that T-SQL knows. */
    public static String shown(String inH2) {
        return ENDING.matcher(inH2).replaceFirst("");
    }
}
