package dev.tidegate.client.settings;

import dev.tidegate.client.settings.ValueKind.Choice;
import dev.tidegate.client.settings.ValueKind.Flag;
import dev.tidegate.client.settings.ValueKind.ShortText;
import dev.tidegate.client.settings.ValueKind.Text;
import dev.tidegate.client.settings.ValueKind.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every property of a connection, declared once: URLs, {@code Properties}, DataSource setters, {@code DriverPropertyInfo} and {@code
 * docs/connection-properties.md} all derive from here. The names are those of Microsoft's JDBC driver; their case does not matter.
 */
public enum ConnectionProperty {
    SERVER_NAME("serverName", new Text(), null, "Host name or IP address of the server.", "server"),
    PORT_NUMBER(
            "portNumber",
            new Whole(1, 65_535, Optional.empty(), ""),
            "1433",
            "TCP port. If it is given, an instance name is not looked up.",
            "port"),
    INSTANCE_NAME(
            "instanceName",
            new ShortText(255),
            null,
            "Named instance; its port is asked of SQL Server Browser (UDP 1434) unless a port is given."),
    DATABASE_NAME(
            "databaseName",
            new ShortText(128),
            null,
            "Database to start in; without it, the login's own default.",
            "database"),
    USER("user", new ShortText(128), null, "Login name.", "userName"),
    PASSWORD("password", new ShortText(128), null, "Password of the login."),
    AUTHENTICATION(
            "authentication",
            new Choice(List.of("NotSpecified", "SqlPassword"), Map.of(), Refusals.AUTHENTICATION),
            "NotSpecified",
            "How to log in. Both allowed values mean user and password."),
    INTEGRATED_SECURITY(
            "integratedSecurity",
            new Choice(List.of("false"), Map.of(), Map.of("true", "Kerberos and NTLM logins are not supported yet")),
            "false",
            "Log in as the user of the operating system; not supported yet.",
            "trustedConnection"),
    ENCRYPT(
            "encrypt",
            new Choice(
                    List.of("true", "false", "strict"),
                    ordered("mandatory", "true", "yes", "true", "optional", "false", "no", "false"),
                    Map.of()),
            "true",
            "true: everything is encrypted, or the connection fails. strict: TLS comes before the first byte of TDS"
                    + " (TDS 8.0). false: only the login is encrypted, if the server can, and everything if the server"
                    + " insists."),
    TRUST_SERVER_CERTIFICATE(
            "trustServerCertificate",
            new Flag(),
            "false",
            "true: the server's certificate is not checked, which anybody between client and server can use. Refused"
                    + " with encrypt=strict."),
    HOST_NAME_IN_CERTIFICATE(
            "hostNameInCertificate",
            new Text(),
            null,
            "Name that the certificate must be for, instead of the host name of the connection."),
    SERVER_CERTIFICATE(
            "serverCertificate",
            new Text(),
            null,
            "File (PEM or DER) with the certificate that the server must show, exactly; chain and name are then not"
                    + " checked."),
    TRUST_STORE(
            "trustStore",
            new Text(),
            null,
            "Key store file, or PEM file, with the certificate authorities to trust, instead of those of the JDK."),
    TRUST_STORE_PASSWORD("trustStorePassword", new Text(), null, "Password of trustStore."),
    TRUST_STORE_TYPE(
            "trustStoreType",
            new Choice(List.of("JKS", "PKCS12", "PEM"), Map.of(), Map.of()),
            "JKS",
            "Format of trustStore. JKS reads PKCS12 files too."),
    APPLICATION_NAME(
            "applicationName", new ShortText(128), "Tidegate", "Name that the server shows for this connection."),
    WORKSTATION_ID(
            "workstationID",
            new ShortText(128),
            null,
            "Name of this computer that the server shows; without it, what the environment says (COMPUTERNAME or"
                    + " HOSTNAME)."),
    LANGUAGE("language", new ShortText(128), null, "Language of the server's messages and dates.", "currentLanguage"),
    APPLICATION_INTENT(
            "applicationIntent",
            new Choice(List.of("ReadWrite", "ReadOnly"), Map.of(), Map.of()),
            "ReadWrite",
            "ReadOnly lets an availability group route the connection to a readable replica."),
    MULTI_SUBNET_FAILOVER(
            "multiSubnetFailover",
            new Flag(),
            "false",
            "Try all addresses of the host at once instead of one after the other."),
    LOGIN_TIMEOUT(
            "loginTimeout",
            new Whole(0, 65_535, Optional.empty(), " seconds"),
            "30",
            "Limit for the whole of connecting: name look-up, TCP, TLS, login, routing. 0: no limit."),
    QUERY_TIMEOUT(
            "queryTimeout",
            new Whole(0, Integer.MAX_VALUE, Optional.of(-1), " seconds"),
            "-1",
            "Limit for a request, from the call until its last row is read, unless the request has one of its own. -1"
                    + " or 0: no limit."),
    CANCEL_QUERY_TIMEOUT(
            "cancelQueryTimeout",
            new Whole(0, Integer.MAX_VALUE, Optional.of(-1), " seconds"),
            "30",
            "How long to wait for the server to confirm a cancel; after that the connection is cut. -1 or 0: no"
                    + " limit."),
    SOCKET_TIMEOUT(
            "socketTimeout",
            new Whole(0, Integer.MAX_VALUE, Optional.empty(), " milliseconds"),
            "0",
            "Longest silence of the server within a request; after that the connection is cut. 0: no limit."),
    CLOSE_TIMEOUT(
            "closeTimeout",
            new Whole(0, Integer.MAX_VALUE, Optional.empty(), " milliseconds"),
            "2000",
            "How long the close of a connection, a result or a load waits for the server to end what runs, before it cuts"
                    + " the connection. 0: not at all, it is cut at once."),
    LOCK_TIMEOUT(
            "lockTimeout",
            new Whole(0, Integer.MAX_VALUE, Optional.of(-1), " milliseconds"),
            "-1",
            "How long a statement waits for a lock before error 1222 (SET LOCK_TIMEOUT). -1: as long as it takes. 0: not"
                    + " at all."),
    PACKET_SIZE(
            "packetSize",
            new Whole(512, 32_767, Optional.of(0), " bytes"),
            "0",
            "Packet size to ask for. 0: the largest, which is 32767, or 16384 where everything is encrypted."),
    SEND_STRING_PARAMETERS_AS_UNICODE(
            "sendStringParametersAsUnicode",
            new Flag(),
            "true",
            "false: text parameters are sent as varchar in the database's code page, so that indexes on varchar"
                    + " columns are used."),
    LEAK_DETECTION(
            "leakDetection",
            new Flag(),
            "false",
            "A connection that is lost without being closed is closed some time later, and a warning is logged. true: with"
                    + " the stack of the call that opened it. For pooled connections see leakDetectionThreshold."),
    CONNECT_RETRY_COUNT(
            "connectRetryCount",
            new Whole(0, 255, Optional.empty(), ""),
            "1",
            "How often a login is tried again, within loginTimeout, after an error of the server that passes by itself"
                    + " (such as 40613), and how often it is tried to take up a session whose connection was cut while"
                    + " nothing ran on it. 0: neither."),
    CONNECT_RETRY_INTERVAL(
            "connectRetryInterval",
            new Whole(1, 60, Optional.empty(), " seconds"),
            "10",
            "Pause before a login is tried again, or taking a session up."),
    DISABLE_STATEMENT_POOLING(
            "disableStatementPooling",
            new Flag(),
            "false",
            "true: prepared statements of the same text do not share a handle of the server; each has its own, which is"
                    + " given back when it is closed."),
    STATEMENT_POOLING_CACHE_SIZE(
            "statementPoolingCacheSize",
            new Whole(0, 100_000, Optional.empty(), " statements"),
            "100",
            "Prepared statements whose handles a physical connection keeps when they are closed, for the next one of the"
                    + " same text, parameter types and database. 0: none, as with disableStatementPooling=true."),
    SERVER_PREPARED_STATEMENT_DISCARD_THRESHOLD(
            "serverPreparedStatementDiscardThreshold",
            new Whole(0, 100_000, Optional.empty(), " handles"),
            "10",
            "How many handles that nobody uses any more the server may have before they are given back, all with the next"
                    + " request. 0 is as 1."),
    ENABLE_PREPARE_ON_FIRST_CALL(
            "enablePrepareOnFirstPreparedStatementCall",
            new Flag(),
            "false",
            "true: a statement with parameters is prepared when it is run first instead of the second time."),
    USE_BULK_COPY_FOR_BATCH_INSERT(
            "useBulkCopyForBatchInsert",
            new Flag(),
            "true",
            "true: a large batch of a plain INSERT is sent as a bulk load where nobody could tell the difference, and by calls"
                    + " otherwise; which of them is told (docs/batches.md). false: always by calls."),
    COLUMN_ENCRYPTION_SETTING(
            "columnEncryptionSetting",
            new Choice(List.of("Disabled"), Map.of(), Map.of("enabled", "Always Encrypted is not supported")),
            "Disabled",
            "Always Encrypted; not supported."),
    IP_ADDRESS_PREFERENCE(
            "iPAddressPreference",
            new Choice(List.of("IPv4First", "IPv6First", "UsePlatformDefault"), Map.of(), Map.of()),
            "IPv4First",
            "Which addresses of the host are tried first.");

