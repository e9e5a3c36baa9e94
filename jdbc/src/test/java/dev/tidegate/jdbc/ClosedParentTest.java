package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.ref.WeakReference;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection leaves when it is closed with everything still open: closed objects, that reach nothing and are held by nothing. */
class ClosedParentTest extends OnEmbeddedServer {
    private static final int CYCLES = 10;
    private static final int OF_EACH_KIND = 3;
    private static final Duration SOON = Duration.ofSeconds(30);

    /** One child, and a use of it that has to fail. */
    private record Child(AutoCloseable object, ThrowingCallable use) {}

    private FaultProxy proxy;

    @BeforeEach
    void fill() throws Exception {
        proxy = FaultProxy.to(server().port());
        run("CREATE TABLE rows (n INT NOT NULL, b VARBINARY(MAX) NULL, t NVARCHAR(MAX) NULL)");
        try (PreparedStatement insert = connection().prepareStatement("INSERT INTO rows VALUES (?, ?, ?)")) {
            for (int n = 0; n < 20; n++) {
                insert.setInt(1, n);
                insert.setBytes(2, new byte[20_000]);
                insert.setString(3, "x".repeat(20_000));
                insert.executeUpdate();
            }
        }
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
    }

    @Guarantee("G01")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsChildrenAreClosedReachNothingAndAreCollected(boolean fromAnotherThread) throws Exception {
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            Connection connection = through(proxy);
            connection.setAutoCommit(false);
            List<Child> children = children(connection);
            close(connection, fromAnotherThread);
            ProxiedConnection line = proxy.awaitConnection(cycle, SOON);
            line.awaitEnded(SOON);
            long sent = line.passed(Flow.TO_SERVER);

            List<WeakReference<Object>> remains = new ArrayList<>();
            for (Child child : children) {
                expectClosed(child);
                child.object().close();
                remains.add(new WeakReference<>(child.object()));
            }
            assertThat(line.passed(Flow.TO_SERVER)).isEqualTo(sent);
            assertThat(proxy.connections()).hasSize(cycle);

            children.clear();
            awaitCollected(remains);
            assertThat(connection.isClosed()).isTrue();
        }
        try (Statement statement = connection().createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM rows")) {
            count.next();
            assertThat(count.getInt(1))
                    .as("rows, without those of the open load")
                    .isEqualTo(20);
        }
    }

    /** The same while other threads are using the children. */
    @Guarantee("G01")
    @RepeatedTest(CYCLES)
    void itsChildrenMayBeInUse() throws Exception {
        Connection connection = through(proxy);
        List<Thread> users = new ArrayList<>();
        List<Throwable> wrong = new CopyOnWriteArrayList<>();
        for (Child child : children(connection)) {
            Thread user = new Thread(() -> {
                try {
                    while (!connection.isClosed()) {
                        child.use().call();
                    }
                } catch (SQLException | IOException e) {
                    // It is closed now.
                } catch (Throwable e) {
                    wrong.add(e);
                }
            });
            users.add(user);
        }
        users.forEach(Thread::start);
        connection.close();
        for (Thread user : users) {
            user.join(SOON.toMillis());
            assertThat(user.isAlive()).as("a user of a child still runs").isFalse();
        }
        assertThat(wrong).isEmpty();
    }

    private Connection through(FaultProxy line) throws SQLException {
        String url = "jdbc:tidegate://127.0.0.1:" + line.port() + ";databaseName=demo;encrypt=false";
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    private static List<Child> children(Connection connection) throws Exception {
        List<Child> children = new ArrayList<>();
        for (int i = 0; i < OF_EACH_KIND; i++) {
            Statement statement = connection.createStatement();
            statement.execute("SELECT 1");
            children.add(new Child(statement, () -> statement.executeQuery("SELECT 1")));
            PreparedStatement prepared = connection.prepareStatement("SELECT n FROM rows WHERE n < ?");
            prepared.setInt(1, 5);
            ResultSet halfRead = prepared.executeQuery();
            halfRead.next();
            children.add(new Child(halfRead, halfRead::next));
            children.add(new Child(prepared, prepared::executeQuery));
            CallableStatement call = connection.prepareCall("{call sp_tables(?)}");
            call.setString(1, "rows");
            call.execute();
            children.add(new Child(call, call::execute));
            ResultSet tables = connection.getMetaData().getTables(null, null, "%", null);
            tables.next();
            children.add(new Child(tables, tables::next));
            addLongObjects(connection, children);
        }
        addSavepointAndLoad(connection, children);
        return children;
    }

    private static void addLongObjects(Connection connection, List<Child> children) throws Exception {
        ResultSet lobs = connection.createStatement().executeQuery("SELECT b, t FROM rows");
        lobs.next();
        Blob blob = lobs.getBlob(1);
        Clob clob = lobs.getClob(2);
        children.add(new Child(blob::free, blob::length));
        children.add(new Child(clob::free, clob::length));
        ResultSet streams = connection.createStatement().executeQuery("SELECT b, t FROM rows");
        streams.next();
        InputStream bytes = streams.getBinaryStream(1);
        bytes.readNBytes(10);
        children.add(new Child(bytes, () -> bytes.readNBytes(20_000)));
        children.add(new Child(streams, streams::next));
        ResultSet texts = connection.createStatement().executeQuery("SELECT t FROM rows");
        texts.next();
        Reader text = texts.getCharacterStream(1);
        text.read();
        children.add(new Child(text, () -> text.skip(20_000)));
    }

    /** The load last: nothing else can run on the connection meanwhile. */
    private static void addSavepointAndLoad(Connection connection, List<Child> children) throws SQLException {
        if (!connection.getAutoCommit()) {
            Savepoint savepoint = connection.setSavepoint();
            children.add(new Child(() -> savepoint.getSavepointId(), () -> connection.rollback(savepoint)));
        }
        BulkLoad load = connection.unwrap(TidegateConnection.class).bulkLoad("rows", BulkLoadOptions.DEFAULTS);
        load.writeRow(1, null, "half");
        children.add(new Child(load, () -> load.writeRow(2, null, "a load")));
    }

    private static void close(Connection connection, boolean fromAnotherThread) throws Exception {
        if (!fromAnotherThread) {
            connection.close();
            return;
        }
        List<Exception> failures = new ArrayList<>();
        Thread closer = new Thread(() -> {
            try {
                connection.close();
            } catch (SQLException e) {
                failures.add(e);
            }
        });
        closer.start();
        closer.join();
        assertThat(failures).isEmpty();
    }

    private static void expectClosed(Child child) {
        assertThat(catchThrowable(child.use()))
                .as(() -> "a use of " + child.object())
                .isInstanceOfAny(SQLException.class, IOException.class)
                .hasMessageContaining("closed")
                .satisfies(e -> {
                    if (e instanceof SQLException closed) {
                        assertThat(closed.getSQLState()).isIn("08003", "HY010");
                    }
                });
    }

    private static void awaitCollected(List<WeakReference<Object>> remains) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (remains.stream().anyMatch(one -> one.get() != null)) {
            assertThat(System.nanoTime())
                    .as(() -> "still held: "
                            + remains.stream().map(WeakReference::get).toList())
                    .isLessThan(deadline);
            System.gc();
            Thread.sleep(5);
        }
    }
}
