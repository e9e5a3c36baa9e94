/** Checks after every test that nothing was left behind. */
package dev.tidegate.testkit.invariant;
