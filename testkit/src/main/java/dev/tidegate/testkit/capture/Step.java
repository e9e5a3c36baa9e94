package dev.tidegate.testkit.capture;

import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that the recording client did.
 *
 * @param number from 1; 1 also for a command line client, whose only step has no number in the file
 * @param action what was executed
 * @param expectations what the client got, in order
 */
public record Step(int number, String action, List<Expectation> expectations) {
    public Step {
        expectations = List.copyOf(expectations);
    }

    /** The expectations of one kind, in order. */
    public <E extends Expectation> Stream<E> expectations(Class<E> kind) {
        return expectations.stream().filter(kind::isInstance).map(kind::cast);
    }
}