    /** Why values that Microsoft's driver knows are refused here. */
    private static final class Refusals {
        static final Map<String, String> AUTHENTICATION = ordered(
                "activedirectorypassword", "Microsoft Entra ID logins are not supported yet",
                "activedirectoryintegrated", "Microsoft Entra ID logins are not supported yet",
                "activedirectoryinteractive", "Microsoft Entra ID logins are not supported yet",
                "activedirectorymanagedidentity", "Microsoft Entra ID logins are not supported yet",
                "activedirectorymsi", "Microsoft Entra ID logins are not supported yet",
                "activedirectorydefault", "Microsoft Entra ID logins are not supported yet",
                "activedirectoryserviceprincipal", "Microsoft Entra ID logins are not supported yet",
                "activedirectoryserviceprincipalcertificate", "Microsoft Entra ID logins are not supported yet");
    }

    private final String propertyName;
    private final List<String> synonyms;
    private final ValueKind kind;
    private final String defaultValue;
    private final String description;

    ConnectionProperty(
            String propertyName, ValueKind kind, String defaultValue, String description, String... synonyms) {
        this.propertyName = propertyName;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.description = description;
        this.synonyms = List.of(synonyms);
    }

    /** As documentation writes it. */
    public String propertyName() {
        return propertyName;
    }

