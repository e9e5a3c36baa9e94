package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Connections of several logins. */
class PoolIdentityTest extends OnPool {
    @Test
    @Guarantee(value = "G24", surface = Surface.P)
    void nobodyGetsAConnectionOfAnotherLogin() throws Exception {
        try (PoolsByLogin pools =
                new PoolsByLogin(PoolSettings.builder().maximumPoolSize(2).build())) {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String user = i % 2 == 0 ? "sa" : "eve";
                users.add(threads().submit(() -> {
                    for (int round = 0; round < 25; round++) {
                        try (TdsConnection connection = pools.acquire(settings(user, server().port()))) {
                            assertThat(whoAmI(connection)).isEqualTo(user);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> user : users) {
                user.get();
            }
            assertThat(pools.all())
                    .hasSize(2)
                    .allSatisfy(pool -> assertThat(pool.statistics().created()).isBetween(1L, 2L));
        }
    }

    @Test
    @Guarantee(value = "G24", surface = Surface.P)
    void aWrongPasswordGetsNoConnectionOfTheRightOne() throws Exception {
        try (PoolsByLogin pools = new PoolsByLogin(PoolSettings.defaults())) {
            pools.acquire(settings("sa", server().port())).close();
            ConnectionSettings wrong = settings("sa", server().port()).toBuilder()
                    .set(ConnectionProperty.PASSWORD, "guessed")
                    .build();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> pools.acquire(wrong)).isInstanceOf(SQLInvalidAuthorizationSpecException.class);
            }
            // The wrong one is forgotten when nobody tries it any more.
            while (pools.all().size() > 1) {
                Thread.sleep(20);
            }
        }
    }

    private static String whoAmI(TdsConnection connection) throws Exception {
        try (Response response = rows(connection, "SELECT SUSER_SNAME()")) {
            assertThat(response.nextRow()).isTrue();
            String name = response.row().getString(0);
            response.finish();
            return name;
        }
    }
}
