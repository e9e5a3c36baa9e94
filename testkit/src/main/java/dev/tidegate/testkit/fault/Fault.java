package dev.tidegate.testkit.fault;

import java.time.Duration;

/**
 * What goes wrong on one proxied connection. Bytes are counted for each flow from the connection's begin; a fault "after n bytes" happens
 * as soon as n bytes of its flow have been passed on, so one after 0 bytes happens at once.
 */
public sealed interface Fault {
    Flow flow();

    /** Number of the flow's bytes that pass before the fault. */
    long after();

    /** Ends the whole connection, on both sides and in both flows. */
    record Cut(Flow flow, long after, Ending ending) implements Fault {
        public Cut {
            checkCount(after);
        }
    }

    /** Ends this flow in order; the other one goes on. */
    record HalfClose(Flow flow, long after) implements Fault {
        public HalfClose {
            checkCount(after);
        }
    }

    /** Passes no more of this flow on, and reads no more of it, until the connection is released. */
    record Stall(Flow flow, long after) implements Fault {
        public Stall {
            checkCount(after);
        }
    }

    /** @param mask what the byte at offset {@code after} is XORed with; 1 to 255 */
    record Corrupt(Flow flow, long after, int mask) implements Fault {
        public Corrupt {
            checkCount(after);
            if (mask < 1 || mask > 255) {
                throw new IllegalArgumentException("a mask is 1 to 255, not " + mask);
            }
        }
    }

    /**
     * From there on, passes pieces of at most so many bytes on, each in a write of its own.
     *
     * @param pause between two pieces; zero for none
     */
    record Throttle(Flow flow, long after, int piece, Duration pause) implements Fault {
        public Throttle {
            checkCount(after);
            if (piece < 1) {
                throw new IllegalArgumentException("a piece has at least one byte, not " + piece);
            }
        }
    }

    static Fault cut(Flow flow, long after, Ending ending) {
        return new Cut(flow, after, ending);
    }

    static Fault halfClose(Flow flow, long after) {
        return new HalfClose(flow, after);
    }

    static Fault stall(Flow flow, long after) {
        return new Stall(flow, after);
    }

    static Fault corrupt(Flow flow, long at, int mask) {
        return new Corrupt(flow, at, mask);
    }

    static Fault throttle(Flow flow, long after, int piece, Duration pause) {
        return new Throttle(flow, after, piece, pause);
    }

    private static void checkCount(long after) {
        if (after < 0) {
            throw new IllegalArgumentException("a fault comes after 0 bytes or more, not " + after);
        }
    }
}