    public List<String> synonyms() {
        return synonyms;
    }

    public ValueKind kind() {
        return kind;
    }

    /** Null if there is none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** One or more sentences in English. */
    public String description() {
        return description;
    }

    /** True if the value must never be printed. */
    public boolean isSecret() {
        return this == PASSWORD || this == TRUST_STORE_PASSWORD;
    }

    /** @throws PropertyException naming the property, the value (unless secret) and what is allowed */
    String normalize(String value) {
        try {
            return kind.normalize(value);
        } catch (IllegalArgumentException e) {
            String shown = isSecret() ? "" : "=" + value;
            throw new PropertyException("property " + propertyName + shown + ": " + e.getMessage(), e);
        }
    }

    /**
     * The property of that name or synonym, whatever its case.
     *
     * @throws PropertyException if there is none; suggests the nearest
     */
    public static ConnectionProperty named(String name) {
        for (ConnectionProperty property : values()) {
            for (String known : property.names()) {
                if (known.equalsIgnoreCase(name)) {
                    return property;
                }
            }
        }
        throw new PropertyException("unknown property '" + name + "'; did you mean '" + nearest(name) + "'?", null);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(synonyms);
        names.add(0, propertyName);
        return names;
    }

    private static String nearest(String name) {
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (ConnectionProperty property : values()) {
            for (String known : property.names()) {
                int distance = EditDistance.between(name, known);
                if (distance < bestDistance) {
                    bestDistance = distance;
                    best = known;
                }
            }
        }
        return best;
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
