package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A database of 10,000 tables costs what its names cost, and once only. */
class ManyTablesTest extends OnAttachedServer {
    private static final int TABLES = 10_000;
    private static final int TOGETHER = 500;

    /** Bytes on the wire: a row of the catalog is two names. */
    private static final long A_NAME = 60;

    @Test
    void aQueryLoadsTheNamesOnceAndTheTableThatItMentions() throws Exception {
        for (int from = 0; from < TABLES; from += TOGETHER) {
            onServer(IntStream.range(from, from + TOGETHER)
                    .mapToObj(n -> "CREATE TABLE dbo.t" + n + " (id int, name nvarchar(20));")
                    .collect(Collectors.joining("\n")));
        }
        onServer("INSERT INTO dbo.t777 VALUES (1, N'x')");
        try (FaultProxy proxy = proxy()) {
            run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, MAXIMUM_POOL_SIZE 1)");
            assertThat(acquired()).as("the login").isEqualTo(1);
            long attached = received(proxy);
            assertThat(attached).as("bytes of an ATTACH").isLessThan(10_000);

            assertThat(rows("SELECT name FROM ms.dbo.t777")).containsExactly("x");
            assertThat(acquired()).as("names, columns, rows").isEqualTo(4);
            long first = received(proxy);
            assertThat(first - attached).as("bytes of the names").isLessThan(TABLES * A_NAME);

            assertThat(rows("SELECT name FROM ms.dbo.t777")).containsExactly("x");
            assertThat(acquired()).as("rows").isEqualTo(5);
            long known = received(proxy);
            assertThat(known - first).as("bytes of a read").isLessThan(1_000);

            assertThat(rows("SELECT count(*) FROM ms.dbo.t778 JOIN ms.dbo.t779 USING (id)"))
                    .containsExactly("0");
            assertThat(received(proxy) - known).as("bytes of two more tables").isLessThan(2_000);
            assertThat(proxy.connections()).as("one connection did all that").hasSize(1);
        }
    }

    private long acquired() throws Exception {
        return Long.parseLong(
                rows("SELECT acquired FROM mssql_pool_stats('ms')").get(0));
    }

    private static long received(FaultProxy proxy) {
        return proxy.connections().get(0).passed(Flow.TO_CLIENT);
    }
}
