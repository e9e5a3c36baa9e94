package dev.tidegate.client;

import dev.tidegate.client.transport.Deadline;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;

/** Every way in which a bulk load fails. Each writes {@link #ROWS} good rows or fewer, and ends with an exception or in the open. */
enum LoadFailure {
    VALUE_TOO_LONG {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            load.writeRow(FIRST + ROWS, "longer than ten characters", 1);
        }
    },
    WRONG_TYPE {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            load.writeRow("no number", "text", 1);
        }
    },
    NULL_WHERE_NONE_MAY_BE {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            load.writeRow(FIRST + ROWS, null, 1);
            load.finish();
        }
    },
    CONSTRAINT {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            load.writeRow(FIRST + ROWS, "text", -1);
            load.finish();
        }
    },
    DUPLICATE_KEY {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            load.writeRow(FIRST, "again", 1);
            load.finish();
        }
    },
    /** In the middle of a row: what is written of it cannot be taken back. */
    SOURCE_THROWS {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            load.writeRow(FIRST + ROWS, new Unreadable(), 1);
        }
    },
    CANCELLED {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            user.cancel();
            load.finish();
        }
    },
    /** The server does not answer, and the load is cancelled when its time is over. */
    TIMED_OUT {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            line(proxy).stall(Flow.TO_CLIENT);
            load.finish();
        }
    },
    CUT_BEFORE_THE_FIRST_ROW {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            line(proxy).cut(Ending.RESET);
            write(load, ROWS);
            load.finish();
        }
    },
    CUT_AMONG_THE_ROWS {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS / 2);
            line(proxy).cut(Ending.FIN);
            for (int i = ROWS / 2; i < ROWS; i++) {
                load.writeRow(FIRST + i, "text", 1);
            }
            load.finish();
        }
    },
    /** The server has all rows, and its answer does not arrive. */
    CUT_BEFORE_THE_ANSWER {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            ProxiedConnection line = line(proxy);
            line.awaitReading(Flow.TO_CLIENT, Duration.ofSeconds(20));
            line.stall(Flow.TO_CLIENT);
            new Thread(
                            () -> {
                                line.awaitStalled(Flow.TO_CLIENT, Duration.ofSeconds(20));
                                line.cut(Ending.RESET);
                            },
                            "cuts the line")
                    .start();
            load.finish();
        }
    },
    /** By the server, which cannot go on with what it gets. */
    KILLED_BY_THE_SERVER {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            user.session().line().transport().write(ByteBuffer.allocate(8), Deadline.never());
            load.finish();
        }
    },
    CLOSED_BY_ANOTHER_THREAD {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
            FutureTask<Void> close = new FutureTask<>(user::close, null);
            new Thread(close, "closes the connection").start();
            close.get();
            load.finish();
        }
    },
    /** Neither finished nor closed. */
    FORGOTTEN {
        @Override
        void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception {
            write(load, ROWS);
        }
    };

    static final int ROWS = 1_500;

    /** The key of the first row. */
    static final int FIRST = 1_000_000;

    abstract void fail(TdsConnection user, BulkLoad load, FaultProxy proxy) throws Exception;

    static void write(BulkLoad load, int rows) throws Exception {
        for (int i = 0; i < rows; i++) {
            load.writeRow(FIRST + i, "text", 1);
        }
    }

    /** The pool has one connection at a time. */
    private static ProxiedConnection line(FaultProxy proxy) {
        return proxy.connections().get(proxy.connections().size() - 1);
    }

    /** Text that cannot be had. */
    private static final class Unreadable implements CharSequence {
        @Override
        public int length() {
            return 4;
        }

        @Override
        public char charAt(int index) {
            throw new UncheckedIOException("the source has gone", new IOException("gone"));
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return this;
        }

        @Override
        public String toString() {
            throw new UncheckedIOException("the source has gone", new IOException("gone"));
        }
    }
}
