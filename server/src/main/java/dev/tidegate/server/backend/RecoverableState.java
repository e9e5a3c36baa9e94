package dev.tidegate.server.backend;

import java.util.Map;

/**
 * What a client must give back to a new session so that it goes on where one that was cut has stopped ([MS-TDS] 2.2.7.21). The values
 * mean something to their backend only.
 *
 * @param states by id, 0 to 255, in order; every id the session has at all, whether it was changed or not
 * @param complete false while the session has something that these values cannot bring back, such as a temporary table
 */
public record RecoverableState(Map<Integer, byte[]> states, boolean complete) {}
