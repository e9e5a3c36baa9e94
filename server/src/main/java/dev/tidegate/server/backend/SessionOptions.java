package dev.tidegate.server.backend;

/**
 * What LOGIN7 asked for.
 *
 * @param database empty for the default one
 * @param sessionId the SPID shown by {@code @@SPID}
 */
public record SessionOptions(
        String database, String user, String hostName, String applicationName, String language, int sessionId) {}
