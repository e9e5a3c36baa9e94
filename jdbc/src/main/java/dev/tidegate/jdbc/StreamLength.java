package dev.tidegate.jdbc;

import java.io.IOException;

/** Compares what a parameter's stream gives with the length that it was announced with. */
final class StreamLength {
    /** For a stream that is read to its end, however long it is. */
    static final long UNKNOWN = -1;

    private final long announced;
    private final String unit;
    private long seen;
    private boolean ended;

    StreamLength(long announced, String unit) {
        this.announced = announced;
        this.unit = unit;
    }

    /** @throws IOException if the stream was read to its end before: it has nothing for a second execution */
    void checkFresh() throws IOException {
        if (ended) {
            throw new IOException("it was read to its end by an execution before; set the parameter again");
        }
    }

    /**
     * Takes note of a read.
     *
     * @param got what the read returned; -1 at the end
     * @return the same
     * @throws Mismatch if the stream is shorter or longer than announced
     */
    int count(int got) throws Mismatch {
        ended = got < 0;
        seen += Math.max(got, 0);
        if (announced != UNKNOWN && (seen > announced || ended && seen < announced)) {
            ended = true;
            throw new Mismatch("it was announced with " + announced + " " + unit
                    + (seen > announced ? " and has more" : " and ended after " + seen));
        }
        return got;
    }

    /** The stream has another length than the user said. */
    static final class Mismatch extends IOException {
        private static final long serialVersionUID = 1L;

        Mismatch(String text) {
            super(text);
        }
    }
}
