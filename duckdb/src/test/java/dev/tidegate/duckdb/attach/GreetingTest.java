package dev.tidegate.duckdb.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.fault.FaultProxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which server it is that a database was attached of. */
class GreetingTest {
    @Test
    void aServerIsTheSameUnderAnotherAddress() throws Exception {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                        .port(0)
                        .database("demo")
                        .login("sa", "Secret-1")
                        .start();
                FaultProxy proxy = FaultProxy.to(server.port());
                AttachedDatabase one = open(server.port());
                AttachedDatabase other = open(proxy.port())) {
            assertThat(one.isWhereIs(other)).isTrue();
            assertThat(other.isWhereIs(one)).isTrue();
            assertThat(one.defaultSchema()).isEqualTo("dbo");
        }
    }

    private static AttachedDatabase open(int port) throws Exception {
        AttachOptions options = AttachOptions.of(
                "mssql://sa:Secret-1@127.0.0.1:" + port + "/demo?encrypt=false", Map.of(), name -> null);
        return AttachedDatabase.open("ms", options, new Run(Duration.ZERO));
    }

    @Test
    void serversAreOthersIfTheySayOrSayNothing() {
        Greeting one = new Greeting("dbo", "a/a/7");
        assertThat(one.isOfServerOf(new Greeting(null, "a/a/7"))).isTrue();
        assertThat(one.isOfServerOf(new Greeting("dbo", "a/a/8"))).isFalse();
        assertThat(new Greeting("dbo", "").isOfServerOf(new Greeting("dbo", "")))
                .isFalse();
    }
}
