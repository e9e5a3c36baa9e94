package dev.tidegate.duckdb.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
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

    private Map<RemoteName, List<Column>> columns(
            RemoteCatalog catalog, List<RemoteName> names, Map<RemoteName, SQLException> expected) throws SQLException {
        Map<RemoteName, SQLException> failures = new HashMap<>();
        Map<RemoteName, List<Column>> found = catalog.columns(names, lookup, run, failures);
        assertThat(failures).isEqualTo(expected);
        return found;
    }
}
