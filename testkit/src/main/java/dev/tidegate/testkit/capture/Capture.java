package dev.tidegate.testkit.capture;

import java.util.List;
import java.util.stream.Stream;

/**
 * A recorded dialogue on one connection. Read by {@link Captures}.
 *
 * @param name of the file, without its ending
 * @param about what the dialogue shows
 * @param client which client recorded it, and in which version
 * @param setup SQL that was run before, on another connection
 * @param messages of both directions, in the order in which they began; TLS is left out
 */
public record Capture(
        String name,
        String about,
        String client,
        List<String> setup,
        List<Step> steps,
        List<RecordedMessage> messages) {
    public Capture {
        setup = List.copyOf(setup);
        steps = List.copyOf(steps);
        messages = List.copyOf(messages);
    }

    public Stream<RecordedMessage> messages(Direction direction) {
        return messages.stream().filter(message -> message.direction() == direction);
    }

    /** False if nothing in the file tells which packets belong to which step. */
    public boolean hasStepMarks() {
        return messages.stream().anyMatch(message -> message.step() > 0);
    }

    /** What the server sent in a step. */
    public List<RecordedMessage> answers(Step step) {
        return messages(Direction.SERVER)
                .filter(message -> message.step() == step.number())
                .toList();
    }

    /** True for the files that hold something that is not TDS, on purpose. */
    public boolean isMalformed() {
        return name.startsWith("malformed-");
    }

    /** Shows the name, which is what a test's report needs. */
    @Override
    public String toString() {
        return name;
    }
}
