package dev.tidegate.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.server.Tls;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ReplayPeerTest {
    private static final int ROWS = 50;

    private final AtomicLong loaded = new AtomicLong();
    private DataServer server;
    private ReplayPeer peer;

    @BeforeEach
    void start() throws Exception {
        server = DataServer.start(ROWS, Tls.none(), loaded::addAndGet);
        peer = ReplayPeer.before(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        peer.close();
        server.close();
    }

    private static long rows(TdsConnection connection, String sql) throws SQLException {
        long rows = 0;
        try (Response response = connection.execute(sql)) {
            for (Item item = response.next(); item != null; item = response.next()) {
                while (item instanceof Item.Rows && response.nextRow()) {
                    rows++;
                }
            }
        }
        return rows;
    }

    @Test
    void anotherConnectionIsAnsweredFromMemory() throws Exception {
        try (TdsConnection first = Clients.connect(peer.port())) {
            assertThat(rows(first, DataSet.FLIGHTS.query())).isEqualTo(ROWS);
        }
        assertThat(peer.played()).isZero();
        try (TdsConnection second = Clients.connect(peer.port())) {
            assertThat(rows(second, DataSet.FLIGHTS.query())).isEqualTo(ROWS);
        }
        assertThat(peer.played()).isEqualTo(1);
        assertThat(peer.largestAnswer()).isGreaterThan(ROWS * 10L);
    }

    @Test
    void whatIsNotKnownIsAskedOfTheServer() throws Exception {
        try (TdsConnection connection = Clients.connect(peer.port())) {
            assertThat(rows(connection, "SELECT 1 UNION ALL SELECT 2")).isEqualTo(2);
            assertThatThrownBy(() -> rows(connection, "SELECT * FROM nowhere")).hasMessageContaining("nowhere");
            // An error is an answer like any other.
            assertThatThrownBy(() -> rows(connection, "SELECT * FROM nowhere")).hasMessageContaining("nowhere");
        }
    }

    @Test
    void aCancelIsAnswered() throws Exception {
        try (Connection connection = Clients.open(Clients.tidegate(peer.port()));
                Statement statement = connection.createStatement()) {
            for (int time = 0; time < 2; time++) {
                ResultSet early = statement.executeQuery(DataSet.WIDE.query());
                assertThat(early.next()).isTrue();
                early.close();
            }
            ResultSet next = statement.executeQuery("SELECT 7");
            assertThat(next.next()).isTrue();
            assertThat(next.getInt(1)).isEqualTo(7);
        }
    }

    @Test
    void aLoadOfOtherRowsIsRefusedByTheServerAndByTheMemory() throws Exception {
        Object[] row = new Object[DataSet.FLIGHTS.fields().size()];
        try (TdsConnection connection = Clients.connect(peer.port())) {
            assertThatThrownBy(() -> load(connection, row, 1, 2)).hasMessageContaining("row 1, column departure");
            assertThat(loaded).hasValue(0);
        }
        // Enough for several packets, so that only the second tells this load from the next.
        int many = 5_000;
        try (ReplayPeer other = ReplayPeer.before(server.port());
                TdsConnection connection = Clients.connect(other.port())) {
            assertThat(load(connection, row, 0, many)).isEqualTo(many);
            assertThat(loaded).hasValue(many);
            assertThatThrownBy(() -> load(connection, row, 0, many - 1)).isInstanceOf(SQLException.class);
            assertThat(loaded).hasValue(many);
        }
    }

    private static long load(TdsConnection connection, Object[] row, int first, int end) throws SQLException {
        try (BulkLoad load = connection.bulkLoad(DataSet.FLIGHTS.table(), BulkLoadOptions.DEFAULTS)) {
            for (int number = first; number < end; number++) {
                DataSet.FLIGHTS.row(number, row);
                load.writeRow(row);
            }
            return load.finish();
        }
    }
}
