package dev.tidegate.jdbc.soak;

/** What the driver has said of a change, and so what the server may have of it. */
enum Fate {
    /** The commit was confirmed: it must be there. */
    CONFIRMED,
    /** Rolled back, or never committed: it must not be there. */
    ABSENT,
    /** The line broke before the commit's answer, or the change has not come to its end: all of it or nothing. */
    UNKNOWN
}
