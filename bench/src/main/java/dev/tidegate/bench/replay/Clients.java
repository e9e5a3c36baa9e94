package dev.tidegate.bench.replay;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** How the contenders reach a {@link ReplayPeer} or a {@link DataServer} on this machine. */
public final class Clients {
    /** The largest that TDS has; asked for wherever a client can be told. */
    public static final int PACKET_SIZE = 32_767;

    /** The same heap for all; and what Arrow, Netty and DuckDB need to reach memory outside of it. */
    public static final List<String> JVM_OPTIONS = List.of(
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private Clients() {}

    /** URL of Tidegate's driver. */
    public static String tidegate(int port) {
        return "jdbc:tidegate://127.0.0.1:" + port + ";encrypt=false;packetSize=" + PACKET_SIZE;
    }

    /** URL of mssql-jdbc; its bulk copy sends dates and times as what they are, not as text. */
    public static String microsoft(int port) {
        return "jdbc:sqlserver://127.0.0.1:" + port + ";encrypt=false;packetSize=" + PACKET_SIZE
                + ";sendTemporalDataTypesAsStringForBulkCopy=false";
    }

    /** URL of jTDS. */
    public static String jtds(int port) {
        return "jdbc:jtds:sqlserver://127.0.0.1:" + port + "/master;packetSize=" + PACKET_SIZE;
    }

    public static Connection open(String url) throws SQLException {
        return DriverManager.getConnection(url, DataServer.USER, DataServer.PASSWORD);
    }

    /** Tidegate's client, without JDBC. */
    public static TdsConnection connect(int port) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", DataServer.USER);
        login.setProperty("password", DataServer.PASSWORD);
        return TdsConnection.open(ConnectionSettings.parse(tidegate(port), login));
    }
}
