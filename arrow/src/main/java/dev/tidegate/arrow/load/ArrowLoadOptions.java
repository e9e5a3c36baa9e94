package dev.tidegate.arrow.load;

import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.column.Loss;
import java.util.Set;

/**
 * How record batches are loaded into a table.
 *
 * @param bulk how the server is to take them; without a {@code batchSize} the load is all or nothing
 * @param allowed what may be lost on the way into the target's types; whatever is not allowed is an error
 */
public record ArrowLoadOptions(BulkLoadOptions bulk, Set<Loss> allowed) {
    /** One load, all or nothing; nothing lost. */
    public static final ArrowLoadOptions DEFAULTS = new ArrowLoadOptions(BulkLoadOptions.DEFAULTS, Set.of());

    public ArrowLoadOptions {
        allowed = Set.copyOf(allowed);
    }

    public ArrowLoadOptions withBulk(BulkLoadOptions options) {
        return new ArrowLoadOptions(options, allowed);
    }

    public ArrowLoadOptions allowing(Loss... losses) {
        return new ArrowLoadOptions(bulk, Set.of(losses));
    }
}
