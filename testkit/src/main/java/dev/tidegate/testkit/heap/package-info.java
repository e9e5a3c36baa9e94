/** A backend for the embedded server that keeps each value as it came, in every type. */
package dev.tidegate.testkit.heap;
