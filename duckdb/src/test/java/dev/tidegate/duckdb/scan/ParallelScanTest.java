package dev.tidegate.duckdb.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.column.RowBatches;
import dev.tidegate.client.column.RowParts;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows in parts, which several of DuckDB's threads read. */
@Timeout(60)
class ParallelScanTest {
    private static final int READERS = 4;
    private static final int ROWS = 100_000;

    private Connection duckdb;
    private ResultTables tables;

    @BeforeEach
    void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        tables = new ResultTables(duckdb);
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = " + READERS);
            statement.execute("SET preserve_insertion_order = false");
        }
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
        duckdb.close();
    }

    @Test
    void severalThreadsReadAtTheSameTimeAndEveryRowOnce() throws SQLException {
        Parts parts = new Parts(-1);
        ResultTable table = tables.open(parts, Set.of());
        assertThat(row("SELECT count(*), count(DISTINCT a), sum(a) FROM (" + table.sql() + ")"))
                .isEqualTo("400000 400000 " + 400_000L * 399_999 / 2);
        assertThat(parts.handedOut).hasValueGreaterThanOrEqualTo(2);
        assertThat(table.rows()).isEqualTo(READERS * ROWS);
        assertThat(table.isComplete()).isTrue();
        assertThat(parts.wanted).containsExactly(0);
        table.close();
        assertThat(parts.closed).isTrue();
    }

    @Test
    void theFirstFailureEndsTheOthersAndIsTheOneThatIsTold() throws SQLException {
        Parts parts = new Parts(1);
        ResultTable table = tables.open(parts, Set.of());
        assertThatThrownBy(() -> row("SELECT sum(b) FROM (" + table.sql() + ")"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(table.explain(e).getMessage()).isEqualTo("the line is cut"));
        assertThat(parts.cancelled.getCount()).isZero();
        assertThat(table.isComplete()).isFalse();
    }

    private String row(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            int width = row.getMetaData().getColumnCount();
            StringBuilder text = new StringBuilder(row.getString(1));
            for (int i = 2; i <= width; i++) {
                text.append(' ').append(row.getString(i));
            }
            return text.toString();
        }
    }

    /** Each reader gives numbers of its own. The first waits for a second one; so they are read at the same time, or never. */
    private static final class Parts implements RowParts {
        private final int failing;
        private final AtomicInteger handedOut = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final CountDownLatch twoRead = new CountDownLatch(2);
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private volatile int[] wanted;
        private volatile boolean closed;

        Parts(int failing) {
            this.failing = failing;
        }

        @Override
        public List<Column> columns() {
            return List.of(
                    new Column("a", TypeInfo.bigint(), Column.NULLABLE),
                    new Column("b", TypeInfo.bigint(), Column.NULLABLE));
        }

        @Override
        public int readers() {
            return READERS;
        }

        @Override
        public RowBatches reader(int[] columns) {
            wanted = columns;
            int number = handedOut.getAndIncrement();
            return number < READERS ? new Reader(number) : null;
        }

        @Override
        public boolean isComplete() {
            return done.get() == READERS;
        }

        @Override
        public void cancel() {
            cancelled.countDown();
        }

        @Override
        public void close() {
            closed = true;
        }

        private final class Reader implements RowBatches {
            private int part;
            private int next;
            private boolean first = true;

            Reader(int number) {
                this.part = number;
            }

            @Override
            public List<Column> columns() {
                return Arrays.stream(wanted).mapToObj(Parts.this.columns()::get).toList();
            }

            @Override
            public int read(ColumnSink[] sinks, int maxRows) throws SQLException {
                if (first) {
                    first = false;
                    twoRead.countDown();
                    await(twoRead);
                }
                if (part == failing) {
                    throw new SQLException("the line is cut");
                }
                if (failing >= 0) {
                    await(cancelled);
                    throw new SQLException("cancelled, as another one has failed");
                }
                int count = Math.min(maxRows, ROWS - next);
                for (int row = 0; row < count; row++) {
                    for (ColumnSink sink : sinks) {
                        sink.setLong(row, (long) part * ROWS + next + row);
                    }
                }
                next += count;
                if (count == 0) {
                    done.incrementAndGet();
                }
                return count;
            }

            @Override
            public void close() {}
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
