package dev.tidegate.server.catalog.view;

/** What this server calls itself and which version it behaves like. */
public final class ServerName {
    /** {@code @@SERVERNAME}. */
    public static final String NAME = "TIDEGATE";

    /** SQL Server 2022, the release whose T-SQL and catalog this server follows. */
    public static final String PRODUCT_VERSION = "16.0.1000.6";

    private ServerName() {}
}
