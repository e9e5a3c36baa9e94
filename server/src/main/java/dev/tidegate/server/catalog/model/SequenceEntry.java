package dev.tidegate.server.catalog.model;

import dev.tidegate.server.tsql.type.SqlType;

/** A sequence object. */
public record SequenceEntry(
        int objectId,
        SchemaEntry schema,
        String name,
        SqlType type,
        long start,
        long increment,
        long minimum,
        long maximum,
        boolean cycles,
        long cache,
        long current) {}
