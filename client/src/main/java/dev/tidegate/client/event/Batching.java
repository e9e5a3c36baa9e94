package dev.tidegate.client.event;

/** A batch of a prepared statement on its way. */
@FunctionalInterface
public interface Batching {
    /** Of what nobody records. */
    Batching NONE = (way, loaded, outcome) -> {};

    /**
     * It has ended.
     *
     * @param way LOADED, or why it went by calls; null if its load was ended from outside
     * @param loaded rows of it that went as a bulk load
     * @param outcome DONE, or the SQLState of its first error
     */
    void end(String way, long loaded, String outcome);
}
