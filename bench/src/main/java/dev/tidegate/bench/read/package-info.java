/** Whole results, from the socket to where the program wants them: Tidegate, its peers, and the limit. */
package dev.tidegate.bench.read;
