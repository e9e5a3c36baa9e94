package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Tls;
import dev.tidegate.server.front.ScriptedBackend;
import dev.tidegate.server.tls.PemFiles;
import io.r2dbc.mssql.MssqlConnectionConfiguration;
import io.r2dbc.mssql.MssqlConnectionFactory;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.mssqlclient.MSSQLConnectOptions;
import io.vertx.mssqlclient.MSSQLConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Every way in which the independent clients encrypt, or do not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {
    private EmbeddedSqlServer server;

    private int start(Tls tls) throws IOException {
        server = EmbeddedSqlServer.builder()
                .database("main")
                .login("sa", "Secret-1")
                .tls(tls)
                .backend(new ScriptedBackend())
                .start();
        return server.port();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void selectsRows(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "Secret-1");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("rows 1000")) {
            int count = 0;
            while (rows.next()) {
                assertThat(rows.getInt(1)).isEqualTo(count++);
            }
            assertThat(count).isEqualTo(1000);
        }
    }

    private static String microsoft(int port, String options) {
        return "jdbc:sqlserver://localhost:" + port + ";databaseName=main;" + options;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "encrypt=false",
                "encrypt=false;packetSize=512",
                "encrypt=true;trustServerCertificate=true",
                "encrypt=true;trustServerCertificate=true;packetSize=32767",
            })
    void microsoftsDriver(String options) throws IOException, SQLException {
        selectsRows(microsoft(start(Tls.selfSigned()), options));
    }

    @Test
    void microsoftsDriverWithoutTls() throws IOException, SQLException {
        selectsRows(microsoft(start(Tls.none()), "encrypt=false"));
        assertThatThrownBy(() -> selectsRows(microsoft(server.port(), "encrypt=true;trustServerCertificate=true")))
                .hasMessageContaining("SSL");
    }

    @Test
    void microsoftsDriverTrustsTheCertificateItKnows(@TempDir Path directory) throws Exception {
        PemFiles files = PemFiles.create(directory);
        int port = start(Tls.certificate(files.certificate(), files.privateKey()));

        selectsRows(microsoft(
                port,
                "encrypt=true;trustStore=" + files.trustStore() + ";trustStorePassword="
                        + PemFiles.TRUST_STORE_PASSWORD));
        selectsRows(microsoft(port, "encrypt=strict;serverCertificate=" + files.certificate()));
    }

    @Test
    void microsoftsDriverDoesNotTrustAStranger() throws IOException {
        int port = start(Tls.selfSigned());
        assertThatThrownBy(() -> selectsRows(microsoft(port, "encrypt=true"))).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl=off", "ssl=request", "ssl=require"})
    void jtds(String options) throws IOException, SQLException {
        int port = start(Tls.selfSigned());
        selectsRows("jdbc:jtds:sqlserver://127.0.0.1:" + port + "/main;" + options);
    }

    /**
     * jTDS ends an encryption of the login alone by closing its TLS socket, and the JDK's throws away what has arrived by then: an answer
     * that is faster than that would be lost, and jTDS wait for it without end.
     */
    @Test
    void jtdsDoesNotLoseAnAnswerThatIsFasterThanTheEndOfItsTls() throws IOException, SQLException {
        int port = start(Tls.selfSigned());
        PrintWriter before = DriverManager.getLogWriter();
        DriverManager.setLogWriter(new SlowToEndTls());
        try {
            selectsRows("jdbc:jtds:sqlserver://127.0.0.1:" + port + "/main;ssl=request");
        } finally {
            DriverManager.setLogWriter(before);
        }
    }

    /** Holds jTDS where it says that it will end TLS, until the answer to its login is there. */
    private static final class SlowToEndTls extends PrintWriter {
        SlowToEndTls() {
            super(Writer.nullWriter());
        }

        @Override
        public void println(String line) {
            if (line.equals("Disabling TLS encryption")) {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void r2dbc(boolean ssl) throws IOException {
        int port = start(Tls.selfSigned());
        MssqlConnectionConfiguration.Builder builder = MssqlConnectionConfiguration.builder()
                .host("localhost")
                .port(port)
                .username("sa")
                .password("Secret-1")
                .database("main");
        if (ssl) {
            builder.enableSsl().trustServerCertificate(true);
        }
        List<Integer> ids = Flux.usingWhen(
                        new MssqlConnectionFactory(builder.build()).create(),
                        connection -> Flux.from(
                                        connection.createStatement("rows 1000").execute())
                                .flatMap(result -> result.map((row, metadata) -> row.get(0, Integer.class))),
                        connection -> connection.close())
                .collectList()
                .block(Duration.ofSeconds(30));
        assertThat(ids).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void vertx(boolean ssl) throws Exception {
        int port = start(Tls.selfSigned());
        MSSQLConnectOptions options = new MSSQLConnectOptions()
                .setHost("localhost")
                .setPort(port)
                .setUser("sa")
                .setPassword("Secret-1")
                .setDatabase("main")
                .setSsl(ssl);
        if (ssl) {
            options.setSslOptions(new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm(""));
        }
        Vertx vertx = Vertx.vertx();
        try {
            int rows = MSSQLConnection.connect(vertx, options)
                    .compose(connection -> connection
                            .query("rows 1000")
                            .execute()
                            .compose(found -> connection.close().map(found.size())))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(rows).isEqualTo(1000);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }
}
