package dev.tidegate.duckdb.push.translate;

/** One side of a comparison. */
public sealed interface Operand permits Scalar, Literal {}
