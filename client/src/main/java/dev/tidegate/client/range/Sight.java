package dev.tidegate.client.range;

/** What several connections see of a table that others write to meanwhile. */
public enum Sight {
    /**
     * All see the table as it was at one moment. The database has to allow snapshot isolation. To meet that moment, writers of the table
     * are kept waiting for as long as the connections need to begin, a few round trips each.
     */
    SNAPSHOT,
    /** Each range is read for itself, read committed: a row that is changed meanwhile may be missing, or be there twice. */
    EACH_FOR_ITSELF
}
