package dev.tidegate.bench.look;

import dev.tidegate.bench.frame.ProcessorTime;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.jdbc.TidegateDriver;
import dev.tidegate.server.EmbeddedSqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The look at the socket alone, or a whole request with its round trip to a server in the same JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LookBenchmark {
    static final String CALLS = "calls";
    static final String PROCESSORS = "processorNanos";

    private static final String PASSWORD = "Bench-123";

    @Param({"LOOK", "REQUEST"})
    public What what;

    /** What is done over and over. */
    public enum What {
        LOOK,
        REQUEST
    }

    private EmbeddedSqlServer server;
    private Connection connection;
    private TdsConnection client;
    private Statement statement;

    /** Calls in an iteration, and what they have cost. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Counter {
        public long calls;
        public long processorNanos;
        private long nanosBefore;

        @Setup(Level.Iteration)
        public void begin() {
            nanosBefore = ProcessorTime.nanos();
        }

        @TearDown(Level.Iteration)
        public void end() {
            processorNanos = ProcessorTime.nanos() - nanosBefore;
        }
    }

    @Setup
    public void open() throws Exception {
        server = EmbeddedSqlServer.builder().login("sa", PASSWORD).database("bench").start();
        Properties login = new Properties();
        login.setProperty("user", "sa");
        login.setProperty("password", PASSWORD);
        login.setProperty("encrypt", "false");
        connection = new TidegateDriver().connect(server.url(), login);
        client = connection.unwrap(TdsConnection.class);
        statement = connection.createStatement();
    }

    @Benchmark
    public boolean call(Counter counter) throws SQLException {
        counter.calls++;
        return what == What.LOOK ? client.isCut() : request();
    }

    private boolean request() throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT 1")) {
            return result.next();
        }
    }

    @TearDown
    public void close() throws SQLException {
        connection.close();
        server.close();
    }
}
