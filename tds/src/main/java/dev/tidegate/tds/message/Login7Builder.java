package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a {@link Login7}. What is not set is empty; the version is 7.4. Flags that follow from other fields (integrated login,
 * password change, extension) are set by {@link #build}. Not thread-safe.
 */
public final class Login7Builder {
    /** The longest name that SQL Server takes, in UTF-16 code units. */
    public static final int MAX_NAME = 128;

    /** The longest path of a database file that SQL Server takes, in UTF-16 code units. */
    public static final int MAX_PATH = 260;

    private static final byte[] NOTHING = {};

    private int tdsVersion = TdsVersion.V7_4.code();
    private int packetSize = TdsWriter.DEFAULT_PACKET_SIZE;
    private int clientProgramVersion;
    private int clientProcessId;
    private LoginFlags flags = LoginFlags.DEFAULT;
    private int clientTimeZone;
    private int clientLcid;
    private String hostName = "";
    private String userName = "";
    private String password = "";
    private String applicationName = "";
    private String serverName = "";
    private String libraryName = "";
    private String language = "";
    private String database = "";
    private byte[] clientId = new byte[Login7.CLIENT_ID_LENGTH];
    private byte[] sspi = NOTHING;
    private String attachDatabaseFile = "";
    private String newPassword = "";
    private List<LoginFeature> features;

    Login7Builder() {}

    public Login7Builder version(TdsVersion version) {
        this.tdsVersion = version.code();
        return this;
    }

    /** @param bytes 512 to 32,767 */
    public Login7Builder packetSize(int bytes) {
        this.packetSize = bytes;
        return this;
    }

    /** @param version 0xMMmmBBBB */
    public Login7Builder clientProgramVersion(int version) {
        this.clientProgramVersion = version;
        return this;
    }

    public Login7Builder clientProcessId(int processId) {
        this.clientProcessId = processId;
        return this;
    }

    public Login7Builder flags(LoginFlags flags) {
        this.flags = flags;
        return this;
    }

    public Login7Builder readOnlyIntent(boolean readOnly) {
        this.flags = flags.withType(LoginFlags.READ_ONLY_INTENT, readOnly);
        return this;
    }

    public Login7Builder clientTimeZone(int minutes) {
        this.clientTimeZone = minutes;
        return this;
    }

    public Login7Builder clientLcid(int lcid) {
        this.clientLcid = lcid;
        return this;
    }

    public Login7Builder hostName(String hostName) {
        this.hostName = checked(hostName, MAX_NAME, "host name");
        return this;
    }

    public Login7Builder userName(String userName) {
        this.userName = checked(userName, MAX_NAME, "user name");
        return this;
    }

    public Login7Builder password(String password) {
        this.password = checked(password, MAX_NAME, "password");
        return this;
    }

    public Login7Builder applicationName(String applicationName) {
        this.applicationName = checked(applicationName, MAX_NAME, "application name");
        return this;
    }

    public Login7Builder serverName(String serverName) {
        this.serverName = checked(serverName, MAX_NAME, "server name");
        return this;
    }

    /** The client library: what the server shows as the client's interface name. */
    public Login7Builder libraryName(String libraryName) {
        this.libraryName = checked(libraryName, MAX_NAME, "library name");
        return this;
    }

    public Login7Builder language(String language) {
        this.language = checked(language, MAX_NAME, "language");
        return this;
    }

    public Login7Builder database(String database) {
        this.database = checked(database, MAX_NAME, "database name");
        return this;
    }

    /** @param clientId {@link Login7#CLIENT_ID_LENGTH} bytes */
    public Login7Builder clientId(byte[] clientId) {
        if (clientId.length != Login7.CLIENT_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "a client id has " + Login7.CLIENT_ID_LENGTH + " bytes, not " + clientId.length);
        }
        this.clientId = clientId;
        return this;
    }

    public Login7Builder sspi(byte[] sspi) {
        this.sspi = sspi;
        return this;
    }

    public Login7Builder attachDatabaseFile(String path) {
        this.attachDatabaseFile = checked(path, MAX_PATH, "path of the database file");
        return this;
    }

    public Login7Builder newPassword(String newPassword) {
        this.newPassword = checked(newPassword, MAX_NAME, "new password");
        return this;
    }

    public Login7Builder feature(LoginFeature feature) {
        if (features == null) {
            features = new ArrayList<>();
        }
        features.add(feature);
        return this;
    }

    public Login7 build() {
        LoginFlags derived = flags.withOptions3(LoginFlags.EXTENSION, features != null);
        if (sspi.length > 0) {
            derived = derived.withOptions2(LoginFlags.INTEGRATED_SECURITY, true);
        }
        if (!newPassword.isEmpty()) {
            derived = derived.withOptions3(LoginFlags.CHANGE_PASSWORD, true);
        }
        return new Login7(
                tdsVersion,
                packetSize,
                clientProgramVersion,
                clientProcessId,
                0,
                derived,
                clientTimeZone,
                clientLcid,
                hostName,
                userName,
                password,
                applicationName,
                serverName,
                libraryName,
                language,
                database,
                clientId,
                sspi,
                attachDatabaseFile,
                newPassword,
                features);
    }

    private static String checked(String text, int most, String what) {
        if (text.length() > most) {
            throw new IllegalArgumentException(
                    "the " + what + " has " + text.length() + " characters; at most " + most + " are possible");
        }
        return text;
    }
}
