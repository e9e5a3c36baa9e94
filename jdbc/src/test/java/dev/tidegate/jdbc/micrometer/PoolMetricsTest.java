package dev.tidegate.jdbc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.jdbc.OnEmbeddedServer;
import dev.tidegate.jdbc.TidegateDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PoolMetricsTest extends OnEmbeddedServer {
    private static final Path DOCUMENT = Path.of("../docs/observability.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/tidegate/jdbc/micrometer/PoolMetricsTest.java");

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private TidegateDataSource source() throws Exception {
        TidegateDataSource source = new TidegateDataSource();
        source.setURL(server().url() + ";encrypt=false");
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setMaximumPoolSize(2);
        source.setConnectionTimeout(50);
        return source;
    }

    private double gauge(String name) {
        return registry.get("tidegate.connections" + name)
                .tag("pool", "shop")
                .gauge()
                .value();
    }

    private double count(String name, String... tags) {
        return registry.get("tidegate.connections" + name)
                .tags("pool", "shop")
                .tags(tags)
                .functionCounter()
                .count();
    }

    @Test
    void theNumbersOfADataSourceAreThoseOfItsPools() throws Exception {
        try (TidegateDataSource source = source()) {
            new PoolMetrics(source, Tags.of("pool", "shop")).bindTo(registry);
            assertThat(gauge(".active")).isZero();
            try (Connection first = source.getConnection()) {
                assertThat(first.isValid(5)).isTrue();
                source.getConnection().close();
                try (Connection second = source.getConnection()) {
                    assertThat(second.isValid(5)).isTrue();
                    assertThatThrownBy(source::getConnection).isInstanceOf(SQLTimeoutException.class);
                    assertThat(gauge("")).isEqualTo(2);
                    assertThat(gauge(".active")).isEqualTo(2);
                    assertThat(gauge(".idle")).isZero();
                    assertThat(gauge(".opening")).isZero();
                    assertThat(gauge(".pending")).isZero();
                    assertThat(gauge(".max")).isEqualTo(2);
                }
            }
            assertThat(count(".acquired")).isEqualTo(3);
            assertThat(count(".timeout")).isEqualTo(1);
            assertThat(count(".created")).isEqualTo(2);
            assertThat(count(".failed")).isZero();
            source.pools().forEach(ConnectionPool::evict);
            assertThat(count(".closed", "reason", "evicted")).isEqualTo(2);
            assertThat(count(".closed", "reason", "dead")).isZero();
            assertThat(registry.get("tidegate.connections.acquire.percentile")
                            .tags("pool", "shop", "phi", "0.99")
                            .timeGauge()
                            .value(TimeUnit.NANOSECONDS))
                    .isEqualTo(source.statistics().acquireTime(0.99).toNanos())
                    .isPositive();
            assertThat(registry.get("tidegate.connections.acquire.histogram")
                            .tags("pool", "shop", "le", "+Inf")
                            .gauge()
                            .value())
                    .isEqualTo(3);
            assertThat(registry.get("tidegate.connections.acquire.histogram").gauges())
                    .extracting(each -> each.getId().getTag("le"))
                    .contains("8.0E-6", "0.032768", "2.097152");
        }
    }

    @Test
    void whatIsCountedStaysWhenAPoolIsDropped() throws Exception {
        try (TidegateDataSource source = source()) {
            source.setMaximumPools(1);
            new PoolMetrics(source, Tags.of("pool", "shop")).bindTo(registry);
            source.getConnection().close();
            assertThat(count(".created")).isEqualTo(1);
            assertThatThrownBy(() -> source.getConnection(USER, "wrong")).isInstanceOf(java.sql.SQLException.class);
            while (gauge("") > 0 || gauge(".max") > 0) {
                Thread.sleep(1);
            }
            assertThat(source.pools()).isEmpty();
            assertThat(count(".created")).isEqualTo(1);
            assertThat(count(".failed")).isEqualTo(1);
            assertThat(count(".acquired")).isEqualTo(1);
            assertThat(count(".closed", "reason", "pool_closed")).isEqualTo(1);
        }
    }

    @Test
    void onePoolHasItsOwn() throws Exception {
        try (TidegateDataSource source = source()) {
            source.getConnection().close();
            new PoolMetrics(source.pools().get(0), Tags.of("pool", "shop")).bindTo(registry);
            assertThat(gauge(".idle")).isEqualTo(1);
        }
    }

    /** What the document shows. */
    private static void example(TidegateDataSource source, MeterRegistry registry) {
        new PoolMetrics(source, Tags.of("pool", "shop")).bindTo(registry);
    }

    @Test
    void theDocumentsExampleIsCompiled() throws Exception {
        try (TidegateDataSource source = source()) {
            example(source, registry);
        }
        assertThat(registry.getMeters()).isNotEmpty();
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf("```java\n") + "```java\n".length();
        String shown = document.substring(begin, document.indexOf("```", begin)).strip();
        String source = Files.readString(SOURCE);
        String body = source.substring(source.indexOf("void example("));
        assertThat(body.substring(body.indexOf('{') + 1, body.indexOf("    }")).strip())
                .isEqualTo(shown);
        registry.getMeters()
                .forEach(meter ->
                        assertThat(document).contains("`" + meter.getId().getName() + "`"));
    }

    @Test
    void withoutMicrometerEverythingElseWorks() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("micrometer")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> loader.loadClass("io.micrometer.core.instrument.MeterRegistry"))
                    .isInstanceOf(ClassNotFoundException.class);
            Object number = loader.loadClass(UseOfAPool.class.getName())
                    .getMethod("run", String.class, String.class, String.class)
                    .invoke(null, server().url() + ";encrypt=false", USER, PASSWORD);
            assertThat(number).isEqualTo(1L);
        }
    }

    /** Run by a class loader that has no Micrometer. */
    public static final class UseOfAPool {
        private UseOfAPool() {}

        public static long run(String url, String user, String password) throws Exception {
            try (TidegateDataSource source = new TidegateDataSource()) {
                source.setURL(url);
                source.setUser(user);
                source.setPassword(password);
                try (Connection connection = source.getConnection()) {
                    connection.createStatement().execute("SELECT 1");
                }
                return source.statistics().created();
            }
        }
    }
}
