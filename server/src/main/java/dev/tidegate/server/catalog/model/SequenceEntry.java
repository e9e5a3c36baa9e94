package dev.tidegate.server.catalog.model;

/** A sequence object. */
public record SequenceEntry(
        int objectId,
        SchemaEntry schema,
        String name,
        long start,
        long increment,
        long minimum,
        long maximum,
        boolean cycles,
        long cache,
        long current) {}
