package dev.tidegate.duckdb.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.token.Column;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteCatalogTest {
    private static final RemoteName A = new RemoteName("dbo", "a");
    private static final RemoteName B = new RemoteName("dbo", "b");
    private static final RemoteName BROKEN = new RemoteName("dbo", "broken");

    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger descriptions = new AtomicInteger();
    private volatile SQLException outage;

    private final Run run = new Run(Duration.ZERO);

    private final RemoteCatalog.Lookup lookup = new RemoteCatalog.Lookup() {
        @Override
        public List<RemoteName> tables() throws SQLException {
            lists.incrementAndGet();
            if (outage != null) {
                throw outage;
            }
            return List.of(A, B, BROKEN);
        }

        @Override
        public Map<RemoteName, Object> columns(List<RemoteName> tables) throws SQLException {
            descriptions.incrementAndGet();
            if (outage != null) {
                throw outage;
            }
            Map<RemoteName, Object> found = new HashMap<>();
            for (RemoteName table : tables) {
                found.put(table, table == BROKEN ? new SQLException("invalid", "42S02") : List.<Column>of());
            }
            return found;
        }
    };

    @Test
    void whatIsKnownIsNotAskedForAgain() throws SQLException {
        RemoteCatalog catalog = new RemoteCatalog(Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            assertThat(catalog.tables(lookup, run)).containsExactly(A, B, BROKEN);
            assertThat(columns(catalog, List.of(A), Map.of())).containsOnlyKeys(A);
        }
        assertThat(lists).hasValue(1);
        assertThat(descriptions).hasValue(1);
        assertThat(columns(catalog, List.of(A, B), Map.of())).containsOnlyKeys(A, B);
        assertThat(descriptions).hasValue(2);
        catalog.clear();
        catalog.tables(lookup, run);
        assertThat(lists).hasValue(2);
    }

    @Test
    void oneTableThatCannotBeReadDoesNotHideTheOthers() throws SQLException {
        RemoteCatalog catalog = new RemoteCatalog(Duration.ZERO);
        Map<RemoteName, SQLException> failures = new LinkedHashMap<>();
        assertThat(catalog.columns(List.of(A, BROKEN), lookup, run, failures)).containsOnlyKeys(A);
        assertThat(failures).containsOnlyKeys(BROKEN);
        failures.clear();
        catalog.columns(List.of(A, BROKEN), lookup, run, failures);
        assertThat(descriptions).as("what failed is tried again").hasValue(2);
        assertThat(failures).containsOnlyKeys(BROKEN);
    }

    @Test
    void whatFailedIsNotKept() throws SQLException {
        RemoteCatalog catalog = new RemoteCatalog(Duration.ZERO);
        outage = new SQLException("gone", "08S01");
        assertThatThrownBy(() -> catalog.tables(lookup, run)).isSameAs(outage);
        assertThatThrownBy(() -> catalog.columns(List.of(A), lookup, run, new HashMap<>()))
                .isSameAs(outage);
        outage = null;
        assertThat(catalog.tables(lookup, run)).hasSize(3);
        assertThat(columns(catalog, List.of(A), Map.of())).containsOnlyKeys(A);
    }

    @Test
    void whatIsTooOldIsAskedForAgain() throws Exception {
        RemoteCatalog catalog = new RemoteCatalog(Duration.ofMillis(1));
        catalog.tables(lookup, run);
        Thread.sleep(5);
        catalog.tables(lookup, run);
        assertThat(lists).hasValue(2);
    }

    @Test
    void manyWhoAskAtOnceAskTheServerOnce() throws Exception {
        RemoteCatalog catalog = new RemoteCatalog(Duration.ZERO);
        int callers = 16;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Map<RemoteName, List<Column>>>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    catalog.tables(lookup, run);
                    return columns(catalog, List.of(A, B), Map.of());
                }));
            }
            start.countDown();
            for (Future<Map<RemoteName, List<Column>>> one : all) {
                assertThat(one.get(30, TimeUnit.SECONDS)).containsOnlyKeys(A, B);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(lists).hasValue(1);
    }

    /** Another's look-up stands still; whoever waits for it has a limit, or is cancelled, before or while he waits. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Guarantee(value = "G14", surface = Surface.E)
    void theWaitForAnotherEndsWithOnesOwnTimeOrCancel(boolean ofColumns) throws Exception {
        RemoteCatalog catalog = new RemoteCatalog(Duration.ZERO);
        if (ofColumns) {
            catalog.tables(lookup, run);
        }
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(() -> ask(catalog, ofColumns, held(begun, end), run));
            begun.await();

            assertThatThrownBy(() -> ask(catalog, ofColumns, lookup, new Run(Duration.ofMillis(20))))
                    .isInstanceOf(SQLTimeoutException.class);
            Run cancelled = new Run(Duration.ZERO);
            Future<?> waiting = threads.submit(() -> ask(catalog, ofColumns, lookup, cancelled));
            cancelled.cancel();
            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS)).hasMessageContaining("cancelled");

            end.countDown();
            first.get(60, TimeUnit.SECONDS);
            assertThat(ofColumns ? descriptions : lists)
                    .as("nobody else has asked")
                    .hasValue(1);
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    /** His cancel, his limit and his broken line are his own. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Guarantee(value = "G13", surface = Surface.E)
    void whatAnotherHasFailedOfIsLookedUpAgain(boolean ofColumns) throws Exception {
        RemoteCatalog catalog = new RemoteCatalog(Duration.ZERO);
        if (ofColumns) {
            catalog.tables(lookup, run);
        }
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> failing = threads.submit(() -> ask(catalog, ofColumns, failing(held(begun, end)), run));
            begun.await();
            Future<?> second = threads.submit(() -> ask(catalog, ofColumns, lookup, run));
            Future<?> third = threads.submit(() -> ask(catalog, ofColumns, lookup, run));
            end.countDown();
            assertThatThrownBy(() -> failing.get(60, TimeUnit.SECONDS)).hasMessageContaining("his own");
            second.get(60, TimeUnit.SECONDS);
            third.get(60, TimeUnit.SECONDS);
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    private Void ask(RemoteCatalog catalog, boolean columns, RemoteCatalog.Lookup how, Run whose) throws SQLException {
        if (columns) {
            Map<RemoteName, SQLException> failures = new HashMap<>();
            assertThat(catalog.columns(List.of(A), how, whose, failures)).containsOnlyKeys(A);
            assertThat(failures).isEmpty();
        } else {
            assertThat(catalog.tables(how, whose)).containsExactly(A, B, BROKEN);
        }
        return null;
    }

    /** As {@link #lookup}, but stands still. */
    private RemoteCatalog.Lookup held(CountDownLatch begun, CountDownLatch end) {
        return new RemoteCatalog.Lookup() {
            @Override
            public List<RemoteName> tables() throws SQLException {
                hold();
                return lookup.tables();
            }

            @Override
            public Map<RemoteName, Object> columns(List<RemoteName> tables) throws SQLException {
                hold();
                return lookup.columns(tables);
            }

            private void hold() throws SQLException {
                begun.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new SQLException(e);
                }
            }
        };
    }

    private static RemoteCatalog.Lookup failing(RemoteCatalog.Lookup after) {
        return new RemoteCatalog.Lookup() {
            @Override
            public List<RemoteName> tables() throws SQLException {
                after.tables();
                throw new SQLException("his own", "57014");
            }

            @Override
            public Map<RemoteName, Object> columns(List<RemoteName> tables) throws SQLException {
                after.columns(tables);
                throw new SQLException("his own", "57014");
            }
        };
    }

    private Map<RemoteName, List<Column>> columns(
            RemoteCatalog catalog, List<RemoteName> names, Map<RemoteName, SQLException> expected) throws SQLException {
        Map<RemoteName, SQLException> failures = new HashMap<>();
        Map<RemoteName, List<Column>> found = catalog.columns(names, lookup, run, failures);
        assertThat(failures).isEqualTo(expected);
        return found;
    }
}
