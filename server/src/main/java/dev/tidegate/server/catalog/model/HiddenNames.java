package dev.tidegate.server.catalog.model;

import java.util.concurrent.atomic.AtomicLong;

/** Names of what a transaction has dropped and may yet bring back: no statement finds them, and the catalog does not show them. */
public final class HiddenNames {
    /** What such a name begins with. */
    public static final String PREFIX = "~tidegate~dropped~";

    private static final AtomicLong LAST = new AtomicLong();

    private HiddenNames() {}

    /** One that was never given before in this process. */
    public static String next() {
        return PREFIX + LAST.incrementAndGet();
    }

    public static boolean isHidden(String name) {
        return name.startsWith(PREFIX);
    }
}
