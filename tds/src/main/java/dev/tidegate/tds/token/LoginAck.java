package dev.tidegate.tds.token;

/**
 * LOGINACK ([MS-TDS] 2.2.7.14).
 *
 * @param sqlInterface 1 for T-SQL
 * @param tdsVersion as the server gave it, for instance 0x74000004
 * @param programVersion major, minor and build of the server: 0xMMmmBBBB
 */
public record LoginAck(int sqlInterface, int tdsVersion, String programName, int programVersion) implements Token {}
