package dev.tidegate.client;

import dev.tidegate.client.login.LoginResult;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.type.Collation;

/**
 * What the server said of itself at login.
 *
 * @param host the host that was reached at last, after routing
 * @param port 1 to 65,535
 * @param programName for instance "Microsoft SQL Server"
 * @param version major, minor, build, as in "16.0.1000"
 * @param majorVersion 9 for SQL Server 2005, 16 for 2022
 * @param collation the database's at login; null if the server did not tell
 * @param encrypted whether everything after the login is encrypted too
 */
public record ServerInfo(
        String host,
        int port,
        String programName,
        String version,
        int majorVersion,
        int minorVersion,
        TdsVersion tdsVersion,
        Collation collation,
        boolean encrypted) {

    static ServerInfo of(LoginResult login, Collation collation) {
        LoginAck ack = login.ack();
        int version = ack.programVersion();
        int major = version >>> 24;
        int minor = version >>> 16 & 0xFF;
        return new ServerInfo(
                login.host(),
                login.port(),
                ack.programName(),
                major + "." + minor + "." + (version & 0xFFFF),
                major,
                minor,
                login.version(),
                collation,
                login.encrypted());
    }
}
