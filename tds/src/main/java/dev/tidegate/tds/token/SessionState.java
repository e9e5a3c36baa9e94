package dev.tidegate.tds.token;

import java.util.Map;

/**
 * SESSIONSTATE ([MS-TDS] 2.2.7.21): what of the session's state has changed, for recovery after a reconnect.
 *
 * @param sequence number of the change
 * @param recoverable whether the session can be recovered now
 * @param states by state id, in order
 */
public record SessionState(int sequence, boolean recoverable, Map<Integer, byte[]> states) implements Token {}
