package dev.tidegate.server.backend;

import java.util.Set;

/**
 * The {@code INSERT BULK} statement that announced a load.
 *
 * @param table as written, quoted parts and all
 * @param hints upper case: TABLOCK, CHECK_CONSTRAINTS, FIRE_TRIGGERS, KEEP_NULLS, KEEP_IDENTITY
 */
public record BulkInsert(String table, Set<String> hints) {}
