/**
 * Recorded dialogues between TDS clients and a TDS server, as golden data: the files in the resource folder {@code captures} and what
 * reads them. See the README beside the files.
 */
package dev.tidegate.testkit.capture;
