/** Whole tables, from where the program has them to a server that answers from memory: Tidegate and its peers. */
package dev.tidegate.bench.load;
