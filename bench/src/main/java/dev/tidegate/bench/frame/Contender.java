package dev.tidegate.bench.frame;

/** Somebody who takes part in a comparison. */
public record Contender(String name, Probe probe) {}
