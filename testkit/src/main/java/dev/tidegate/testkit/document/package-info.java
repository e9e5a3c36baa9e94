/** The project's documents, for tests that hold them against the code. */
package dev.tidegate.testkit.document;
