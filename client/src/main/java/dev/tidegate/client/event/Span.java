package dev.tidegate.client.event;

/** Something that takes its time, and is recorded once it has ended. */
@FunctionalInterface
public interface Span {
    /** Of what nobody records. */
    Span NONE = outcome -> {};

    /** It has ended; the first call counts. Any thread. */
    void end(String outcome);
}
