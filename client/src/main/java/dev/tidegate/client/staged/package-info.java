/** Loads that several sessions do side by side, and that are all or nothing all the same. */
package dev.tidegate.client.staged;
