package dev.tidegate.server.front;

import dev.tidegate.tds.message.ProgramVersion;

/** What the server says it is. Clients choose their own behaviour by name and version, so both are SQL Server 2022's. */
final class ServerProduct {
    static final String NAME = "Microsoft SQL Server";
    static final ProgramVersion VERSION = new ProgramVersion(16, 0, 1000, 0);
    static final String LANGUAGE = "us_english";

    private ServerProduct() {}
}
