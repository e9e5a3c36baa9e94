package dev.tidegate.jdbc;

import dev.tidegate.client.transport.Deadline;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Arrays;

/** Counts and errors of a batch, gathered entry by entry. An entry that fails does not stop the next, unless the batch was cancelled. */
final class Batches {
    private final long[] counts;
    private SQLException failure;
    private int done;

    Batches(int size) {
        counts = new long[size];
        Arrays.fill(counts, Statement.EXECUTE_FAILED);
    }

    /** Of all requests of the batch that begins now, together. */
    static Deadline deadline(StatementResults statement) {
        return Deadline.after(statement.limit(), "queryTimeout");
    }

    void succeeded(long count) {
        counts[done++] = count;
    }

    void failed(SQLException error) {
        counts[done++] = Statement.EXECUTE_FAILED;
        failure = StatementResults.chain(failure, error);
    }

    /** True for a cancel and a time-out: they are meant for the batch, and not only for the entry that they met. */
    static boolean endsAll(SQLException error) {
        return error instanceof SQLTimeoutException || "HY008".equals(error.getSQLState());
    }

    /** Whether the first entry alone is done, and has changed one row. */
    boolean beginWithOne() {
        return done == 1 && counts[0] == 1;
    }

    /** DONE, or the SQLState of the first error. */
    String outcome() {
        return failure == null ? "DONE" : failure.getSQLState();
    }

    int done() {
        return done;
    }

    /**
     * @return a count for each entry
     * @throws BatchUpdateException if one failed, with the counts of all; the ones that failed, or were not reached, have
     *     {@link Statement#EXECUTE_FAILED}
     */
    long[] finish() throws BatchUpdateException {
        if (failure != null) {
            BatchUpdateException thrown = new BatchUpdateException(
                    failure.getMessage(), failure.getSQLState(), failure.getErrorCode(), counts, failure);
            thrown.setNextException(failure);
            throw thrown;
        }
        return counts;
    }

    static int[] narrow(long[] counts) {
        int[] narrow = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            narrow[i] = counts[i] > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) counts[i];
        }
        return narrow;
    }
}
