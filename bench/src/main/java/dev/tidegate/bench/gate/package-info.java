/** Compares what does not depend on the machine's mood with what it was before. */
package dev.tidegate.bench.gate;
