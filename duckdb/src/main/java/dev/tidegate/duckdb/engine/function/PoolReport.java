package dev.tidegate.duckdb.engine.function;

import dev.tidegate.client.pool.PoolStatistics;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code mssql_pool_stats()} shows. */
final class PoolReport {
    private static final double MILLIS = 1e6;

    private PoolReport() {}

    static String sql(List<AttachedDatabase> databases) {
        String none = "('', 0, 0, 0, 0, 0, 0::BIGINT, 0::BIGINT, 0::BIGINT, 0::BIGINT, 0::BIGINT,"
                + " MAP {'': 0::BIGINT}, 0::DOUBLE, 0::DOUBLE, 0::BIGINT)";
        String rows = databases.stream().map(PoolReport::row).collect(Collectors.joining(", "));
        return "(SELECT * FROM (VALUES " + (rows.isEmpty() ? none : rows)
                + ") AS pools(database_name, in_use, idle, opening, waiting, maximum, opened, failed, acquired, timed_out,"
                + " closed, closed_why, acquire_p50_ms, acquire_p99_ms, pushdowns_refused)"
                + (rows.isEmpty() ? " WHERE false" : "") + ")";
    }

    private static String row(AttachedDatabase database) {
        PoolStatistics now = database.statistics();
        long closed = now.closed().values().stream().mapToLong(Long::longValue).sum();
        String reasons = now.closed().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> Identifiers.literal(entry.getKey().name().toLowerCase(Locale.ROOT)) + ": "
                        + entry.getValue() + "::BIGINT")
                .sorted()
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "(%s, %d, %d, %d, %d, %d, %d::BIGINT, %d::BIGINT, %d::BIGINT, %d::BIGINT, %d::BIGINT,"
                        + " MAP {%s}::MAP(VARCHAR, BIGINT), %.3f::DOUBLE, %.3f::DOUBLE, %d::BIGINT)",
                Identifiers.literal(database.alias()),
                now.active(),
                now.idle(),
                now.opening(),
                now.waiting(),
                now.maximum(),
                now.created(),
                now.failed(),
                now.acquired(),
                now.timedOut(),
                closed,
                reasons,
                now.acquireTime(0.5).toNanos() / MILLIS,
                now.acquireTime(0.99).toNanos() / MILLIS,
                database.pushDownsRefused());
    }
}
