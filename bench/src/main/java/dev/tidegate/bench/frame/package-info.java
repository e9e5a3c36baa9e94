/** Measures contenders side by side: each run in a JVM of its own, in turn, medians and ratios. */
package dev.tidegate.bench.frame;
