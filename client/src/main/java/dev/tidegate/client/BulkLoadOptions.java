package dev.tidegate.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a {@link BulkLoad} is to run. The defaults load everything in one batch without table lock, let the server number identity
 * columns, put defaults in place of NULL, and skip constraints and triggers, as INSERT BULK itself does.
 *
 * @param tableLock TABLOCK: one bulk-update lock instead of row locks; several such loads into a heap run side by side
 * @param keepIdentity the values of the identity column come from the source
 * @param keepNulls NULL stays NULL where the column has a default
 * @param order columns, with ASC or DESC, that the rows already come sorted by; must be those of the clustered index to be of use
 * @param batchSize rows after which the server stores what it has; 0: all rows in one batch, all or nothing
 * @param timeout of each request of the load; zero: no limit; null: the connection's {@code queryTimeout}
 */
public record BulkLoadOptions(
        boolean tableLock,
        boolean keepIdentity,
        boolean keepNulls,
        boolean checkConstraints,
        boolean fireTriggers,
        List<String> order,
        int batchSize,
        Duration timeout) {
    public static final BulkLoadOptions DEFAULTS = builder().build();

    public BulkLoadOptions {
        order = List.copyOf(order);
        if (batchSize < 0) {
            throw new IllegalArgumentException("batchSize " + batchSize + " is negative; 0 means one batch");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options; not thread-safe. */
    public static final class Builder {
        private boolean tableLock;
        private boolean keepIdentity;
        private boolean keepNulls;
        private boolean checkConstraints;
        private boolean fireTriggers;
        private List<String> order = List.of();
        private int batchSize;
        private Duration timeout;

        private Builder() {}

        public Builder tableLock(boolean value) {
            tableLock = value;
            return this;
        }

        public Builder keepIdentity(boolean value) {
            keepIdentity = value;
            return this;
        }

        public Builder keepNulls(boolean value) {
            keepNulls = value;
            return this;
        }

        public Builder checkConstraints(boolean value) {
            checkConstraints = value;
            return this;
        }

        public Builder fireTriggers(boolean value) {
            fireTriggers = value;
            return this;
        }

        /** @param columns each a column's name, optionally followed by " ASC" or " DESC" */
        public Builder order(List<String> columns) {
            order = Objects.requireNonNull(columns, "columns");
            return this;
        }

        /** @param rows 0 for one batch */
        public Builder batchSize(int rows) {
            batchSize = rows;
            return this;
        }

        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        public BulkLoadOptions build() {
            return new BulkLoadOptions(
                    tableLock, keepIdentity, keepNulls, checkConstraints, fireTriggers, order, batchSize, timeout);
        }
    }
}
