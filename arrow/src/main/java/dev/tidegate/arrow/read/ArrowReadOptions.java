package dev.tidegate.arrow.read;

import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.column.Loss;
import java.util.Set;

/**
 * How a query is read into record batches.
 *
 * @param batchRows rows of a batch, 1 to {@value #MOST_ROWS}; the last batch has fewer
 * @param batchBytes a batch ends before it has all its rows once the text and binary values of one column have this many bytes, so that long
 *     values do not fill the memory; 1 to 2^30
 * @param largeTypes whether (max) types, text, ntext, image, xml and json get 64-bit offsets: large_utf8 and large_binary
 * @param allowed what may be lost; whatever is not allowed is an error
 * @param request limits of the request
 */
public record ArrowReadOptions(
        int batchRows, int batchBytes, boolean largeTypes, Set<Loss> allowed, RequestOptions request) {
    public static final int MOST_ROWS = 1 << 24;
    public static final int MOST_BYTES = 1 << 30;

    /** 16,384 rows, 64 MiB, 32-bit offsets, nothing lost, limits of the connection. */
    public static final ArrowReadOptions DEFAULTS =
            new ArrowReadOptions(16 * 1024, 64 << 20, false, Set.of(), RequestOptions.DEFAULTS);

    public ArrowReadOptions {
        if (batchRows < 1 || batchRows > MOST_ROWS) {
            throw new IllegalArgumentException("a batch has 1 to " + MOST_ROWS + " rows, not " + batchRows);
        }
        if (batchBytes < 1 || batchBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a batch ends at 1 to " + MOST_BYTES + " bytes of a column, not " + batchBytes);
        }
        allowed = Set.copyOf(allowed);
    }

    public ArrowReadOptions withBatchRows(int rows) {
        return new ArrowReadOptions(rows, batchBytes, largeTypes, allowed, request);
    }

    public ArrowReadOptions withBatchBytes(int bytes) {
        return new ArrowReadOptions(batchRows, bytes, largeTypes, allowed, request);
    }

    public ArrowReadOptions withLargeTypes(boolean large) {
        return new ArrowReadOptions(batchRows, batchBytes, large, allowed, request);
    }

    public ArrowReadOptions allowing(Loss... losses) {
        return new ArrowReadOptions(batchRows, batchBytes, largeTypes, Set.of(losses), request);
    }

    public ArrowReadOptions withRequest(RequestOptions options) {
        return new ArrowReadOptions(batchRows, batchBytes, largeTypes, allowed, options);
    }
}
