/** {@code tidegate serve} and {@code classpath}: the embedded server, and the driver for other programs. */
package dev.tidegate.cli.serve;
