/** That results and loads of any length need no more than a small heap: each of our ways to read and to load, in a JVM that has no more. */
package dev.tidegate.bench.memory;
