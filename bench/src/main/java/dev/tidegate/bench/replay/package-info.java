/** A server that answers from memory, so that its clients are what is measured. */
package dev.tidegate.bench.replay;
