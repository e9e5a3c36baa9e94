package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * LOGIN7 ([MS-TDS] 2.2.6.4): who the client is and what it wants. Texts that were left out are empty. Neither password is ever part of
 * {@link #toString}. Immutable, but the arrays are shared, not copied.
 *
 * @param tdsVersion as sent, for instance 0x74000004; see {@link #version()}
 * @param packetSize wanted, in bytes; the server decides
 * @param clientProgramVersion 0xMMmmBBBB of the client program
 * @param connectionId of the primary connection; 0 in practice
 * @param flags the option and type flags
 * @param clientTimeZone minutes, not used by servers
 * @param clientLcid the client's locale
 * @param clientId a hardware address, 6 bytes
 * @param sspi first part of an integrated login; empty for others
 * @param features FeatureExt entries in order; null if there is no such block
 */
public record Login7(
        int tdsVersion,
        int packetSize,
        int clientProgramVersion,
        int clientProcessId,
        int connectionId,
        LoginFlags flags,
        int clientTimeZone,
        int clientLcid,
        String hostName,
        String userName,
        String password,
        String applicationName,
        String serverName,
        String libraryName,
        String language,
        String database,
        byte[] clientId,
        byte[] sspi,
        String attachDatabaseFile,
        String newPassword,
        List<LoginFeature> features) {
    /** The longest LOGIN7 that TDS allows, in bytes. */
    public static final int MAX_LENGTH = 128 * 1024 - 1;

    /** Bytes of a client id. */
    public static final int CLIENT_ID_LENGTH = 6;

    public Login7 {
        features = features == null ? null : List.copyOf(features);
    }

    public static Login7Builder builder() {
        return new Login7Builder();
    }

    /**
     * Reads the rest of the current message.
     *
     * @throws TdsProtocolException if a field lies outside the message or over another field, or the message is too long
     */
    public static Login7 read(TdsReader in) throws IOException {
        return Login7Parser.parse(Payload.rest(in, MAX_LENGTH, "LOGIN7"));
    }

    /**
     * Writes the payload.
     *
     * @throws IllegalArgumentException if it would be longer than {@link #MAX_LENGTH}
     */
    public void write(TdsWriter out) throws IOException {
        out.writeBytes(new Login7Layout(this).toBytes());
    }

    /**
     * The version that both sides can speak when this side knows all of {@link TdsVersion}.
     *
     * @throws IllegalArgumentException if the client asks for one below 7.1
     */
    public TdsVersion version() {
        return TdsVersion.ofCode(tdsVersion);
    }

    public Optional<LoginFeature> feature(int id) {
        return features == null
                ? Optional.empty()
                : features.stream().filter(f -> f.id() == id).findFirst();
    }

    @Override
    public String toString() {
        return "Login7[tdsVersion=0x" + Integer.toHexString(tdsVersion) + ", packetSize=" + packetSize + ", hostName="
                + hostName + ", userName=" + userName + ", applicationName=" + applicationName + ", serverName="
                + serverName + ", libraryName=" + libraryName + ", language=" + language + ", database=" + database
                + ", features=" + features + "]";
    }
}
