package dev.tidegate.client.login;

import dev.tidegate.client.credentials.Credentials;
import dev.tidegate.client.credentials.SqlPassword;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.settings.Encrypt;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.Login7Builder;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.message.SessionRecovery;
import java.sql.SQLException;

/** Makes the LOGIN7 message of the settings. */
final class LoginRequest {
    /** The largest packets that servers grant, without and with TLS. */
    private static final int PLAIN_PACKET = 32_767;

    private static final int TLS_PACKET = 16_384;
    private static final String LIBRARY = "Tidegate";
    private static final int LIBRARY_VERSION = 0x0001_0000;

    private LoginRequest() {}

    static TdsVersion version(ConnectionSettings settings) {
        return settings.encrypt() == Encrypt.STRICT ? TdsVersion.V8_0 : TdsVersion.V7_4;
    }

    /**
     * @param host the server's name as this hop knows it
     * @param database that routing asks for; null for that of the settings
     * @param recovery of the session that is to be taken up; null if one is to begin
     */
    static Login7 build(
            ConnectionSettings settings, String host, String database, EncryptionPlan plan, SessionRecovery recovery)
            throws SQLException {
        int packetSize = settings.number(ConnectionProperty.PACKET_SIZE);
        if (packetSize == 0) {
            packetSize = plan == EncryptionPlan.EVERYTHING ? TLS_PACKET : PLAIN_PACKET;
        }
        Login7Builder login = Login7.builder()
                .version(version(settings))
                .packetSize(packetSize)
                .clientProgramVersion(LIBRARY_VERSION)
                .clientProcessId((int) ProcessHandle.current().pid())
                .readOnlyIntent("ReadOnly".equals(settings.get(ConnectionProperty.APPLICATION_INTENT)))
                .hostName(workstation(settings))
                .applicationName(text(settings, ConnectionProperty.APPLICATION_NAME))
                .serverName(host.length() > Login7Builder.MAX_NAME ? host.substring(0, Login7Builder.MAX_NAME) : host)
                .libraryName(LIBRARY)
                .language(text(settings, ConnectionProperty.LANGUAGE))
                .database(database != null ? database : text(settings, ConnectionProperty.DATABASE_NAME));
        if (Credentials.of(settings) instanceof SqlPassword credentials) {
            login.userName(credentials.user()).password(credentials.password());
        }
        if (recovery != null) {
            login.feature(LoginFeature.sessionRecovery(recovery));
        } else if (settings.number(ConnectionProperty.CONNECT_RETRY_COUNT) > 0) {
            login.feature(LoginFeature.sessionRecovery());
        }
        login.feature(LoginFeature.utf8Support());
        login.feature(LoginFeature.jsonSupport(1));
        login.feature(LoginFeature.vectorSupport(1));
        return login.build();
    }

    /** The JDK could ask the name service for this computer's name, but that may take longer than the login. */
    private static String workstation(ConnectionSettings settings) {
        String given = settings.get(ConnectionProperty.WORKSTATION_ID);
        if (given != null) {
            return given;
        }
        String name = System.getenv("COMPUTERNAME") != null ? System.getenv("COMPUTERNAME") : System.getenv("HOSTNAME");
        return name == null || name.length() > Login7Builder.MAX_NAME ? "" : name;
    }

    private static String text(ConnectionSettings settings, ConnectionProperty property) {
        String value = settings.get(property);
        return value == null ? "" : value;
    }
}
