package dev.tidegate.testkit.capture;

import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.ReturnValue;
import dev.tidegate.tds.token.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/** What a server answered, sorted by kind. */
final class Answer {
    /** A result with all its rows; {@code rowCount} is -1 if the server told none. */
    static final class Result {
        final List<Column> columns;
        final List<Object[]> rows = new ArrayList<>();
        long rowCount = -1;

        private Result(List<Column> columns) {
            this.columns = columns;
        }
    }

    final List<Result> results = new ArrayList<>();
    final List<Long> updateCounts = new ArrayList<>();
    final List<ServerMessage> messages = new ArrayList<>();
    final List<Integer> returnStatuses = new ArrayList<>();
    final List<ReturnValue> returnValues = new ArrayList<>();
    private Result open;

    /** All that the server sent in one step, 0 for a dialogue without step marks. */
    static Answer of(List<Dialogue.Decoded> dialogue, int step) {
        Answer answer = new Answer();
        for (Dialogue.Decoded decoded : dialogue) {
            RecordedMessage message = decoded.message();
            if (message.direction() == Direction.SERVER
                    && message.step() == step
                    && decoded.content() instanceof TokenStream tokens) {
                answer.add(tokens);
            }
        }
        return answer;
    }

    private void add(TokenStream tokens) {
        for (Object item : tokens.items()) {
            if (item instanceof ColMetadata metadata) {
                begin(metadata);
            } else if (item instanceof Row row) {
                open.rows.add(row.values());
            } else if (item instanceof Done done) {
                end(done);
            } else if (item instanceof ServerMessage message) {
                messages.add(message);
            } else if (item instanceof ReturnStatus status) {
                returnStatuses.add(status.value());
            } else if (item instanceof ReturnValue value) {
                returnValues.add(value);
            }
        }
    }

    /** Without columns the rows are more of the result before: the next block of a cursor. */
    private void begin(ColMetadata metadata) {
        if (metadata.columns().isEmpty()) {
            open = results.get(results.size() - 1);
        } else {
            open = new Result(metadata.columns());
            results.add(open);
        }
    }

    private void end(Done done) {
        if (open != null) {
            open.rowCount = done.hasCount() ? done.rowCount() : -1;
            open = null;
        } else if (done.hasCount()) {
            updateCounts.add(done.rowCount());
        }
    }
}
