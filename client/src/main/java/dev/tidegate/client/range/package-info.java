/** A table in ranges of a key, so that several connections can read it side by side. */
package dev.tidegate.client.range;
