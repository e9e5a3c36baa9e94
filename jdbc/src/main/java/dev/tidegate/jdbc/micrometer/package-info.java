/** A pool's numbers for Micrometer, which is needed by nothing else here. */
package dev.tidegate.jdbc.micrometer;
