package dev.tidegate.tds.token;

/**
 * ERROR or INFO ([MS-TDS] 2.2.7.10 and 2.2.7.13).
 *
 * @param error true for ERROR
 * @param number the server's message number
 * @param state 0 to 255
 * @param severity class, 0 to 25: over 10 is an error, from 20 on it ends the connection
 * @param line line in the batch or procedure, from 1; 0 if none
 */
public record ServerMessage(
        boolean error, int number, int state, int severity, String text, String server, String procedure, long line)
        implements Token {}
