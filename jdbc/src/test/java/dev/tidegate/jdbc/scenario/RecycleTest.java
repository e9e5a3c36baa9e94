package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import org.junit.jupiter.api.Test;

/** A connection past its time is replaced. Follows the class RecycleTest of SQLAlchemy's test/engine/test_reconnect.py. */
class RecycleTest extends OnProxiedServer {
    @Guarantee(value = "G24", surface = Surface.P)
    @Test
    void basic() throws Exception {
        TidegateDataSource source = source(1);
        source.setMaxLifetime(50);
        assertServes(source);
        long before = statistics(source).created();
        restart();
        // Past its lifetime; whether its age or its death is seen first does not matter to whoever comes then.
        Thread.sleep(60);
        assertServes(source);
        assertThat(statistics(source).created()).isGreaterThan(before);
    }
}
