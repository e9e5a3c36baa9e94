package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.process.ChildJvm;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is printed, and no secret stands in anything that could be: messages, logs at their finest, texts of objects, URLs. */
class SilenceTest extends OnEmbeddedServer {
    private static final String SECRET = "Geheim-4711";
    private static final int MOST_CAUSES = 50;

    /** Logs whatever is logged, unformatted. */
    private static final class Recorder extends Handler {
        private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            records.clear();
        }
    }

    private final Recorder recorder = new Recorder();
    private final Logger log = Logger.getLogger("dev.tidegate");

    @TempDir
    Path folder;

    @BeforeEach
    void record() {
        recorder.setLevel(Level.ALL);
        log.setLevel(Level.ALL);
        log.setUseParentHandlers(false);
        log.addHandler(recorder);
    }

    @AfterEach
    void stopRecording() {
        log.removeHandler(recorder);
        log.setUseParentHandlers(true);
        log.setLevel(null);
    }

    @Guarantee("G40")
    @Guarantee(value = "G40", surface = Surface.P)
    @Guarantee(value = "G40", surface = Surface.S)
    @Timeout(300)
    @ParameterizedTest
    @ValueSource(strings = {"success", "failure"})
    void nothingIsPrinted(String outcome) throws Exception {
        try (ChildJvm child = ChildJvm.of(SilenceProgram.class, outcome).start(folder)) {
            ChildJvm.Result result = child.await(Duration.ofSeconds(120));
            assertThat(result.errors()).isEmpty();
            assertThat(result.output()).isEmpty();
            assertThat(result.exitCode()).isZero();
        }
    }

    @Guarantee("G40")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:tidegate://host;password={" + SECRET,
                "jdbc:tidegate://host;password=" + SECRET + ";password=" + SECRET + "2",
                "jdbc:tidegate://host;password={" + SECRET + "}rest",
                "jdbc:tidegate://host;pasword=" + SECRET,
                "jdbc:tidegate://host:nine;password=" + SECRET,
                "jdbc:tidegate://;password=" + SECRET,
                "jdbc:tidegate://host;trustStorePassword=" + SECRET + ";encrypt=perhaps",
                "jdbc:tidegate://host;password",
                "jdbc:tidegate://sa:" + SECRET + "@host",
                "mssql://sa:" + SECRET + "@host:nine/demo",
                "mssql://sa:" + SECRET + "@:1433/demo",
                "mssql://sa:" + SECRET + "@",
                "mssql://sa:x@" + SECRET + "@host/demo",
                "mssql://sa:x/" + SECRET + "@host/demo",
                "mssql://sa:" + SECRET + "%zz@host/demo",
                "mssql://sa:" + SECRET + "@host/demo?unknown=1",
                "mssql://sa:" + SECRET + "@host/demo?password=other",
                "mssql://sa:" + SECRET + "@[::1",
                "mssql://sa:" + SECRET + "@ho st/demo",
            })
    void aUrlThatIsWrongIsNotRepeatedWithItsSecret(String url) {
        Throwable thrown = catchThrowable(() -> {
            ConnectionSettings settings = ConnectionSettings.parse(url, null);
            assertThat(settings.toString()).doesNotContain(SECRET);
            // Not all of them are wrong by their form alone.
            throw new SQLException("parsed");
        });
        assertThat(text(thrown)).doesNotContain(SECRET);
        Throwable ofDriver = catchThrowable(() -> {
            assertThat(new TidegateDriver().connect(url, new Properties())).isNull();
            throw new SQLException("not for this driver");
        });
        assertThat(text(ofDriver)).doesNotContain(SECRET);
    }

    @Guarantee("G40")
    @Test
    void noErrorOfALoginHasTheSecret() {
        for (String properties : List.of(
                ";encrypt=false", ";encrypt=true", ";encrypt=strict;loginTimeout=5", ";encrypt=false;database=none")) {
            Throwable thrown =
                    catchThrowable(() -> DriverManager.getConnection(server().url() + properties, USER, SECRET));
            assertThat(thrown).isInstanceOf(SQLException.class);
            assertThat(text(thrown)).doesNotContain(SECRET);
        }
        assertNothingLogged();
    }

    @Guarantee("G40")
    @Guarantee(value = "G40", surface = Surface.P)
    @Guarantee(value = "G40", surface = Surface.S)
    @Test
    void noTextOfAnObjectHasTheSecret() throws Exception {
        List<Object> objects = new ArrayList<>();
        try (TidegateDataSource source = new TidegateDataSource()) {
            source.setServerName("127.0.0.1");
            source.setPortNumber(server().port());
            source.setEncrypt("false");
            source.setUser(USER);
            source.setPassword(PASSWORD);
            source.setTrustStorePassword(SECRET);
            objects.add(source);
            objects.add(server());
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement("SELECT ?")) {
                prepared.setString(1, "a parameter's value");
                objects.addAll(List.of(
                        connection,
                        statement,
                        prepared,
                        connection.getMetaData(),
                        connection.getMetaData().getURL(),
                        connection.getClientInfo(),
                        connection.unwrap(TdsConnection.class),
                        connection.unwrap(TdsConnection.class).settings(),
                        connection.unwrap(TdsConnection.class).serverInfo(),
                        source.pools(),
                        new TidegateConnectionPoolDataSource()));
                try (ResultSet result = prepared.executeQuery()) {
                    objects.add(result);
                    objects.add(result.getMetaData());
                }
                statement.setQueryTimeout(1);
                assertThatThrownBy(() -> statement.execute("WAITFOR DELAY '00:01:00'"))
                        .satisfies(e -> objects.add(text(e)));
            }
        }
        Thread.getAllStackTraces().keySet().forEach(thread -> objects.add(thread.getName()));
        for (Object object : objects) {
            assertThat(String.valueOf(object)).as(object.getClass().getName()).doesNotContain(SECRET, PASSWORD);
        }
        assertNothingLogged();
    }

    @Guarantee("G40")
    @Guarantee(value = "G40", surface = Surface.P)
    @Guarantee(value = "G40", surface = Surface.S)
    @Test
    void neitherARecordingNorADumpOfTheThreadsHasTheSecret() throws Exception {
        Path recorded = folder.resolve("recording.jfr");
        String threads;
        try (Recording recording = new Recording(Configuration.getConfiguration("profile"));
                TidegateDataSource source = new TidegateDataSource()) {
            recording.enable("dev.tidegate.AcquireWait").withThreshold(Duration.ZERO);
            recording.start();
            source.setServerName("127.0.0.1");
            source.setPortNumber(server().port());
            source.setEncrypt("false");
            source.setUser(USER);
            source.setPassword(PASSWORD);
            try (Connection connection = source.getConnection()) {
                assertThat(connection.isValid(10)).isTrue();
                assertThatThrownBy(() -> source.getConnection(USER, SECRET)).isInstanceOf(SQLException.class);
                threads = Arrays.toString(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true));
            }
            recording.stop();
            recording.dump(recorded);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(recorded);
        assertThat(events)
                .extracting(event -> event.getEventType().getName())
                .contains("dev.tidegate.ConnectionOpen", "dev.tidegate.AcquireWait");
        assertThat(events)
                .extracting(RecordedEvent::toString)
                .noneMatch(text -> text.contains(SECRET) || text.contains(PASSWORD));
        assertThat(threads).contains("tidegate-pool-").doesNotContain(SECRET, PASSWORD);
    }

    @Guarantee("G40")
    @Test
    void whatTheDriverTellsOfItsPropertiesHasNoSecret() throws SQLException {
        Driver driver = new TidegateDriver();
        Properties given = new Properties();
        given.setProperty("password", SECRET);
        for (DriverPropertyInfo info :
                driver.getPropertyInfo("jdbc:tidegate://host;trustStorePassword=" + SECRET, given)) {
            assertThat(info.value).as(info.name).isNotEqualTo(SECRET);
        }
    }

    private void assertNothingLogged() {
        for (LogRecord logged : recorder.records) {
            assertThat(logged.getMessage()).doesNotContain(SECRET, PASSWORD);
            if (logged.getThrown() != null) {
                assertThat(text(logged.getThrown())).doesNotContain(SECRET, PASSWORD);
            }
        }
    }

    /** All that could be shown of it: its own message, those of its causes, of what is suppressed, and of what is chained. */
    private static String text(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        List<Throwable> open = new ArrayList<>(List.of(thrown));
        for (int i = 0; i < open.size() && i < MOST_CAUSES; i++) {
            Throwable next = open.get(i);
            text.append(next).append('\n');
            open.addAll(List.of(next.getSuppressed()));
            if (next.getCause() != null) {
                open.add(next.getCause());
            }
            if (next instanceof SQLException chained && chained.getNextException() != null) {
                open.add(chained.getNextException());
            }
        }
        return text.toString();
    }
}
