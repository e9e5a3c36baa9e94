package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a second connection sees of a transaction whose connection has ended. */
class RollbackOnCloseTest extends OnOneServer {
    @Guarantee("G10")
    @Guarantee(value = "G10", surface = Surface.S)
    @Test
    void aClosedConnectionLeavesNothingOfItsTransaction() throws Exception {
        try (TdsConnection other = connect()) {
            run(other, "CREATE TABLE items (id INT NOT NULL PRIMARY KEY)");
            TdsConnection connection = connect();
            begin(connection);
            connection.close();
            expectNothing(other);
        }
    }

    @Guarantee(value = "G10", surface = Surface.S)
    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsCutLeavesNothingOfItsTransaction(Ending ending) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server().port());
                TdsConnection other = connect();
                TdsConnection connection = TdsConnection.open(
                        settings().toBuilder().port(proxy.port()).build())) {
            run(other, "CREATE TABLE items (id INT NOT NULL PRIMARY KEY)");
            begin(connection);
            proxy.connections().get(0).cut(ending);
            expectNothing(other);
        }
    }

    private static void begin(TdsConnection connection) throws Exception {
        connection.begin(IsolationLevel.READ_COMMITTED);
        run(connection, "INSERT INTO items VALUES (1)");
    }

    /** The key can be used again, as soon as the server has noticed: the statement waits for the lock. */
    private static void expectNothing(TdsConnection other) throws Exception {
        run(other, "INSERT INTO items VALUES (1)");
        assertThat(number(other, "SELECT COUNT(*) FROM items")).isEqualTo(1);
    }
}
