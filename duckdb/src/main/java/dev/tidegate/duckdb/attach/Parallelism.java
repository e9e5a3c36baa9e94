package dev.tidegate.duckdb.attach;

import java.util.Locale;

/**
 * By how many connections a table is read.
 *
 * @param connections at most
 * @param isAsked whether it was a number that was asked for: then also where it may not be worth it, and where the server has no snapshot for
 *     all of them
 */
public record Parallelism(int connections, boolean isAsked) {
    /** More than a server's table is worth, and a typing error rather than a wish. */
    private static final int MOST = 64;

    private static final int AUTOMATIC = 4;

    public static final Parallelism OFF = new Parallelism(1, false);
    public static final Parallelism AUTO = new Parallelism(AUTOMATIC, false);

    /**
     * @param name of the setting, for the error
     * @param value off, auto or a number
     * @throws IllegalArgumentException if it is none of them
     */
    public static Parallelism of(String name, String value) {
        String folded = value.trim().toLowerCase(Locale.ROOT);
        switch (folded) {
            case "off", "false", "1":
                return OFF;
            case "auto", "true":
                return AUTO;
            default:
                try {
                    int connections = Integer.parseInt(folded);
                    if (connections > 1 && connections <= MOST) {
                        return new Parallelism(connections, true);
                    }
                } catch (NumberFormatException e) {
                    // Said below.
                }
                throw new IllegalArgumentException(
                        name + " is off, auto or a number of connections from 1 to " + MOST + ", not '" + value + "'");
        }
    }

    /** As {@link #of} takes it. */
    @Override
    public String toString() {
        return isAsked ? Integer.toString(connections) : connections == 1 ? "off" : "auto";
    }
}
