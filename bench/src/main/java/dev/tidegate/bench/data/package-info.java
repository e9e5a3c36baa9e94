/** What is read and loaded: generated tables, the same on every run and for every contender. */
package dev.tidegate.bench.data;
